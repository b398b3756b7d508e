//! A thief has the guardian's key.
//!
//! Succeeds in stopping deposits and moves toward targets for two weeks, and in cancelling what waits, but for its
//! own replacement; and everyone gets out meanwhile, while the owner replaces it.
//!
//! The worst order: the brake at once, and whatever the owner schedules is cancelled in the next block.

use defenders_suite::{DAY, SuiteBuilder, TOKEN};
use defenders_types::{ChangesResponse, ExecuteMsg, QueryMsg};

use crate::settings::propose;
use crate::stolen::{everyone_asks, everyone_gets_out, inhabited};

#[test]
fn everyone_leaves_while_it_brakes_and_cancels_and_then_it_is_replaced() {
    let mut suite = inhabited(SuiteBuilder::base());
    let (thief, next) = (suite.user("guardian"), suite.user("walker"));
    let put_on = ExecuteMsg::PutBrakeOn { until: None };
    suite.execute(&thief, &put_on, vec![]).unwrap();
    let dave = suite.user_with("dave", TOKEN);
    let refusal = suite.try_deposit(&dave, TOKEN).unwrap_err();
    assert!(refusal.says("the guardian has put the brake on"));

    // the owner replaces it, and wants to change something as well
    propose(&mut suite, &[("guardian", Some(&next))]).unwrap();
    let asked = everyone_asks(&mut suite);
    let exit = everyone_gets_out(&mut suite, &asked, 30, 24, |suite| {
        let _ = propose(suite, &[("floor", Some("0.2"))]);
        let told: ChangesResponse = suite.query(&QueryMsg::Changes {});
        for change in told.changes {
            let cancel = ExecuteMsg::CancelChange {
                id: change.id,
                valid_until: None,
            };
            let result = suite.execute(&thief, &cancel, vec![]);
            assert_eq!(result.is_err(), change.id == 0, "{change:?}");
        }
        // not a second time, and nothing else
        assert!(suite.execute(&thief, &put_on, vec![]).is_err());
    });
    exit.ensure_paid_but_for(20);

    // two weeks later deposits are open again, and when it is due the thief is out of office
    suite.try_deposit(&dave, TOKEN).unwrap();
    suite.apply_in_time(0);
    assert_eq!(suite.config().guardian, Some(next));
    suite.advance(DAY);
    assert!(suite.execute(&thief, &put_on, vec![]).is_err());
}
