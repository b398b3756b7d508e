//! The same steps on cw-multi-test's own staking and here: what a test has to expect that moves over.
//! `COMING-FROM-CW-MULTI-TEST.md` names each of these tests, and the last one reads it.

use crate::common::{DENOM, POWER, UNBONDING, alice, chain, operator, refusal, stake};
use anybuf::Anybuf;
use cosmwasm_std::{AnyMsg, CosmosMsg, Decimal, DistributionMsg, StakingMsg, Validator, coins};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{App, AppBuilder, AppResponse, Executor, StakingInfo, StakingSudo, SudoMsg};
use staking_sim::Chain;

/// Validators `a`, `b`, `c` and alice with coins, as `crate::common::chain` has them; with its denom and
/// unbonding time.
fn plain() -> App {
    AppBuilder::new().build(|router, api, storage| {
        let info = StakingInfo {
            bonded_denom: DENOM.into(),
            unbonding_time: UNBONDING,
            apr: Decimal::percent(10),
        };
        router.staking.setup(storage, info).unwrap();
        let block = cosmwasm_std::testing::mock_env().block;
        for name in ["a", "b", "c"] {
            let validator = Validator::create(
                name.into(),
                Decimal::percent(10),
                Decimal::percent(20),
                Decimal::percent(1),
            );
            router
                .staking
                .add_validator(api, storage, &block, validator)
                .unwrap();
        }
        let coins = coins(1_000_000 * POWER, DENOM);
        router.bank.init_balance(storage, &alice(), coins).unwrap();
    })
}

fn run(app: &mut impl Executor<cosmwasm_std::Empty>, msg: CosmosMsg) -> AnyResult<AppResponse> {
    app.execute(alice(), msg)
}

fn delegate(to: &str, amount: u128) -> CosmosMsg {
    let (validator, amount) = (to.into(), stake(amount));
    StakingMsg::Delegate { validator, amount }.into()
}

fn undelegate(from: &str, amount: u128) -> CosmosMsg {
    let (validator, amount) = (from.into(), stake(amount));
    StakingMsg::Undelegate { validator, amount }.into()
}

fn redelegate(from: &str, to: &str, amount: u128) -> CosmosMsg {
    let (src_validator, dst_validator) = (from.into(), to.into());
    StakingMsg::Redelegate {
        src_validator,
        dst_validator,
        amount: stake(amount),
    }
    .into()
}

/// Both with alice's 1 000 units at `a`.
fn both() -> (App, Chain) {
    let (mut plain, mut sim) = (plain(), chain());
    run(&mut plain, delegate("a", 1_000)).unwrap();
    run(&mut sim.app, delegate("a", 1_000)).unwrap();
    (plain, sim)
}

fn wait(app: &mut App, seconds: u64) {
    app.update_block(|block| {
        block.height += 1;
        block.time = block.time.plus_seconds(seconds);
    });
}

fn balance(app: &App) -> u128 {
    app.wrap()
        .query_balance(alice(), DENOM)
        .unwrap()
        .amount
        .u128()
}

#[test]
fn eighth_entry_is_refused() {
    let (mut plain, mut sim) = both();
    for _ in 0..7 {
        wait(&mut plain, 5);
        run(&mut plain, undelegate("a", 1)).unwrap();
        sim.next_block(5);
        run(&mut sim.app, undelegate("a", 1)).unwrap();
    }
    run(&mut plain, undelegate("a", 1)).unwrap();
    sim.next_block(5);
    let refused = run(&mut sim.app, undelegate("a", 1));
    assert_eq!(refusal(refused), "codespace: staking, code: 27");
}

#[test]
fn stake_that_was_redelegated_is_frozen() {
    let (mut plain, mut sim) = both();
    run(&mut plain, redelegate("a", "b", 500)).unwrap();
    run(&mut plain, redelegate("b", "c", 500)).unwrap();
    run(&mut sim.app, redelegate("a", "b", 500)).unwrap();
    let shown = sim.app.wrap().query_delegation(alice(), "b").unwrap();
    assert_eq!(shown.unwrap().can_redelegate, stake(0));
    let refused = run(&mut sim.app, redelegate("b", "c", 500));
    assert_eq!(refusal(refused), "codespace: staking, code: 32");
}

