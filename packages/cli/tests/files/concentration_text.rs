//! What `defenders concentration` says to a person, and of a deposit that is too large.

use serde_json::{Value, json};

use crate::concentration::STAKES;
use crate::program::{self, File};
use crate::sets;

#[test]
fn table_tells_the_same_to_a_person() {
    let set = sets::bonded(&STAKES);
    let book = File::new("validator,tokens\nd,100\n");
    let groups = File::new("validator,group\nb,x\nc,x\n");
    let text = program::output(&[
        "concentration",
        "--validators",
        set.path(),
        "--book",
        book.path(),
        "--groups",
        groups.path(),
        "--deposit",
        "1000",
        "--threshold",
        "5000",
    ]);
    for line in [
        format!("{}: 2'197 base units", set.path()),
        "the vault's part: 100".to_string(),
        "By validator".to_string(),
        "By operator".to_string(),
    ] {
        assert!(text.lines().any(|it| it == line), "{line} in {text}");
    }
    for name in [
        "with the vault",
        "without it",
        "after the deposit",
        "Nakamoto at 5000 bp",
    ] {
        assert_eq!(text.matches(name).count(), 2, "{name} in {text}");
    }
    // 900 of 2197
    assert!(text.contains("40.96 %"), "{text}");
}

/// Without a book nobody can say what is the vault's.
#[test]
fn without_a_book_things_are_as_they_are_now() {
    let set = sets::bonded(&STAKES);
    let text = program::output(&["concentration", "--validators", set.path()]);
    let header = text.lines().find(|line| line.trim() == "now");
    assert!(
        header.is_some() && !text.contains("with the vault"),
        "{text}"
    );
    let text = program::output(&[
        "concentration",
        "--validators",
        set.path(),
        "--deposit",
        "9",
    ]);
    let header = text.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words == ["now", "after", "the", "deposit"]
    });
    assert!(header, "{text}");
}

#[test]
fn deposit_beyond_the_self_limit_says_so() {
    let set = sets::bonded(&[("a", 400), ("b", 300), ("c", 300)]);
    let policy = File::new(r#"{"vault_share_cap":"1","floor":"0"}"#);
    for (deposit, share, limit, said) in [
        ("190", "0.159663865546218487", Value::Null, None),
        (
            "191",
            "0.160369437447523089",
            json!("warning"),
            Some(
                "the vault would take it with a warning: it would have 16.03 % of the chain, and \
                 warns from 16 % on",
            ),
        ),
        (
            "282",
            "0.219968798751950078",
            json!("warning"),
            Some("the vault would take it with a"),
        ),
        (
            "283",
            "0.220576773187840997",
            json!("refused"),
            Some(
                "the vault would refuse it: with 22.05 % of the chain it would pass its self \
                 limit, 22 %",
            ),
        ),
    ] {
        let arguments = [
            "concentration",
            "--validators",
            set.path(),
            "--deposit",
            deposit,
            "--policy",
            policy.path(),
        ];
        let report = program::json(&arguments);
        assert_eq!(report["deposit"]["chain_share"], share);
        assert_eq!(report["deposit"]["self_limit"], limit, "{deposit}");
        let text = program::output(&arguments);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match said {
            Some(said) => assert!(text.contains(said), "{said} in {text}"),
            None => assert!(!text.contains("the vault would"), "{text}"),
        }
    }
}
