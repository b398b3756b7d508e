//! The vault as a token beside cw20-base: random histories of all messages of cw20, by several accounts at
//! moving heights and times, and of what makes, escrows, gives back and destroys shares. After every step
//! both have refused for the same reason, or said the same; and all questions have the same answers, byte
//! by byte.

#![allow(clippy::unwrap_used, clippy::panic)]

mod pair;
mod random;
mod refusal;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use pair::Pair;
use random::{crowd, history, pages};

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 120,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_vault_is_a_cw20_token_like_cw20_base(
        is_crowded in prop::bool::weighted(0.2), steps in history(), pages in pages()
    ) {
        let mut pair = Pair::new();
        if is_crowded {
            for step in crowd() {
                prop_assert_eq!(pair.play(&step), Ok(()));
            }
        }
        for step in &steps {
            // what it says or refuses is compared there
            let _ = pair.play(step);
            pair.compare(step);
        }
        pair.compare_pages(&pages);
    }
}

/// What random histories must reach, or they show nothing: every message accepted, and every refusal.
#[test]
fn histories_reach_every_message_and_every_refusal() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let steps = history().new_tree(&mut runner).unwrap().current();
        let mut pair = Pair::new();
        for step in &steps {
            reached.insert(format!("{} {:?}", step.name(), pair.play(step)));
        }
    }
    let expected = [
        "burn Err(NotEnough)",
        "burn Ok(())",
        "decrease_allowance Err(Address)",
        "decrease_allowance Err(ExpiresTooSoon)",
        "decrease_allowance Err(NoAllowance)",
        "decrease_allowance Err(OwnAllowance)",
        "decrease_allowance Ok(())",
        "escrow Err(NotEnough)",
        "escrow Ok(())",
        "give_back Err(NotEnough)",
        "give_back Ok(())",
        "increase_allowance Err(Address)",
        "increase_allowance Err(ExpiresTooSoon)",
        "increase_allowance Err(Overflow)",
        "increase_allowance Err(OwnAllowance)",
        "increase_allowance Ok(())",
        "mint Err(Overflow)",
        "mint Ok(())",
        "send Err(Address)",
        "send Err(Forbidden)",
        "send Err(NotEnough)",
        "send Ok(())",
        "send_from Err(Address)",
        "send_from Err(Expired)",
        "send_from Err(Forbidden)",
        "send_from Err(NoAllowance)",
        "send_from Err(NotEnough)",
        "send_from Ok(())",
        "transfer Err(Address)",
        "transfer Err(Forbidden)",
        "transfer Err(NotEnough)",
        "transfer Ok(())",
        "transfer_from Err(Address)",
        "transfer_from Err(Expired)",
        "transfer_from Err(Forbidden)",
        "transfer_from Err(NoAllowance)",
        "transfer_from Err(NotEnough)",
        "transfer_from Ok(())",
        "update_marketing Err(Address)",
        "update_marketing Err(NotMarketing)",
        "update_marketing Ok(())",
        "upload_logo Err(LogoTooBig)",
        "upload_logo Err(NoPng)",
        "upload_logo Err(NoSvg)",
        "upload_logo Err(NotMarketing)",
        "upload_logo Ok(())",
        "wait Ok(())",
    ];
    let expected = std::collections::BTreeSet::from(expected.map(str::to_owned));
    let differing: Vec<_> = reached.symmetric_difference(&expected).collect();
    assert!(differing.is_empty(), "{differing:?}");
}