#[test]
fn coins_are_paid_a_block_later() {
    let (mut plain, mut sim) = both();
    run(&mut plain, undelegate("a", 400)).unwrap();
    run(&mut sim.app, undelegate("a", 400)).unwrap();
    let before = sim.balance(&alice(), DENOM).u128();
    assert_eq!(balance(&plain), before);
    wait(&mut plain, UNBONDING);
    assert_eq!(balance(&plain), before + 400); // what matures is spent in the same block
    sim.next_block(UNBONDING);
    assert_eq!(sim.balance(&alice(), DENOM).u128(), before);
    sim.next_block(5);
    assert_eq!(sim.balance(&alice(), DENOM).u128(), before + 400);
}

#[test]
fn rewards_are_what_the_test_mints() {
    let (plain, mut sim) = {
        let (mut plain, mut sim) = (plain(), chain());
        run(&mut plain, delegate("a", 100 * POWER)).unwrap();
        run(&mut sim.app, delegate("a", 100 * POWER)).unwrap();
        wait(&mut plain, 365 * crate::common::DAY);
        (plain, sim)
    };
    // 10 % a year of 100 000 000, less 10 % commission
    let query = |app: &App| {
        app.read_module(|router, _, storage| {
            let block = app.block_info();
            router
                .staking
                .get_rewards(storage, &block, &alice(), "a")
                .unwrap()
        })
    };
    assert_eq!(query(&plain), Some(stake(9 * POWER)));
    for _ in 0..3 {
        sim.next_block(5); // power votes from the third block on
    }
    sim.advance(364 * crate::common::DAY);
    assert_eq!(sim.pending_rewards(&alice(), "a"), []);
    sim.allocate_rewards(&[stake(700)]);
    // 400 of the 700 units of power, less 10 % commission, a quarter of it hers: 90, less what eighteen
    // decimals of 4/7 leave out
    assert_eq!(sim.pending_rewards(&alice(), "a"), [stake(89)]);
}

#[test]
fn every_touch_pays_rewards() {
    let (mut plain, mut sim) = (plain(), chain());
    run(&mut plain, delegate("a", 100 * POWER)).unwrap();
    run(&mut sim.app, delegate("a", 100 * POWER)).unwrap();
    wait(&mut plain, 365 * crate::common::DAY);
    for _ in 0..3 {
        sim.next_block(5);
    }
    sim.allocate_rewards(&[stake(700)]);
    let before = (balance(&plain), sim.balance(&alice(), DENOM).u128());
    run(&mut plain, undelegate("a", 1)).unwrap();
    run(&mut sim.app, undelegate("a", 1)).unwrap();
    assert_eq!(balance(&plain), before.0); // they wait for a withdrawal
    assert_eq!(sim.balance(&alice(), DENOM).u128(), before.1 + 89);
}

#[test]
fn slash_spares_what_left_before_the_infraction() {
    let (mut plain, mut sim) = both();
    run(&mut plain, undelegate("a", 400)).unwrap();
    run(&mut sim.app, undelegate("a", 400)).unwrap();
    wait(&mut plain, 5);
    sim.next_block(5);
    let slash = || {
        SudoMsg::Staking(StakingSudo::Slash {
            validator: "a".into(),
            percentage: Decimal::percent(50),
        })
    };
    plain.sudo(slash()).unwrap();
    sim.app.sudo(slash()).unwrap();
    let entry = &sim.unbonding_entries(&alice(), "a")[0];
    assert_eq!(entry.balance.u128(), 400);
    let before = balance(&plain);
    wait(&mut plain, UNBONDING);
    assert_eq!(balance(&plain), before + 200); // there every entry answers for every slash
}

