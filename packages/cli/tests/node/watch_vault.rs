//! The operators' watch: what the vault does to a validator.

use crate::devnet::Devnet;
use crate::watch::{changes, look};

#[test]
fn stake_of_the_vault_gained_and_lost_and_the_cap_that_binds_are_told() {
    let devnet = Devnet::with_vault();
    let names = ["wave", "cryptocrew-validators"];
    let keep = || {
        devnet.keep_once("900000000ustake", &[]).ok();
    };
    assert!(changes(&look(&devnet, &names, &[])).is_empty());
    devnet
        .defenders(&["deposit", "20000STAKE", "--from", "bob", "--yes"])
        .ok();
    keep();
    let lines = look(&devnet, &names, &[]);
    let told = changes(&lines);
    let is_of = |what: &str, words: &str| {
        told.iter()
            .any(|(change, message)| *change == what && message.contains(words))
    };
    assert!(is_of("vault_stake", "wave gained"), "{told:?}");
    assert!(
        is_of("vault_stake", "cryptocrew-validators gained"),
        "{told:?}"
    );
    assert!(
        is_of("binding_cap", "is match (before: vault_share)"),
        "{told:?}"
    );

    devnet
        .defenders(&["withdraw", "all", "--from", "bob", "--yes"])
        .ok();
    devnet.advance(86_400);
    keep();
    let lines = look(&devnet, &names, &[]);
    let told = changes(&lines);
    assert!(
        told.iter().any(|(_, message)| message.contains(" lost ")),
        "{told:?}"
    );
}
