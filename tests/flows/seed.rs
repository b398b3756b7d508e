//! The seed tests the chain: 1,000 units of it are delegated and undelegated by the instantiation.
//!
//! Succeeds when the chain answers amount and completion time: the vault knows the unbonding time, and
//! the 1,000 units come back like all that restakes.
//!
//! Fails to create a vault on a chain that does not say what an undelegation gives.

use defenders_suite::{
    BLOCK, DAY, Outcome, Suite, SuiteBuilder, TOKEN, Tx, TxResult, UNBONDING_TIME, event, number,
    text,
};
use defenders_types::{EntryPurpose, Job, LedgerPart};

/// What of the seed is undelegated.
const TEST: u128 = 1_000;

fn testing() -> Suite {
    SuiteBuilder::base().while_seed_unbonds().build()
}

/// Creates another vault, of which the suite knows nothing: the last thing that may happen on it.
fn create_another(suite: &mut Suite) -> TxResult {
    let (owner, mut tx) = (suite.owner.clone(), suite.instantiate_tx.clone());
    if let Tx::Instantiate { salt, .. } = &mut tx {
        *salt = Some("another".into());
    }
    if let Tx::Instantiate { funds, .. } = &tx {
        suite.chain.fund(&owner, funds.clone());
    }
    suite.chain.block(BLOCK, vec![tx]).remove(0)
}

fn lost(created: &Outcome) -> u128 {
    let undelegated = &created.named("undelegated")[0];
    number(undelegated, "tokens") - number(undelegated, "amount")
}

#[test]
fn instantiation_delegates_and_undelegates_a_part_of_the_seed() {
    let suite = testing();

    let entry = &suite.ledger()[0];
    let expected = vec![
        event(
            "instantiated",
            [
                ("owner", &suite.owner),
                ("reward_pot", &suite.pot),
                ("tokens", &TOKEN),
                ("shares", &TOKEN),
                ("share", &suite.share_name()),
                ("power_source", &"grpc"),
            ],
        ),
        event(
            "delegated",
            [("validator", &entry.validator), ("tokens", &TEST)],
        ),
        event(
            "undelegated",
            [
                ("validator", &entry.validator),
                ("tokens", &TEST),
                ("amount", &TEST),
                ("completion_time", &entry.completion_time.nanos()),
                ("restake", &true),
            ],
        ),
    ];
    assert_eq!(suite.instantiate_outcome.vault_events(), expected);
    // among the least powerful
    assert!(suite.listed.contains(&entry.validator));
    let part = LedgerPart {
        purpose: EntryPurpose::Restake {},
        tokens: TEST.into(),
    };
    assert_eq!(entry.parts, [part]);
    let totals = suite.totals();
    assert_eq!(totals.restaking.u128(), TEST);
    assert_eq!((totals.bonded + totals.idle).u128(), TOKEN - TEST);
    assert_eq!(totals.total_assets.u128(), TOKEN);
    assert_eq!(totals.total_shares.u128(), TOKEN);
}

#[test]
fn unbonding_time_is_the_one_that_the_chain_answers() {
    for days in [3, 14, 28] {
        let mut builder = SuiteBuilder::base();
        builder.chain.unbonding_time = days * DAY;
        let suite = builder.while_seed_unbonds().build();
        assert_eq!(suite.config().unbonding_time, days * DAY);
    }
}

#[test]
fn tested_validator_is_known_as_drained_until_the_entry_has_come_back() {
    let mut suite = SuiteBuilder::base()
        .with_nobody_listed()
        .while_seed_unbonds()
        .build();
    let infos = suite.validator_infos();
    assert_eq!(infos.len(), 1);
    let info = &infos[0];
    let known = (info.listed, info.delegated.u128(), info.unbonding_entries);
    assert_eq!(known, (false, 0, 1));

    suite.advance(UNBONDING_TIME);
    let settled = suite.tick(Job::Settle);
    suite.keep();

    let expected = event(
        "settled",
        [("entries", &1), ("tokens", &TEST), ("arrived", &TEST)],
    );
    assert_eq!(settled.named("settled"), vec![expected]);
    assert_eq!(suite.validator_infos(), []);
    assert_eq!(suite.ledger(), []);
    assert_eq!(suite.totals().idle.u128(), TOKEN);
}

#[test]
fn deposits_and_withdrawals_go_on_beside_the_test() {
    let mut suite = testing();
    let alice = suite.user("alice");
    suite.deposit(&alice, 999 * TOKEN);
    suite.keep();
    let tested = suite.ledger()[0].validator.clone();
    assert!(suite.validator_info(&tested).listed);
    assert_eq!(suite.validator_info(&tested).unbonding_entries, 1);
    suite.advance(DAY);

    let paid = crate::fixture::leave(&mut suite, &alice);

    assert_eq!(paid, 999 * TOKEN);
    suite.keep_for_days(1);
    assert_eq!(suite.ledger(), []);
}

#[test]
fn slashed_validator_tells_as_much() {
    for percent in [1, 10, 33, 49] {
        let mut suite = testing();
        let tested = suite.ledger()[0].validator.clone();
        for validator in suite.validators.clone() {
            suite.slash(&validator, percent, 0);
        }

        let created = create_another(&mut suite).unwrap();

        assert_eq!(text(&created.named("undelegated")[0], "validator"), tested);
        assert!(lost(&created) <= 1, "{created:?}"); // the chain's rounding
    }
}

#[test]
fn chain_that_answers_no_amount_gets_no_vault() {
    let mut suite = testing();
    let tested = suite.ledger()[0].validator.clone();
    suite.faults().leave_amounts_out();

    let refusal = create_another(&mut suite).unwrap_err();

    let told = format!("the answer to undelegating 1000 from {tested} lacks the amount");
    assert!(refusal.says(&told), "{}", refusal.text);
    suite.heal();
    create_another(&mut suite).unwrap();
}
