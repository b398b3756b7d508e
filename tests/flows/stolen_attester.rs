//! A thief has the attester's key.
//!
//! Succeeds when everyone gets out and is paid while it lies in every table, and when what the vault takes for a
//! validator's stake drifts no further from the truth than the README says.
//!
//! The worst order: a table every six hours, as often as one is taken, each as far from the truth as passes: all
//! small ones as large as the others, or nearly nothing for all but one. What does not pass is refused.

use cosmwasm_std::{Decimal, Uint128};
use defenders_suite::choice::is_real;
use defenders_suite::{Suite, SuiteBuilder};
use defenders_types::{PostedPower, PowerSource};

use crate::stolen::{everyone_asks, everyone_gets_out, inhabited};

/// How far one validator's stake is taken from the truth in an exit delay of 30 days: the README's factors.
const MOST: [Decimal; 2] = [Decimal::permille(327), Decimal::permille(2_488)];

/// The favourite is shown with everything, and all others with nothing.
fn all_to(suite: &Suite, favourite: &str) -> Vec<PostedPower> {
    let mut powers = suite.powers();
    let sum: Uint128 = powers.iter().map(|power| power.tokens).sum();
    for power in &mut powers {
        power.tokens = match power.validator == favourite {
            true => sum,
            false => Uint128::zero(),
        };
    }
    powers
}

/// Everyone is shown alike, so that the small ones look larger than they are.
fn flat(suite: &Suite) -> Vec<PostedPower> {
    let mut powers = suite.powers();
    let sum: Uint128 = powers.iter().map(|power| power.tokens).sum();
    let each = sum.multiply_ratio(1u128, powers.len() as u128);
    for power in &mut powers {
        power.tokens = each;
    }
    powers
}

/// Small ones are shown with half of what they have, the large ones with what that leaves.
fn steep(suite: &Suite) -> Vec<PostedPower> {
    let mut powers = suite.powers();
    let most = powers.iter().map(|power| power.tokens).max().unwrap();
    let mut left = Uint128::zero();
    for power in powers.iter_mut().filter(|power| power.tokens < most) {
        let half = power.tokens.multiply_ratio(1u128, 2u128);
        left += power.tokens - half;
        power.tokens = half;
    }
    let large: Vec<_> = powers
        .iter_mut()
        .filter(|power| power.tokens == most)
        .collect();
    let each = left.multiply_ratio(1u128, large.len() as u128);
    for power in large {
        power.tokens += each;
    }
    powers
}

/// How far from the truth the vault takes the stake of the listed ones: the least and the greatest factor.
fn drift(suite: &Suite) -> [Decimal; 2] {
    let truth = suite.chain.validators();
    let infos = suite.validator_infos().into_iter();
    let factors = infos.filter(|info| info.listed).map(|info| {
        let found = truth.iter().find(|it| it.validator == info.validator);
        let stake = Uint128::new(found.unwrap().tokens) - info.delegated;
        Decimal::from_ratio(info.external.unwrap_or_default(), stake)
    });
    let factors: Vec<Decimal> = factors.collect();
    let least = factors.iter().min().copied().unwrap();
    [least, factors.iter().max().copied().unwrap()]
}

fn lie_in_every_table(worst: fn(&Suite) -> Vec<PostedPower>) -> [Decimal; 2] {
    let source = PowerSource::Attested {
        attester: Some("mallory".into()),
    };
    let mut suite = inhabited(SuiteBuilder::base().with_power_source(source));
    let favourite = suite.listed[4].clone();
    let (mut taken, mut furthest) = (0, [Decimal::one(); 2]);
    let hours = match is_real() {
        true => 24,
        false => 7,
    };

    let asked = everyone_asks(&mut suite);
    let exit = everyone_gets_out(&mut suite, &asked, 30, hours, |suite| {
        let foul = all_to(suite, &favourite);
        assert!(suite.try_post(&foul).is_err(), "nobody has everything");
        let lie = worst(suite);
        taken += u32::from(suite.try_post(&lie).is_ok());
        let [least, most] = drift(suite);
        furthest = [furthest[0].min(least), furthest[1].max(most)];
    });

    exit.ensure_paid_but_for(20);
    assert!(taken > 10, "{taken} taken");
    assert!(
        MOST[0] <= furthest[0] && furthest[1] <= MOST[1],
        "{furthest:?}"
    );
    furthest
}

#[test]
fn everyone_leaves_while_small_ones_are_said_to_be_large() {
    let [_, most] = lie_in_every_table(flat);
    assert!(most > Decimal::percent(150), "it does drift: {most}");
}

#[test]
fn everyone_leaves_while_small_ones_are_said_to_be_nearly_nothing() {
    let [least, _] = lie_in_every_table(steep);
    assert!(least < Decimal::percent(80), "it does drift: {least}");
}
