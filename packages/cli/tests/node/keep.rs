//! The keeper, by the built program.

use serde_json::Value;

use crate::devnet::Devnet;

const LIMIT: &str = "500000000ustake";

/// A run that ends by itself: its status, and its lines.
fn keep(devnet: &Devnet, more: &[&str]) -> (i32, Vec<Value>) {
    let arguments = [
        &["keep", "--once", "--spread", "0", "--from", "keeper"][..],
        more,
    ]
    .concat();
    let ran = devnet.defenders(&arguments);
    let lines = ran.stdout.lines();
    let lines = lines.map(|line| serde_json::from_str(line).unwrap());
    (ran.status, lines.collect())
}

fn count(lines: &[Value], event: &str) -> usize {
    lines.iter().filter(|line| line["event"] == event).count()
}

/// One test: the keeper's key sends from one program at a time.
#[test]
fn the_keeper_does_what_is_due_and_never_passes_its_limit() {
    let devnet = Devnet::with_vault();
    devnet.advance(2 * 86_400);

    let (status, _) = keep(&devnet, &[]);
    assert_eq!(status, 2, "without a limit nothing is sent");

    let notes = tempfile::tempdir().unwrap();
    let notes = notes.path().to_str().unwrap();
    let limited = ["--daily-fee-limit", "1ustake", "--notes", notes];
    let (status, lines) = keep(&devnet, &limited);
    assert_eq!((status, count(&lines, "sent")), (1, 0), "{lines:?}");
    assert_eq!(count(&lines, "fee_limit"), 1, "{lines:?}");

    let (status, lines) = keep(&devnet, &["--daily-fee-limit", LIMIT, "--dry-run"]);
    assert_eq!(status, 0, "{lines:?}");
    assert_eq!(
        (count(&lines, "would_send"), count(&lines, "sent")),
        (1, 0),
        "{lines:?}"
    );

    let (status, lines) = keep(&devnet, &["--daily-fee-limit", LIMIT, "--notes", notes]);
    assert_eq!(status, 0, "{lines:?}");
    assert!(count(&lines, "sent") >= 2, "{lines:?}");
    for line in lines.iter().filter(|line| line["event"] == "sent") {
        assert!(line["time"].as_str().unwrap().ends_with('Z'));
        assert_eq!(line["fee"]["denom"], "ustake");
    }

    // what was spent is remembered: a limit below it leaves no room
    let jobs = devnet.keep_once("0ustake", &["--notes", notes]);
    assert!(!jobs.stdout.contains("\"sent\""), "{}", jobs.stdout);
}
