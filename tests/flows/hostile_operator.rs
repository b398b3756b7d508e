//! An operator on the list is hostile.
//!
//! Succeeds when everyone gets out and bears no more than the slashes of what was with it: it raises its commission,
//! plays with its own maximum, is jailed, and signs twice.
//!
//! The worst order: its own maximum first, so that stake goes away and comes back on the budget of others; the
//! commission just after a refresh, so that it is seen a day late; the double sign while withdrawals unbond.

use cosmwasm_std::Decimal;
use defenders_suite::{DAY, SuiteBuilder, TOKEN};
use defenders_types::Exclusion;

use crate::stolen::{everyone_asks, everyone_gets_out, inhabited};

#[test]
fn everyone_leaves_beside_it_and_bears_its_slash_alone() {
    let mut suite = inhabited(SuiteBuilder::base().with_operators());
    let bad = suite.listed[0].clone();
    let operator = suite.operator(&bad);

    // back and forth with its own maximum: once a day, and a higher one counts after an unbonding time
    suite.set_own_maximum(&bad, Some(10 * TOKEN));
    suite.keep_for_days(2);
    suite.set_own_maximum(&bad, None);
    let again = suite.try_set_own_maximum(&operator, &bad, Some(0));
    assert!(again.unwrap_err().says("again from"));
    suite.keep_for_days(23);

    // just after a refresh
    let most = Decimal::percent(20);
    suite.chain.set_commission(&bad, most);
    suite.keep_for_days(1);
    let told = suite.validator_info(&bad);
    assert_eq!(told.exclusion, Some(Exclusion::Commission));

    let unbonding = suite.ledger().into_iter().filter(|it| it.validator == bad);
    let unbonding: u128 = unbonding.map(|it| it.tokens.u128()).sum();
    let with_it = suite.validator_info(&bad).delegated.u128() + unbonding;
    let asked = everyone_asks(&mut suite);
    let infraction = suite.chain.height();
    let mut struck = false;
    let exit = everyone_gets_out(&mut suite, &asked, 30, 24, |suite| {
        if !struck {
            suite.chain.double_sign(&bad, infraction);
            struck = true;
        }
    });
    // 5 % of what was with it: the price takes what unbonds there for slashed until it arrives
    let slash = with_it / 20;
    let paid: u128 = exit.paid.values().sum();
    assert!(paid + slash + 20 >= 1_500 * TOKEN, "{paid}, {slash}");
    suite.advance(DAY);
}
