//! Whether a posted table agrees with what the chain tells every contract, and how much of a change is
//! believed. A table that disagrees is refused with the fact that it broke.

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::{PostedPower, DAY};

use crate::error::ContractError;
use crate::state::attested::{AttestedPast, AttestedRow, AttestedTable};

/// What posted numbers may be wrong by: validators in the wrong order, and the sum.
const TOLERANCE: Decimal = Decimal::permille(5);
/// Most that e_i changes from one table to the next.
const MOST_AT_ONCE: Decimal = Decimal::percent(5);
/// Most that e_i changes over `WINDOW`.
const MOST_IN_WINDOW: Decimal = Decimal::percent(20);
/// Seconds.
const WINDOW: u64 = 7 * DAY;

/// What the chain tells every contract.
pub struct Facts<'a> {
    /// The bonded validators, most powerful first.
    pub order: &'a [String],
    /// Balance of the bonded pool, tokens.
    pub total_bonded: Uint128,
    /// The vault's delegations, in ascending operator address.
    pub delegations: &'a [(String, Uint128)],
}

/// A table that agrees with the chain.
#[derive(Debug, PartialEq, Eq)]
pub struct Accepted {
    /// To be stored.
    pub table: AttestedTable,
    /// To be stored.
    pub past: AttestedPast,
    /// How many changed more than is believed.
    pub bounded: usize,
}

/// Compares a table with the chain, and takes it in.
///
/// # Errors
/// [`ContractError::NamedTwice`], [`ContractError::PostedNotBonded`], [`ContractError::BondedNotPosted`],
/// [`ContractError::PostedBelowOwn`], [`ContractError::PostedSum`], [`ContractError::PostedOrder`].
pub fn accept(
    posted: Vec<PostedPower>,
    facts: &Facts,
    last: &AttestedTable,
    past: &AttestedPast,
    now: u64,
) -> Result<Accepted, ContractError> {
    let posted = by_address(posted)?;
    ensure_set(&posted, facts.order)?;
    ensure_sum(&posted, facts.total_bonded)?;
    ensure_order(&posted, facts.order)?;

    let dropped = past
        .posted_at
        .iter()
        .take_while(|at| at.saturating_add(WINDOW) < now);
    let mut days = past.posted_at.clone();
    days.drain(..dropped.count());
    let is_new_day = days.last().map_or(true, |at| at.saturating_add(DAY) <= now);
    let mut table = AttestedTable {
        posted_at: now,
        rows: Vec::with_capacity(posted.len()),
    };
    let mut externals = Vec::with_capacity(posted.len());
    let mut bounded: usize = 0;
    for PostedPower { validator, tokens } in posted {
        let delegated = delegated_to(&validator, facts.delegations);
        let raw = tokens.checked_sub(delegated);
        let raw = raw.map_err(|_| ContractError::PostedBelowOwn {
            validator: validator.clone(),
            posted: tokens,
            delegated,
        })?;
        let index = last.index_of(&validator);
        let before = index.and_then(|index| last.rows.get(index));
        let of_days = index.and_then(|index| past.externals.get(index));
        let mut of_days = of_days.cloned().unwrap_or_default();
        let too_many = of_days.len().saturating_sub(days.len());
        of_days.drain(..too_many);
        let external = bound_change(raw, before.map(|row| row.external), &of_days);
        bounded = bounded.saturating_add(usize::from(external != raw));
        if is_new_day {
            of_days.push(external);
        }
        externals.push(of_days);
        table.rows.push(AttestedRow {
            validator,
            tokens,
            external,
        });
    }
    if is_new_day {
        days.push(now);
    }
    Ok(Accepted {
        table,
        past: AttestedPast {
            posted_at: days,
            externals,
        },
        bounded,
    })
}

