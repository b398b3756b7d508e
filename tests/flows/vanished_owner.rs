//! The owner is gone for a year, and so is the guardian.
//!
//! Succeeds when deposits, rewards, withdrawals and claims go on by anyone's ticks, a listing ends when it was to
//! end, what waited is gone, and everyone gets out after that year.

use defenders_suite::choice::is_real;
use defenders_suite::{DAY, SuiteBuilder, TOKEN};
use defenders_types::{Exclusion, ExecuteMsg};

use crate::listing_ends::until;
use crate::settings::propose;
use crate::stolen::{PEOPLE, everyone_asks, everyone_gets_out, inhabited};

#[test]
fn vault_runs_for_a_year_and_pays_everyone() {
    let mut suite = inhabited(SuiteBuilder::base());
    // the last that was heard of the owner
    let ended = suite.listed[0].clone();
    let end = suite.now() + 100 * DAY;
    suite.list_as(vec![until(&ended, end)]);
    propose(&mut suite, &[("floor", Some("0.2"))]).unwrap();

    // somebody ticks every five days, on the real chain every fifteen
    let (times, days) = if is_real() { (1, 15) } else { (3, 5) };
    for month in 0..12 {
        suite.reward(10_000 * TOKEN);
        for _ in 0..times {
            suite.advance(days * DAY);
            suite.keep();
        }
        let dave = suite.user("dave");
        suite.deposit(&dave, 10 * TOKEN);
        for _ in 0..times {
            suite.advance(days * DAY);
            suite.keep();
        }
        if month == 6 {
            let shares = suite.shares(&dave);
            suite.request(&dave, shares);
        }
    }

    let dave = suite.user("dave");
    suite.claim(&dave, 1);
    assert!(suite.tokens(&dave) > 70 * TOKEN);
    let info = suite.validator_infos().into_iter();
    let mut of_ended = info.filter(|info| info.validator == ended);
    assert_eq!(of_ended.next().unwrap().exclusion, Some(Exclusion::Expired));
    let stranger = suite.user("stranger");
    let late = suite.execute(&stranger, &ExecuteMsg::ApplyChange { id: 0 }, vec![]);
    assert!(late.unwrap_err().says("schedule it again"));
    assert!(suite.rate().total_assets.u128() > 1_501 * TOKEN);

    let asked = everyone_asks(&mut suite);
    let exit = everyone_gets_out(&mut suite, &asked, 40, 48, |_| {});
    exit.ensure_paid_but_for(0);
    let paid: u128 = exit.paid.values().sum();
    let brought: u128 = PEOPLE.iter().map(|(_, tokens)| tokens * TOKEN).sum();
    assert!(paid > brought, "with a year's rewards: {paid}");
}
