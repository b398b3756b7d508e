//! The page of `--report`: it stands alone, and says what the report says.

use std::fs;

use crate::program::{defenders, simulate};
use crate::sets::{self, page};

#[test]
fn page_says_what_the_report_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    let path = file.to_str().unwrap();
    let set = [
        "--set",
        "osmosis-2021-07",
        "--days",
        "3",
        "--scenario",
        "churn",
    ];
    fs::write(&file, "an older and longer page ".repeat(20_000)).unwrap();
    let report = simulate(&[&set[..], &["--report", path]].concat());
    let html = fs::read_to_string(&file).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
    // the report is the same with a page and without, and the page whatever a terminal shows
    let again = simulate(&[&set[..], &["--report", path, "--full"]].concat());
    assert_eq!(again.at(""), simulate(&set).at(""));
    assert_eq!(fs::read_to_string(&file).unwrap(), html);

    assert!(html.contains("churn: 10\u{a0}% of the stake moves into the vault, 3 days, seed 7."));
    let ratio = report.millionths("/best_ratio");
    let ratio = format!("{}.{:04}\u{a0}%", ratio / 10_000, ratio % 10_000);
    assert!(
        html.contains(&format!("reached {ratio} of the best")),
        "{ratio}"
    );
    // a row for each day in the tables of rate, locks and own spread
    let rate = report.text("/vault/tokens_per_share");
    assert!(!rate.is_empty());
    let table = |caption: &str| -> Vec<&str> {
        let (_, table) = html.split_once(caption).unwrap();
        let (table, _) = table.split_once("</table>").unwrap();
        table.split("<tr>").skip(2).collect()
    };
    assert_eq!(table("What a share is worth in the evening").len(), 3);
    assert_eq!(table("locked in the evening").len(), 3);
    assert_eq!(table("The vault&#39;s own stake in the evening").len(), 3);
    let bonded = report.validators().into_iter();
    let bonded = bonded.filter(|row| row.status == "bonded").count();
    assert!(table("of the largest validators together").len() >= bonded);
    assert_eq!(
        table("Every move").len(),
        report.at("/moves").as_array().unwrap().len()
    );
    let with_stake = report
        .validators()
        .into_iter()
        .filter(|row| row.delegated > 0);
    assert_eq!(table("stake by validator").len(), with_stake.count());
}

#[test]
fn monikers_cannot_speak_html() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    let mut set = sets::bonded(&[60, 50, 40, 30, 20, 10]);
    set[3]["description"]["moniker"] = "<script>alert(1)</script>".into();
    set[4]["description"]["moniker"] = "\"><img src=x onerror='alert(2)'>".into();
    let set = sets::file(&page(&set));
    let set = set.path().to_str().unwrap();
    let file = file.to_str().unwrap();
    simulate(&["--validators", set, "--days", "2", "--report", file]);
    let html = fs::read_to_string(file).unwrap();
    assert!(!html.contains("<script") && !html.contains("<img"));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(html.contains("&quot;&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt;"));
    // nothing is fetched
    for part in ["http:", "https:", "url(", "@import", "<link", "<iframe"] {
        assert!(!html.contains(part), "{part}");
    }
}

#[test]
fn page_that_cannot_be_written_is_told_before_the_simulation() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("none/page.html");
    let nowhere = nowhere.to_str().unwrap();
    // would take hours
    let output = defenders(&["simulate", "--report", nowhere, "--days", "3650"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(output.stdout.is_empty());
    let said = format!("error: {nowhere}: cannot be written: ");
    assert!(errors.starts_with(&said), "{errors}");

    let output = defenders(&["simulate", "--report", "-"]);
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("--report"), "{errors}");
}
