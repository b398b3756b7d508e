//! Two keepers of one vault, with a key each.

use serde_json::Value;

use crate::devnet::Devnet;
use crate::operator::{key_of, sequence_of};
use crate::running::Running;

const DAY: u64 = 86_400;

fn keeper(devnet: &Devnet, name: &str) -> Running {
    Running::start(
        devnet,
        &[
            "keep",
            "--from",
            name,
            "--daily-fee-limit",
            "900000000ustake",
            "--every",
            "1",
            "--spread",
            "3",
        ],
    )
}

fn jobs_due(devnet: &Devnet) -> usize {
    let status: Value = devnet.defenders(&["status", "--json"]).ok().json();
    status["jobs_due"].as_array().unwrap().len()
}

#[test]
fn two_keepers_take_turns_and_waste_no_gas() {
    let devnet = Devnet::with_vault();
    // blocks that are long beside a keeper's thoughts: two that race would often send the same in one
    let home = ["--home", "."];
    devnet
        .defenders(&[&["devnet", "stop"], &home[..]].concat())
        .ok();
    let start = ["devnet", "start", "--block-time", "1s"];
    devnet.defenders(&[&start[..], &home[..]].concat()).ok();
    let names = ["keeper", "guardian"];
    let sequence = |name: &str| sequence_of(&devnet, key_of(name).address());
    let before = names.map(sequence);
    let mut keepers = names.map(|name| keeper(&devnet, name));
    let sent = |keeper: &Running| keeper.of_event("sent").len();
    let failed = |keeper: &Running| keeper.of_event("not_sent").len();
    // what is on the chain is what was told
    let is_told = |keepers: &[Running; 2]| {
        let on_chain = names
            .iter()
            .zip(before)
            .map(|(name, before)| sequence(name) - before);
        let told: usize = keepers
            .iter()
            .map(|keeper| sent(keeper) + failed(keeper))
            .sum();
        on_chain.sum::<u64>() == told as u64
    };
    for _ in 0..3 {
        devnet.advance(DAY);
        keepers[0].wait_until("jobs stay due", || jobs_due(&devnet) == 0);
    }
    // a second program with a key of one of them is refused
    let again = devnet.keep_once("1ustake", &[]);
    again.fails(1, "another program sends with the key");

    // whoever goes first ends, and the other takes its place
    keepers[0].wait_until("something was not told", || is_told(&keepers));
    let first = usize::from(sent(&keepers[1]) > sent(&keepers[0]));
    keepers[first].kill();
    let other = &keepers[1 - first];
    let done = sent(other);
    devnet.advance(DAY);
    other.wait_until("nobody takes over", || sent(other) > done);
    other.wait_until("jobs stay due", || jobs_due(&devnet) == 0);

    other.wait_until("something was not told", || is_told(&keepers));
    let all: usize = keepers.iter().map(sent).sum();
    let failed: usize = keepers.iter().map(failed).sum();
    assert!(all >= 10, "{all} were sent");
    // once, when both began
    assert!(failed <= 1, "{failed} of {} failed", all + failed);
    let outdone: usize = keepers
        .iter()
        .map(|keeper| keeper.of_event("done_by_another").len())
        .sum();
    assert!(outdone > 0, "nobody ever waited for the other");
}
