//! A thief has the attester's key.
//!
//! Succeeds when only lies pass that hardly differ from what the chain tells everyone, and everyone gets out and is
//! paid meanwhile.
//!
//! The worst order: a lie with each table that may be posted, every six hours, as large as is taken: about one
//! validator, to make it look smaller or larger than it is, so that targets and caps give it more.

use cosmwasm_std::{Decimal, Uint128};
use defenders_suite::choice::is_real;
use defenders_suite::{Suite, SuiteBuilder};
use defenders_types::{PostedPower, PowerSource};

use crate::stolen::{everyone_asks, everyone_gets_out, inhabited};

/// Parts of its own power that the favourite is shown lower or higher, in thousandths.
const LIES: [i64; 8] = [-500, 500, -50, 50, -10, 10, -4, 4];

/// The chain's powers, but for one.
fn lie(suite: &Suite, favourite: &str, thousandths: i64) -> Vec<PostedPower> {
    let mut powers = suite.powers();
    for power in &mut powers {
        if power.validator == favourite {
            let factor = u64::try_from(1_000 + thousandths).unwrap();
            power.tokens = power.tokens.mul_floor(Decimal::permille(factor));
        }
    }
    powers
}

/// What the vault takes for its power differs so little from the truth.
fn ensure_hardly_differs(suite: &Suite, favourite: &str) {
    let info = suite.validator_info(favourite);
    let read = info.external.unwrap_or_default() + info.delegated;
    let validators = suite.chain.validators().into_iter();
    let mut found = validators.filter(|it| it.validator == favourite);
    let truth = Uint128::new(found.next().unwrap().tokens);
    let least = truth.mul_floor(Decimal::percent(99));
    assert!(
        least <= read && read <= truth + (truth - least),
        "{read} where {truth} is true"
    );
}

#[test]
fn everyone_leaves_while_it_lies_as_much_as_it_can() {
    let source = PowerSource::Attested {
        attester: Some("mallory".into()),
    };
    let mut suite = inhabited(SuiteBuilder::base().with_power_source(source));
    let favourite = suite.listed[4].clone();
    let (mut taken, mut refused) = (0, 0);

    let hours = match is_real() {
        true => 30,
        false => 7,
    };
    let asked = everyone_asks(&mut suite);
    let exit = everyone_gets_out(&mut suite, &asked, 30, hours, |suite| {
        ensure_hardly_differs(suite, &favourite);
        for thousandths in LIES {
            let powers = lie(suite, &favourite, thousandths);
            match suite.try_post(&powers) {
                Ok(_) => {
                    taken += 1;
                    break;
                }
                Err(_) => refused += 1,
            }
        }
    });

    exit.ensure_paid_but_for(20);
    assert!(
        taken > 10 && refused > 60,
        "{taken} taken, {refused} refused"
    );
}
