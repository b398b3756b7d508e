//! The picture: what the report says, well formed, for people who do not see it too.

use std::fs;

use crate::program::{defenders, simulate};

/// Names of the elements that are open, after one of them has been read to its end.
fn follow(open: &mut Vec<String>, element: &str) {
    let name: String = element
        .trim_start_matches('/')
        .chars()
        .take_while(|letter| letter.is_alphanumeric())
        .collect();
    if element.starts_with('/') {
        assert_eq!(open.pop(), Some(name), "{element}");
    } else if !element.ends_with('/') {
        open.push(name);
    }
}

#[test]
fn picture_says_what_the_report_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("picture.svg");
    let path = file.to_str().unwrap();
    let set = ["--set", "osmosis-2021-07", "--days", "3"];
    fs::write(&file, "an older and longer picture ".repeat(1_000)).unwrap();
    let report = simulate(&[&set[..], &["--svg", path]].concat());
    let svg = fs::read_to_string(&file).unwrap();

    // the report is the same with a picture and without
    assert_eq!(simulate(&set).at(""), report.at(""));
    let bands = report.at("/by_rank").as_array().unwrap().len();
    assert_eq!(svg.matches("class=\"chain\" x=").count(), bands);
    assert_eq!(svg.matches("class=\"vault\" x=").count(), bands);
    let (_, told) = svg.split_once("<desc id=\"told\">").unwrap();
    let (told, _) = told.split_once("</desc>").unwrap();
    assert_eq!(told.matches(" of all stake before, ").count(), bands);
    for band in 0..bands {
        let last = report.number(&format!("/by_rank/{band}/last"));
        assert!(told.contains(&format!(" to {last}: ")), "{told}");
        // of 10^18: whole percents
        let share = report.atomics(&format!("/by_rank/{band}/vault_share"));
        let percents = share / 10u128.pow(16);
        assert!(
            told.contains(&format!(", {percents}")),
            "{percents} in {told}"
        );
    }
    // every element ends, and every bar says in text what it shows
    let mut open = vec![];
    for element in svg.split('<').skip(1) {
        follow(&mut open, element.split_once('>').unwrap().0);
    }
    assert_eq!(open, Vec::<String>::new());
    assert!(svg.contains("role=\"img\" aria-labelledby=\"title told\""));
    assert!(svg.contains("@media (prefers-color-scheme: dark)"));
    assert_eq!(svg.matches("<text ").count(), 3 + 3 * bands);
}

#[test]
fn picture_that_cannot_be_written_is_told_before_the_simulation() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("none/picture.svg");
    let nowhere = nowhere.to_str().unwrap();
    // would take hours
    let days = ["--days", "3650"];
    let output = defenders(&[&["simulate", "--svg", nowhere], &days[..]].concat());
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(output.stdout.is_empty());
    let said = format!("error: {nowhere}: cannot be written: ");
    assert!(errors.starts_with(&said), "{errors}");

    let output = defenders(&["simulate", "--svg", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--svg"));
}
