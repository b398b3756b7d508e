//! Where the coins are, and whether all of them are there.

use super::check::{Check, cannot_tell, check};
use crate::verify::facts::Facts;

/// The pot pays this vault, in its denom.
pub fn check_pot(facts: &Facts) -> Check {
    let what = "whom the pot pays";
    match &facts.pot_config {
        None => check(what, false, "it does not say"),
        Some((vault, denom)) => {
            let is_ok = *vault == facts.vault.address && *denom == facts.config.denom;
            check(what, is_ok, format!("{vault}, in {denom}"))
        }
    }
}

/// It takes what the chain stakes.
pub fn check_denom(facts: &Facts) -> Check {
    let (found, staked) = (&facts.config.denom, &facts.bond_denom);
    check(
        "denom",
        found == staked,
        format!("{found}; the chain stakes {staked}"),
    )
}

/// It reads the chain's stake at the account that holds it: caps and the self limit are parts of that.
pub fn check_pool(facts: &Facts) -> Check {
    let what = "where it reads the chain's stake";
    let found = &facts.config.bonded_pool;
    match &facts.bonded_pool {
        None => cannot_tell(what, format!("{found}; the chain does not name its own")),
        Some(pool) if pool == found => check(what, true, format!("{found}, the bonded pool")),
        Some(pool) => check(
            what,
            false,
            format!("{found}, and the bonded pool is {pool}: caps are shares of the wrong amount"),
        ),
    }
}

/// It takes deposits.
pub fn check_open(facts: &Facts) -> Check {
    let what = "deposits";
    let health = &facts.health;
    match (health.is_own_admin, health.powers_age) {
        (true, Some(_)) if !health.powers_stale => {
            check(what, true, "open, as far as caps leave room")
        }
        (true, Some(age)) => cannot_tell(
            what,
            format!("the powers are {age} seconds old: a tick is due"),
        ),
        (true, None) => cannot_tell(what, "it has not read the powers of validators yet"),
        (false, _) => check(
            what,
            false,
            "closed: the chain does not show it as its own admin",
        ),
    }
}

/// It has what it owes.
pub fn check_solvency(facts: &Facts) -> Check {
    let solvency = &facts.solvency;
    let is_ok = solvency.deficit.is_zero() && solvency.shares.deficit.is_zero();
    let because = match is_ok {
        true => format!("has what it owes, and {} more", solvency.surplus),
        false => format!(
            "{} tokens and {} shares are missing",
            solvency.deficit, solvency.shares.deficit
        ),
    };
    check("its coins", is_ok, because)
}
