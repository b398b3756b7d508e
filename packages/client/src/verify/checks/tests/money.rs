//! Where the coins are, and whether all of them are there.

use super::*;

#[test]
fn the_chains_stake_is_read_where_it_is() {
    let what = "where it reads the chain's stake";
    assert_only(
        |facts| facts.config.bonded_pool = "treasury".to_string(),
        what,
        Finding::NotOk,
        "the bonded pool is pool",
    );
    assert_only(
        |facts| facts.bonded_pool = None,
        what,
        Finding::CannotTell,
        "does not name its own",
    );
}

#[test]
fn the_pot_pays_this_vault_in_its_denom() {
    let what = "whom the pot pays";
    let pays = |vault: &'static str, denom: &'static str| {
        move |facts: &mut Facts| facts.pot_config = Some((vault.to_string(), denom.to_string()))
    };
    assert_only(pays("key", "uatom"), what, Finding::NotOk, "key, in uatom");
    assert_only(
        pays("vault", "uosmo"),
        what,
        Finding::NotOk,
        "vault, in uosmo",
    );
    assert_only(
        |facts| facts.pot_config = None,
        what,
        Finding::NotOk,
        "does not say",
    );
}

#[test]
fn the_denom_is_what_the_chain_stakes() {
    assert_only(
        |facts| facts.bond_denom = "uosmo".to_string(),
        "denom",
        Finding::NotOk,
        "uatom; the chain stakes uosmo",
    );
}

#[test]
fn deposits_are_open() {
    let what = "deposits";
    assert_only(
        |facts| facts.health.is_own_admin = false,
        what,
        Finding::NotOk,
        "closed",
    );
    assert_only(
        |facts| facts.health.powers_age = None,
        what,
        Finding::CannotTell,
        "not read",
    );
    assert_only(
        |facts| facts.health.powers_stale = true,
        what,
        Finding::CannotTell,
        "60 seconds",
    );
}

#[test]
fn nothing_is_missing_that_is_owed() {
    let what = "its coins";
    let words = "3 tokens and 0 shares";
    assert_only(
        |facts| facts.solvency.deficit = Uint128::new(3),
        what,
        Finding::NotOk,
        words,
    );
    assert_only(
        |facts| facts.solvency.shares.deficit = Uint128::new(4),
        what,
        Finding::NotOk,
        "0 tokens and 4 shares",
    );
}