#[test]
fn errors_are_codes() {
    let (mut plain, mut sim) = both();
    let text = refusal(run(&mut plain, delegate("nobody", 1)));
    assert_eq!(text, "validator does not exist");
    let text = refusal(run(&mut sim.app, delegate("nobody", 1)));
    assert_eq!(text, "codespace: staking, code: 3");
}

#[test]
fn answers_are_typed_and_have_no_events() {
    let (mut plain, mut sim) = both();
    let told = run(&mut plain, undelegate("a", 1)).unwrap();
    assert!(told.data.is_none() && !told.events.is_empty());
    let told = run(&mut sim.app, undelegate("a", 1)).unwrap();
    // MsgUndelegateResponse: when, and how much
    assert!(told.data.is_some() && told.events.is_empty());
}

#[test]
fn only_bonded_validators_are_listed() {
    let (plain, mut sim) = both();
    assert_eq!(plain.wrap().query_all_validators().unwrap().len(), 3);
    sim.jail("c").unwrap();
    assert_eq!(sim.app.wrap().query_all_validators().unwrap().len(), 2);
    assert!(sim.app.wrap().query_validator("c").unwrap().is_some());
}

#[test]
fn pools_have_the_addresses_of_a_chain() {
    let (plain, sim) = both();
    let asked = plain.wrap().query_balance("staking_module", DENOM);
    asked.unwrap_err(); // no address that a contract can ask about
    // 600 units of power and alice's
    assert_eq!(sim.bonded_tokens().u128(), 600 * POWER + 1_000);
}

#[test]
fn validators_have_an_operator_with_stake() {
    let (plain, sim) = both();
    assert!(
        plain
            .wrap()
            .query_delegation(operator("a"), "a")
            .unwrap()
            .is_none()
    );
    let own = sim.app.wrap().query_delegation(operator("a"), "a").unwrap();
    assert_eq!(own.unwrap().amount, stake(300 * POWER));
}

#[test]
fn protobuf_staking_messages_work() {
    let (mut plain, mut sim) = both();
    let msg = || {
        let coin = Anybuf::new().append_string(1, DENOM).append_string(2, "5");
        let value = Anybuf::new()
            .append_string(1, alice())
            .append_string(2, "a")
            .append_message(3, &coin);
        CosmosMsg::Any(AnyMsg {
            type_url: "/cosmos.staking.v1beta1.MsgDelegate".into(),
            value: value.into_vec().into(),
        })
    };
    assert!(refusal(run(&mut plain, msg())).starts_with("Unexpected any execute"));
    run(&mut sim.app, msg()).unwrap();
    assert_eq!(sim.delegation_tokens(&alice(), "a").u128(), 1_005);
}

#[test]
fn withdrawal_without_a_delegation_is_refused_alike() {
    let (mut plain, mut sim) = both();
    let msg = || -> CosmosMsg {
        DistributionMsg::WithdrawDelegatorReward {
            validator: "b".into(),
        }
        .into()
    };
    refusal(run(&mut plain, msg()));
    let text = refusal(run(&mut sim.app, msg()));
    assert_eq!(text, "codespace: staking, code: 19");
}

/// Every test that the page names stands in this folder.
#[test]
fn page_names_tests_that_exist() {
    let page = include_str!("../../COMING-FROM-CW-MULTI-TEST.md");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/staking_rules");
    let mut named = 0;
    for word in page.split('`').skip(1).step_by(2) {
        let Some((file, test)) = word
            .split_once("::")
            .filter(|(file, _)| std::path::Path::new(&format!("{folder}/{file}.rs")).is_file())
        else {
            continue;
        };
        let source = std::fs::read_to_string(format!("{folder}/{file}.rs")).unwrap();
        assert!(source.contains(&format!("fn {test}()")), "{word}");
        named += 1;
    }
    let rows = page.lines().filter(|line| line.starts_with("| ")).count() - 2; // two heads
    assert!(named >= rows, "{named} tests for {rows} rows");
}
