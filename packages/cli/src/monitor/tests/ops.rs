//! What is made of metrics: the dashboard, the alerts and the README.

use super::*;

/// Names of metrics in a text.
fn named(text: &str) -> BTreeSet<String> {
    let is_inner = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.split(|letter| !is_inner(letter))
        .filter(|word| word.starts_with("defenders_"))
        .map(str::to_string)
        .collect()
}

#[test]
fn every_panel_has_title_unit_and_query_of_metrics_that_there_are() {
    let known: BTreeSet<String> = ALL.iter().map(|spec| spec.sample_name()).collect();
    let dashboard: Value = serde_json::from_str(&read("ops/dashboard.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let mut shown = BTreeSet::new();
    for panel in panels {
        let title = panel["title"].as_str().unwrap();
        assert!(!title.is_empty());
        let unit = panel["fieldConfig"]["defaults"]["unit"].as_str();
        assert!(unit.is_some_and(|unit| !unit.is_empty()), "{title}");
        let targets = panel["targets"].as_array().unwrap();
        assert!(!targets.is_empty(), "{title}");
        for target in targets {
            let names = named(target["expr"].as_str().unwrap());
            assert!(
                !names.is_empty() && names.is_subset(&known),
                "{title}: {names:?}"
            );
            shown.extend(names);
        }
    }
    let missing: Vec<_> = known.difference(&shown).collect();
    assert!(missing.is_empty(), "on no panel: {missing:?}");
}

#[test]
fn alerts_speak_of_metrics_that_there_are_and_say_what_to_do() {
    let known: BTreeSet<String> = ALL.iter().map(|spec| spec.sample_name()).collect();
    let rules = read("ops/alerts.yml");
    let unknown: Vec<String> = named(&rules).difference(&known).cloned().collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let alerts: Vec<&str> = rules.split("- alert: ").skip(1).collect();
    assert!(alerts.len() > 20);
    for alert in alerts {
        for field in ["severity:", "summary:", "what_to_do:"] {
            assert!(alert.contains(field), "{field} is missing in {alert}");
        }
    }
}

#[test]
fn the_readme_names_every_metric() {
    let readme = include_str!("../../../README.md");
    for spec in ALL {
        let row = format!("| `{}` |", spec.sample_name());
        assert!(readme.contains(&row), "{row} is missing");
    }
}
