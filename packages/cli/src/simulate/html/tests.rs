//! The page of a hand-made report: what it says, and that it fits narrow screens.

use super::*;
use crate::simulate::moves::{EpochRow, MoveRow};
use crate::simulate::tables::tests::{report, screen};

/// The golden report with a move and a budget.
fn page() -> String {
    let mut report = report();
    let name = "<script>alert('x')</script> & \"Sons\"";
    report.validators[40].name = Some(name.to_string());
    report.set = "<b>/set.json".to_string();
    report.moves = vec![MoveRow {
        day: 7,
        source: report.validators[40].validator.clone(),
        destination: None,
        tokens: 4_000_000u128.into(),
        reason: "own_maximum".to_string(),
    }];
    report.epochs = vec![EpochRow {
        day: 7,
        worth: 100_000_000u128.into(),
        quality: 4_000_000u128.into(),
        emergency: 0u128.into(),
    }];
    let budget = serde_json::json!("0.075");
    let parameters = &mut report.policy.parameters;
    parameters.insert("turnover_quality".to_string(), budget);
    draw(&report, &Days::default(), &screen(80, false))
}

#[test]
fn every_picture_has_title_sentence_units_and_table() {
    let page = page();
    let plots = page.split("<section>").filter(|it| it.contains("<figure>"));
    let plots: Vec<&str> = plots.collect();
    assert_eq!(plots.len(), 8);
    for plot in plots {
        let (title, _) = plot.split_once("</h2>").unwrap();
        for part in [
            "<p>",
            "aria-label=\"",
            "<table>",
            "<caption>",
            "role=\"img\"",
        ] {
            assert!(plot.contains(part), "{part} in {title}");
        }
        assert_eq!(plot.matches("class=\"unit\"").count(), 2, "{title}");
    }
    assert!(
        page.contains("<td class=\"n\">4</td>"),
        "quality, % of worth"
    ); // 4 / 100
    assert!(page.contains("quality budget"));
    assert!(!page.contains("emergency budget"));
    assert!(
        page.contains(
            "<td>unbonds first</td><td class=\"n\">4</td><td class=\"w\">own maximum</td>"
        )
    );
}

#[test]
fn names_are_text_and_nothing_else() {
    let page = page();
    assert!(!page.contains("<script") && !page.contains("<b>"), "markup");
    let name = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Sons&quot;";
    assert!(page.contains(name));
    assert!(page.contains("&lt;b&gt;/set.json</h1>"));
}

#[test]
fn nothing_comes_from_elsewhere() {
    let page = page();
    for part in ["http:", "https:", "//", "url(", "@import", "src=", "href="] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
}

/// What stands between `from` and `to`, each time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let parts = text.split(from).skip(1);
    parts.filter_map(|it| it.split(to).next()).collect()
}

#[test]
fn nothing_is_wider_than_a_narrow_screen() {
    let page = page();
    assert!(page.contains("width=device-width, initial-scale=1"));
    // pictures have a size of their own in no unit but that of their box
    for svg in between(&page, "<svg ", ">") {
        assert!(svg.starts_with("viewBox=\"0 0 "), "{svg}");
        assert!(
            !svg.contains(" width=") && !svg.contains(" height="),
            "{svg}"
        );
    }
    let style = between(&page, "<style>", "</style>").remove(0);
    for width in
        between(style, "width: ", ";")
            .into_iter()
            .chain(between(style, "min-width: ", ";"))
    {
        let is_relative = matches!(width, "100%" | "0") || width.ends_with("rem");
        let is_line = width.parse::<f32>().is_ok();
        let is_condition = width.contains("px)");
        assert!(is_relative || is_line || is_condition, "width: {width}");
    }
    for rule in [
        "svg { display: block; width: 100%; max-width: 100%;",
        "overflow-wrap: anywhere",
    ] {
        assert!(style.contains(rule), "{rule}");
    }
    // no inline style overrules it
    assert!(!page.contains("style=\"") && !page.contains("<td width"));
    assert!(!style.contains("nowrap"));
}

#[test]
fn every_element_that_is_opened_ends() {
    let page = page();
    let mut open: Vec<String> = vec![];
    let (_, elements) = page.split_once("<!DOCTYPE html>").unwrap();
    for tag in between(elements, "<", ">") {
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{tag}");
        } else if !tag.ends_with('/') && name != "meta" {
            open.push(name.to_string());
        }
    }
    assert_eq!(open, Vec::<String>::new());
}
