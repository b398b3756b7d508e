//! Bad input: a clear error, exit status 2, and nothing sent.

use defenders_node::Node;

use crate::accounts::{connect, sequence};
use crate::devnet::Devnet;
use crate::files::send_coins;

/// How many transactions all blocks have together.
fn transactions(node: &Node) -> usize {
    node.search("tx.height>0").unwrap().len()
}

#[test]
fn what_is_wrong_is_said_and_nothing_sent() {
    let devnet = Devnet::with_vault();
    let node = connect(&devnet.url());
    let (sent, all) = (sequence(&devnet, "bob"), transactions(&node));
    assert!(
        all > 5,
        "the search finds the transactions of the deployment"
    );
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
    // settings that say another coin than the vault's
    let settings = devnet.home().join("defenders.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(
        &settings,
        text.replace("base = \"ustake\"", "base = \"uatom\""),
    )
    .unwrap();
    deposit(&[]).fails(
        2,
        "denom.base: it is \"uatom\", and the vault stakes \"ustake\"",
    );
    std::fs::write(&settings, text).unwrap();
    // the node asks for more than the user pays
    let json = deposit(&["--gas-price", "0.001ustake", "--json"]);
    assert_eq!(json.status, 2, "{json:?}");
    assert!(json.stdout.is_empty(), "{json:?}");
    let error: serde_json::Value =
        serde_json::from_str(json.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(error["error"]["kind"], "refused");

    assert_eq!(sequence(&devnet, "bob"), sent);
    assert_eq!(transactions(&node), all);
}

/// An account that the chain has never seen, and one that cannot pay what it wants.
#[test]
fn without_coins_nothing_is_sent() {
    let devnet = Devnet::with_vault();
    let node = connect(&devnet.url());
    let words = devnet.home().join("words");
    let mut arguments = vec![
        "keys", "add", "poor", "--test", "--prefix", "wasm", "--json",
    ];
    arguments.extend(["--mnemonic-out", words.to_str().unwrap()]);
    let made = devnet.defenders(&arguments).ok().json();
    let poor = made["address"].as_str().unwrap().to_string();
    let deposit = |amount: &str| devnet.defenders(&["deposit", amount, "--from", "poor", "--yes"]);
    let all = transactions(&node);
    deposit("1STAKE").fails(2, &poor);
    assert_eq!(transactions(&node), all);
    send_coins(&devnet, &poor, 1_001_000);
    assert_eq!(transactions(&node), all + 1);
    // less than it wants; then what it wants, and no fee
    deposit("2STAKE").fails(2, &poor);
    deposit("1STAKE").fails(2, "nothing was sent");
    assert_eq!(transactions(&node), all + 1);
    assert_eq!(node.account(&poor).unwrap().sequence, 0);
    assert_eq!(node.balance(&poor, "ustake").unwrap(), 1_001_000);
}
