//! The wasm of the vault from before changes waited, with everything in flight, is migrated by the admin that it
//! had, becomes its own admin, and from then on replaces its code by schedule alone. Nobody loses a unit.
//!
//! `earlier/` has both wasm files as `scripts/build-wasm.sh` made them of the commit that its README names.

use cosmwasm_std::Binary;
use defenders_suite::chain::{Code, Tx};
use defenders_suite::wasmd::Wasmd;
use defenders_suite::{BLOCK, DAY, HOUR, Suite, SuiteBuilder, TOKEN, TestChain, number};
use defenders_types::{ChangesResponse, ExecuteMsg, Job, OwnContract, QueryMsg};

/// Alice, Bob and Carol hold shares; a batch of Carol's unbonds, shares of Bob's wait, a drain has made
/// redelegations, and rewards are locked.
fn with_everything_in_flight() -> Suite {
    let builder = SuiteBuilder::base().with_room_to_leave().earlier();
    let chain = Box::new(Wasmd::init(&builder.chain));
    let mut suite = builder.try_build_on(chain).unwrap();
    for (name, tokens) in [("alice", 999), ("bob", 300), ("carol", 200)] {
        let holder = suite.user(name);
        suite.deposit(&holder, tokens * TOKEN);
    }
    suite.keep();
    let carol = suite.user("carol");
    let half = suite.shares(&carol) / 2;
    suite.request(&carol, half);
    suite.keep_for_days(4);
    let drained = suite.listed[..2].to_vec();
    suite.drain(&drained);
    let moved = suite.keep();
    assert!(moved.iter().any(|outcome| outcome.emits("redelegated")));
    suite.reward(500_100 * TOKEN);
    suite.advance(DAY);
    suite.tick(Job::Harvest);
    let bob = suite.user("bob");
    let third = suite.shares(&bob) / 3;
    suite.request(&bob, third);
    let totals = suite.totals();
    assert!(totals.unbonding.u128() > 0, "a batch unbonds");
    assert!(totals.escrow_shares.u128() > 0, "shares wait");
    assert!(totals.locked_profit.u128() > 0, "profit is locked");
    suite
}

/// What is said of everybody's money, but for what goes by with time.
fn everything(suite: &Suite) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut batches = suite.batches();
    for batch in &mut batches {
        batch.next_at = None;
        batch.pays_at = None;
        batch.tokens_estimate = 0u128.into();
    }
    let mut totals = suite.totals();
    totals.total_assets += totals.locked_profit;
    totals.locked_profit = 0u128.into();
    totals.reserve = 0u128.into();
    let validators = suite.validator_infos().into_iter();
    let validators: Vec<_> = validators
        .map(|v| (v.validator, v.listed, v.delegated))
        .collect();
    (
        totals,
        suite.ledger(),
        batches,
        suite.share_owners(),
        validators,
    )
}

fn changes(suite: &Suite) -> ChangesResponse {
    suite.query(&QueryMsg::Changes {})
}

/// The code that the suite begins with otherwise.
fn schedule(suite: &mut Suite, contract: OwnContract, code: Code) -> u64 {
    let code_id = suite.chain.store(code);
    let msg = ExecuteMsg::ScheduleUpgrade {
        contract,
        code_id,
        checksum: suite.chain.checksum(code_id),
        msg: Some(Binary::from(b"{}")),
        valid_until: None,
    };
    let owner = suite.owner.clone();
    let told = suite.execute(&owner, &msg, vec![]).unwrap();
    number(&told.named("change_scheduled")[0], "id") as u64
}

#[test]
fn earlier_wasm_becomes_this_one_and_then_the_next_and_nobody_loses_a_unit() {
    let mut suite = with_everything_in_flight();
    let owner = suite.owner.clone();
    let vault = suite.vault.clone();
    let code_id = suite.chain.store(Code::Vault);
    let before = everything(&suite);

    let migrate = Tx::Migrate {
        sender: owner.clone(),
        contract: vault.clone(),
        code_id,
        msg: "{}".into(),
    };
    suite.tx(migrate).unwrap();

    assert_eq!(everything(&suite), before);
    assert!(changes(&suite).has_depositors);

    // closed until the chain shows the vault as its own admin
    let dave = suite.user_with("dave", 10 * TOKEN);
    let refusal = suite.try_deposit(&dave, TOKEN).unwrap_err();
    assert!(refusal.says("deposits are closed"), "{}", refusal.text);
    let own = Tx::UpdateAdmin {
        sender: owner,
        contract: vault.clone(),
        admin: vault.clone(),
    };
    suite.tx(own).unwrap();
    suite.keep_for_days(1);
    suite.try_deposit(&dave, TOKEN).unwrap();

    // from now on code is replaced by schedule alone: the pot's, then the vault's
    let pot = schedule(&mut suite, OwnContract::RewardPot, Code::RewardPot);
    let next = schedule(&mut suite, OwnContract::Vault, Code::NextVault);
    let due_at = changes(&suite).changes[0].due_at;
    while suite.now() < due_at {
        suite.advance(6 * HOUR);
        suite.keep();
    }
    let stranger = suite.user("stranger");
    for id in [pot, next] {
        let before = everything(&suite);
        let apply = ExecuteMsg::ApplyChange { id };
        let told = suite.execute(&stranger, &apply, vec![]).unwrap();
        assert_eq!(told.named("upgraded").len(), 1);
        assert_eq!(everything(&suite), before);
    }

    // everybody leaves and is paid
    let names = ["alice", "bob", "carol", "dave"];
    for name in names {
        let holder = suite.user(name);
        let shares = suite.shares(&holder);
        suite.request(&holder, shares);
    }
    suite.keep_for_days(40);
    for batch in suite.batches() {
        for recipient in suite.recipients(batch.batch_id) {
            suite.claim(&recipient, batch.batch_id);
        }
    }
    for (name, least) in names.into_iter().zip([999, 300, 200, 10]) {
        let holder = suite.user(name);
        let paid = suite.tokens(&holder);
        assert!(paid + 20 >= least * TOKEN, "{name} was paid {paid}");
        assert_eq!(suite.shares(&holder), 0);
    }
    suite.advance(BLOCK);
}
