//! A development chain's life: found, stopped, killed, gone on with.

use crate::devnet::Devnet;

#[test]
fn a_chain_goes_on_where_it_was() {
    let devnet = Devnet::with_vault();
    let vault = devnet.vault();
    let height = |devnet: &Devnet| devnet.status()["height"].as_u64().unwrap();
    let before = height(&devnet);
    devnet.kill_node();
    devnet
        .defenders(&["devnet", "status", "--home", "."])
        .fails(2, "no development chain runs");
    devnet.start();
    assert!(height(&devnet) >= before);
    assert_eq!(devnet.vault(), vault);
    // a second start finds it there
    let again = devnet.defenders(&["devnet", "start", "--home", "."]).ok();
    assert!(again.stderr.contains("runs already"), "{again:?}");
    devnet.defenders(&["verify"]).ok();
    let shown = devnet.defenders(&["devnet", "status", "--home", "."]).ok();
    assert!(
        shown.stdout.contains("one program makes the blocks"),
        "{}",
        shown.stdout
    );
}

#[test]
fn time_passes_and_validators_fail_when_told() {
    let devnet = Devnet::with_vault();
    let time = |devnet: &Devnet| devnet.status()["time"].as_str().unwrap().to_string();
    let before = time(&devnet);
    devnet.advance(21 * 86_400);
    assert!(time(&devnet) > before);
    // a clock that was advanced is no node that is behind
    let ran = devnet
        .defenders(&["deposit", "1STAKE", "--from", "bob", "--dry-run"])
        .ok();
    assert!(!ran.stderr.contains("behind"), "{ran:?}");
    let (last, _) = devnet.validators().last().unwrap().clone();
    devnet.jail(&last);
    let status = devnet.status();
    let jailed = status["validators"]
        .as_array()
        .unwrap()
        .iter()
        .find(|validator| validator["name"] == last.as_str());
    assert_eq!(jailed.unwrap()["jailed"], true);
    devnet
        .defenders(&["devnet", "jail", "nobody", "--home", "."])
        .fails(2, "nobody");
    devnet
        .defenders(&["devnet", "advance", "soon", "--home", "."])
        .fails(2, "is no time");
}

#[test]
fn files_of_others_are_neither_begun_among_nor_removed() {
    let devnet = Devnet::with_vault();
    let file = devnet.home().join("of-somebody");
    std::fs::write(&file, "kept").unwrap();
    devnet
        .defenders(&["devnet", "reset", "--home", "."])
        .fails(2, "give --yes");
    devnet
        .defenders(&["devnet", "reset", "--home", ".", "--yes"])
        .ok();
    let left: Vec<_> = std::fs::read_dir(devnet.home()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
    devnet
        .defenders(&["devnet", "start", "--home", "."])
        .fails(2, "has other files in it (of-somebody)");
    devnet
        .defenders(&["devnet", "reset", "--home", ".", "--yes"])
        .fails(2, "is no folder of a development chain");
}