/// e_i as it is taken: within 5 % of the last one, and within 20 % of what the first tables of the last
/// days said. One that is new, or had nothing, has no bound.
#[must_use]
pub fn bound_change(raw: Uint128, last: Option<Uint128>, of_days: &[Uint128]) -> Uint128 {
    let Some(last) = last.filter(|last| !last.is_zero()) else {
        return raw;
    };
    let mut external = bound_to(raw, last, MOST_AT_ONCE);
    for of_day in of_days {
        external = bound_to(external, *of_day, MOST_IN_WINDOW);
    }
    external
}

fn bound_to(external: Uint128, around: Uint128, most: Decimal) -> Uint128 {
    let step = around.mul_floor(most);
    external.clamp(around.saturating_sub(step), around.saturating_add(step))
}

fn delegated_to(validator: &str, delegations: &[(String, Uint128)]) -> Uint128 {
    let found = delegations.binary_search_by(|(address, _)| address.as_str().cmp(validator));
    let found = found.ok().and_then(|index| delegations.get(index));
    found.map_or(Uint128::zero(), |(_, tokens)| *tokens)
}

/// In ascending operator address, each once.
fn by_address(posted: Vec<PostedPower>) -> Result<Vec<PostedPower>, ContractError> {
    // a few hundred at most: another sort would be some KB of the contract
    let mut sorted: Vec<PostedPower> = Vec::with_capacity(posted.len());
    for power in posted {
        match sorted.binary_search_by(|known| known.validator.cmp(&power.validator)) {
            Ok(_) => {
                return Err(ContractError::NamedTwice {
                    validator: power.validator,
                })
            }
            Err(at) => sorted.insert(at, power),
        }
    }
    Ok(sorted)
}

/// The first difference is named.
fn ensure_set(posted: &[PostedPower], order: &[String]) -> Result<(), ContractError> {
    let mut bonded: Vec<&String> = order.iter().collect();
    bonded.sort();
    let is_bonded = |p: &&PostedPower| bonded.binary_search(&&p.validator).is_ok();
    if let Some(other) = posted.iter().find(|p| !is_bonded(p)) {
        return Err(ContractError::PostedNotBonded {
            validator: other.validator.clone(),
            posted: posted.len(),
            bonded: bonded.len(),
        });
    }
    let missing = bonded.iter().find(|b| tokens_of(posted, b).is_none());
    if let Some(validator) = missing {
        return Err(ContractError::BondedNotPosted {
            validator: (*validator).clone(),
            posted: posted.len(),
            bonded: bonded.len(),
        });
    }
    Ok(())
}

fn tokens_of(posted: &[PostedPower], validator: &str) -> Option<Uint128> {
    let found = posted.binary_search_by(|p| p.validator.as_str().cmp(validator));
    let found = found.ok().and_then(|index| posted.get(index));
    found.map(|posted| posted.tokens)
}

fn ensure_sum(posted: &[PostedPower], total_bonded: Uint128) -> Result<(), ContractError> {
    let mut sum = Uint128::zero();
    for power in posted {
        sum = sum.checked_add(power.tokens)?;
    }
    if sum.abs_diff(total_bonded) <= total_bonded.mul_floor(TOLERANCE) {
        return Ok(());
    }
    Err(ContractError::PostedSum {
        posted: sum,
        bonded: total_bonded,
    })
}

