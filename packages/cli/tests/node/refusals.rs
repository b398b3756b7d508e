//! Bad input: a clear error, exit status 2, and nothing sent.

use crate::devnet::Devnet;

#[test]
fn what_is_wrong_is_said_and_nothing_sent() {
    let devnet = Devnet::with_vault();
    let height_of_account = |devnet: &Devnet| {
        devnet
            .defenders(&["deposit", "1STAKE", "--from", "bob", "--dry-run", "--json"])
            .ok()
            .json()["gas_used"]
            .clone()
    };
    let before = height_of_account(&devnet);
    let deposit = |more: &[&str]| {
        let mut arguments = vec!["deposit", "1STAKE", "--from", "bob", "--yes"];
        arguments.extend(more);
        devnet.defenders(&arguments)
    };
    deposit(&["--chain-id", "cosmoshub-4"])
        .fails(2, "is a node of defenders-devnet-1, not of cosmoshub-4");
    deposit(&["--node", "http://127.0.0.1:1"]).fails(1, "does not answer");
    deposit(&["--node", "nonsense"]).fails(2, "nonsense");
    deposit(&["--vault", &devnet.multisig()]).fails(2, "is no vault of the Defenders");
    deposit(&["--vault", &devnet.account("bob")]).fails(2, "there is no contract there");
    deposit(&["--gas-price", "0.025uatom"]).fails(2, "uatom");
    deposit(&["--gas-price", "1"]).fails(2, "gas price");
    deposit(&["--gas-factor", "1.1"]).fails(2, "1.2");
    devnet
        .defenders(&["deposit", "1STAKE", "--from", "nobody", "--yes"])
        .fails(2, "nobody");
    devnet
        .defenders(&["deposit", "1ATOM", "--from", "bob", "--yes"])
        .fails(2, "is of another coin");
    devnet
        .defenders(&["deposit", "0", "--from", "bob", "--yes"])
        .fails(2, "is nothing");
    devnet
        .defenders(&["deposit", "1000000000STAKE", "--from", "bob", "--yes"])
        .fails(2, "take 2");
    devnet
        .defenders(&["deposit", "1STAKE", "--from", "bob"])
        .fails(2, "no terminal");
    // the node asks for more than the user pays
    let json = deposit(&["--gas-price", "0.001ustake", "--json"]);
    assert_eq!(json.status, 2, "{json:?}");
    assert!(json.stdout.is_empty(), "{json:?}");
    let error: serde_json::Value =
        serde_json::from_str(json.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["kind"], "refused");
    assert_eq!(height_of_account(&devnet), before);
}