/// Nobody may have 0.5 % more than anyone who stands above it. Equal ones stand as the chain has them.
fn ensure_order(posted: &[PostedPower], order: &[String]) -> Result<(), ContractError> {
    let mut least: Option<(&String, Uint128)> = None;
    for below in order {
        let tokens = tokens_of(posted, below).unwrap_or_default();
        if let Some((above, least)) = least {
            let more = tokens.saturating_sub(least);
            if !more.is_zero() && more >= tokens.mul_floor(TOLERANCE) {
                return Err(ContractError::PostedOrder {
                    above: above.clone(),
                    above_tokens: least,
                    below: below.clone(),
                    below_tokens: tokens,
                });
            }
        }
        if least.map_or(true, |(_, least)| tokens < least) {
            least = Some((below, tokens));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use defenders_allocation::{compute_caps, compute_targets, Groups, Policy, Validator};
    use defenders_types::{AllocationPolicy, HOUR};

    use super::*;

    const TOKEN: u128 = 1_000_000;
    /// 4 large validators of a million tokens, then 10 small ones of 20 000.
    const HONEST: [u128; 14] = {
        let mut tokens = [20_000 * TOKEN; 14];
        tokens[0] = 1_000_000 * TOKEN;
        tokens[1] = 1_000_000 * TOKEN;
        tokens[2] = 1_000_000 * TOKEN;
        tokens[3] = 1_000_000 * TOKEN;
        tokens
    };
    const SUM: u128 = 4_200_000 * TOKEN;

    fn order() -> Vec<String> {
        (0..14).map(|rank| format!("v{rank:02}")).collect()
    }

    fn table(tokens: &[u128]) -> Vec<PostedPower> {
        let powers = order().into_iter().zip(tokens);
        powers
            .map(|(validator, tokens)| PostedPower {
                validator,
                tokens: Uint128::new(*tokens),
            })
            .collect()
    }

    fn accept_all(lies: &[u128], days: u64) -> AttestedTable {
        let order = order();
        let facts = Facts {
            order: &order,
            total_bonded: Uint128::new(SUM),
            delegations: &[],
        };
        let (mut last, mut past) = (AttestedTable::default(), AttestedPast::default());
        for hours in (0..=days * 24).step_by(6) {
            let tokens = if hours == 0 { &HONEST[..] } else { lies };
            let now = 1_000_000 + hours * HOUR;
            let accepted = accept(table(tokens), &facts, &last, &past, now).unwrap();
            (last, past) = (accepted.table, accepted.past);
        }
        assert!(past.posted_at.len() <= 8, "{past:?}");
        last
    }

    /// e_i of a validator after so many days of the same lie, in parts of a thousand of the truth.
    fn lied(lies: &[u128], rank: usize, days: u64) -> u128 {
        let table = accept_all(lies, days);
        table.rows[rank].external.u128() * 1_000 / HONEST[rank]
    }

    /// The first small one has the large ones' stake; order and sum still fit.
    fn up() -> Vec<u128> {
        let mut tokens = HONEST.to_vec();
        tokens[4] += 400_000 * TOKEN;
        for large in &mut tokens[..4] {
            *large -= 100_000 * TOKEN;
        }
        tokens
    }

    /// The last one has nothing.
    fn down() -> Vec<u128> {
        let mut tokens = HONEST.to_vec();
        tokens[13] = 0;
        tokens
    }

    /// The longest exit delay by default: 21 days of unbonding, two batch periods, 7 days; and with the
    /// greatest settings: 21 + 2 x 7 + 30 days.
    const BY_DEFAULT: u64 = 30;
    const GREATEST: u64 = 65;

    #[test]
    fn worst_lie_within_the_longest_exit_delay_is_what_the_readme_says() {
        let found =
            [BY_DEFAULT, GREATEST].map(|days| (lied(&up(), 4, days), lied(&down(), 13, days)));
        assert_eq!(found, [(2_488, 327), (6_191, 107)]);

        let readme = include_str!("../../README.md");
        for told in ["x 2.488", "x 0.327", "x 6.191", "x 0.107"] {
            assert!(readme.contains(told), "{told}");
        }
    }

    /// Match caps in whole tokens, and targets of 200 000 and of 150 000 tokens.
    fn outcome(externals: &[Uint128], rank: usize) -> [u128; 3] {
        let policy = AllocationPolicy::default();
        let policy = Policy {
            vault_share_cap: Decimal::permille(125),
            chain_share_cap: policy.chain_share_cap,
            match_cap: policy.match_cap,
            bond_factor: None,
            floor: policy.floor,
        };
        let small = order().into_iter().zip(externals).skip(4);
        let small: Vec<Validator> = small
            .map(|(address, external)| Validator::eligible(address, external.u128(), 0))
            .collect();
        let caps = compute_caps(u128::MAX >> 4, SUM, &policy, &small).unwrap();
        let target = |total: u128| {
            let targets = compute_targets(
                total * TOKEN,
                total * TOKEN,
                SUM,
                &policy,
                &small,
                &Groups::default(),
            )
            .unwrap();
            targets.tokens[rank - 4] / TOKEN
        };
        [
            caps[rank - 4].tokens / TOKEN,
            target(200_000),
            target(150_000),
        ]
    }

    #[test]
    fn worst_lie_changes_cap_and_target_as_the_readme_says() {
        let honest: Vec<Uint128> = HONEST.iter().map(|tokens| Uint128::new(*tokens)).collect();
        let after = |lies: &[u128]| -> Vec<Uint128> {
            let table = accept_all(lies, BY_DEFAULT);
            table.rows.iter().map(|row| row.external).collect()
        };

        assert_eq!(outcome(&honest, 4), [20_000, 20_000, 15_000]);
        assert_eq!(outcome(&after(&up()), 4), [49_766, 20_000, 3_750]);
        assert_eq!(outcome(&after(&down()), 13), [6_553, 6_553, 6_553]);
    }

    #[test]
    fn change_is_bounded_by_the_last_table_and_by_those_of_seven_days() {
        let bound = |raw: u128, last: Option<u128>, days: &[u128]| {
            let days: Vec<Uint128> = days.iter().map(|tokens| Uint128::new(*tokens)).collect();
            bound_change(Uint128::new(raw), last.map(Uint128::new), &days).u128()
        };
        assert_eq!(bound(1_050, Some(1_000), &[]), 1_050);
        assert_eq!(bound(1_051, Some(1_000), &[]), 1_050);
        assert_eq!(bound(949, Some(1_000), &[]), 950);
        assert_eq!(bound(1_250, Some(1_195), &[1_000, 1_100]), 1_200);
        assert_eq!(bound(900, Some(1_000), &[1_200, 1_100]), 960);
        // new, or without stake of others: no bound
        assert_eq!(bound(9, None, &[]), 9);
        assert_eq!(bound(9, Some(0), &[0]), 9);
    }

    #[test]
    fn tolerances_of_order_and_sum_are_half_a_percent() {
        let order = order();
        let try_accept = |tokens: &[u128], bonded: u128| {
            let facts = Facts {
                order: &order,
                total_bonded: Uint128::new(bonded),
                delegations: &[],
            };
            let (last, past) = (AttestedTable::default(), AttestedPast::default());
            accept(table(tokens), &facts, &last, &past, 1).map(|_| ())
        };
        let with = |rank: usize, tokens: u128| {
            let mut all = HONEST;
            all[rank] = tokens;
            all
        };
        // half a percent of 20 100 is 100.5
        let order_of = |least: u128| try_accept(&with(5, least * TOKEN), SUM);
        assert_eq!(order_of(19_901), Ok(()));
        assert_eq!(
            order_of(19_900),
            Err(ContractError::PostedOrder {
                above: "v05".to_owned(),
                above_tokens: Uint128::new(19_900 * TOKEN),
                below: "v06".to_owned(),
                below_tokens: Uint128::new(20_000 * TOKEN),
            })
        );
        // small steps do not add up: the fourth has 0.6 % more than the first
        let mut stairs = HONEST;
        for (rank, tokens) in [(4, 20_000), (5, 20_040), (6, 20_080), (7, 20_120)] {
            stairs[rank] = tokens * TOKEN;
        }
        assert!(matches!(
            try_accept(&stairs, SUM),
            Err(ContractError::PostedOrder { .. })
        ));
        // half a percent of the pool is 21 000
        assert_eq!(try_accept(&with(0, 1_021_000 * TOKEN), SUM), Ok(()));
        assert_eq!(
            try_accept(&with(0, 1_021_000 * TOKEN + 1), SUM),
            Err(ContractError::PostedSum {
                posted: Uint128::new(SUM + 21_000 * TOKEN + 1),
                bonded: Uint128::new(SUM),
            })
        );
    }
}
