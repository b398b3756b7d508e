//! Where powers come from: each source on a chain that lets contracts use that one and no other.
//!
//! Succeeds when a source reads what the chain has and the vault keeps every cap by it.
//!
//! Fails at the instantiation, with the chain's words, where the chain does not answer.

use cosmwasm_std::{Decimal, Uint128};
use defenders_suite::choice::is_real;
use defenders_suite::{BLOCK, DAY, RawQueries, Suite, SuiteBuilder, TOKEN, text};
use defenders_types::{Exclusion, Job, PowerSource, ValidatorInfo};

use crate::fixture::{DEPOSIT, funded, funded_from, leave};

fn with(source: PowerSource) -> SuiteBuilder {
    SuiteBuilder::base().with_power_source(source)
}

fn rank(least_rank: u32) -> PowerSource {
    PowerSource::Rank { least_rank }
}

/// The next whole reading of the powers, when it is due.
fn read(suite: &mut Suite) {
    let wait = suite.job(Job::Refresh).next_at.unwrap_or_default();
    suite.advance(wait.saturating_sub(suite.now()) + BLOCK);
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
}

fn exclusions(suite: &Suite) -> Vec<Option<Exclusion>> {
    let infos = suite.validator_infos();
    infos.into_iter().map(|info| info.exclusion).collect()
}

#[test]
fn stargate_reads_what_grpc_reads() {
    let build = |source| with(source).with_commission(4, 25);
    let mut grpc = funded_from(build(PowerSource::Grpc));
    let mut stargate = funded_from(build(PowerSource::Stargate));
    let jailed = grpc.listed[2].clone();
    for suite in [&mut grpc, &mut stargate] {
        suite.faults().jail(&jailed);
        read(suite);
    }

    let infos = stargate.validator_infos();

    assert_eq!(infos, grpc.validator_infos());
    assert_eq!(infos[0].exclusion, Some(Exclusion::Commission));
    assert_eq!(infos[2].exclusion, Some(Exclusion::Jailed));
    assert_eq!(infos[1].external, Some(Uint128::new(100_000 * TOKEN)));
    assert_eq!(stargate.totals().capacity, grpc.totals().capacity);
}

#[test]
fn stargate_tells_tokens_per_share_and_entries_are_marked() {
    let mut suite = funded_from(with(PowerSource::Stargate).with_room_to_leave());
    let leaving = suite.listed[0].clone();
    suite.drain(std::slice::from_ref(&leaving));
    let height = suite.chain.height();
    suite.leave_by_undelegation(std::slice::from_ref(&leaving));
    suite.chain.double_sign(&leaving, height);
    suite.advance(BLOCK);
    suite.advance(BLOCK);

    read(&mut suite);

    let lost = suite.totals().marked_down.u128();
    assert_eq!(lost, 105 * TOKEN * 5 / 100);
}

#[test]
fn raw_query_that_the_chain_does_not_answer_is_found_at_the_instantiation() {
    for (source, name, raw_queries) in [
        (PowerSource::Grpc, "grpc", RawQueries::None),
        (PowerSource::Grpc, "grpc", RawQueries::Stargate),
        (PowerSource::Stargate, "stargate", RawQueries::None),
        (PowerSource::Stargate, "stargate", RawQueries::Grpc),
    ] {
        let builder = with(source).with_raw_queries(raw_queries);
        let Err(refusal) = builder.try_build() else {
            panic!("{name} on a chain that answers {raw_queries:?}");
        };
        let says = format!("this chain does not answer the power source {name}");
        assert!(refusal.says(&says), "{}", refusal.text);
        let words = match is_real() {
            true => "path is not allowed from the contract",
            false => "codespace: undefined, code: 1",
        };
        assert!(refusal.says(words), "{}", refusal.text);
    }
}

#[test]
fn rank_beyond_its_bounds_is_refused() {
    for least_rank in [0, 501] {
        let Err(refusal) = with(rank(least_rank)).try_build() else {
            panic!("{least_rank}");
        };
        let says = "least_rank must be between 1 and 500";
        assert!(refusal.says(says), "{}", refusal.text);
    }
}

#[test]
fn rank_gives_equal_targets_and_says_which_caps_are_not_in_force() {
    let suite = funded_from(with(rank(5)));

    let infos = suite.validator_infos();
    for info in &infos {
        assert_eq!(info.external, Some(Uint128::zero()));
        assert_eq!(info.exclusion, None);
        assert_eq!(info.target.u128(), 100 * TOKEN); // of 1000 tokens
        assert_eq!(info.cap.u128(), 125 * TOKEN); // of the vault's share alone
    }
    let config = suite.config();
    assert_eq!(config.power_source, rank(5));
    assert_eq!(config.caps_not_in_force, ["chain_share_cap", "match_cap"]);
    let told = &suite.instantiate_outcome.named("instantiated")[0];
    assert_eq!(text(told, "power_source"), "rank");
    assert_eq!(text(told, "caps_not_in_force"), "chain_share_cap,match_cap");
    // nobody has a maximum of its own
    assert_eq!(suite.totals().capacity, Uint128::MAX);
    assert_eq!(
        suite.totals().external_bonded.u128(),
        5_000_000 * TOKEN // whatever the vault has is no part of it
    );
}

#[test]
fn rank_leaves_out_who_stands_too_high_in_the_chains_order() {
    // behind the four large ones, by what they have
    let small: Vec<u128> = (0..10).map(|i| (109 - i) * 1_000 * TOKEN).collect();
    let builder = with(rank(8)).with_validators(&[1_000_000 * TOKEN; 4], &small);
    let suite = builder.build();

    let exclusions = exclusions(&suite);

    assert_eq!(exclusions[..3], [Some(Exclusion::TopThird); 3]);
    assert_eq!(exclusions[3..], [None; 7]);
    let infos = suite.validator_infos();
    assert!(infos[..3].iter().all(|info| info.cap.is_zero()));
}

#[test]
fn rank_has_no_capacity_when_nobody_is_eligible() {
    let mut suite = with(rank(500)).build();
    let alice = suite.user_with("alice", TOKEN);

    assert_eq!(exclusions(&suite), [Some(Exclusion::TopThird); 10]);
    assert_eq!(suite.totals().capacity, Uint128::zero());
    let refusal = suite.try_deposit(&alice, TOKEN).unwrap_err();
    assert!(refusal.says("take at most 0"), "{}", refusal.text);
}

#[test]
fn rank_reads_commissions_and_who_is_bonded_but_no_slash_of_entries() {
    let builder = with(rank(5)).with_commission(5, 25);
    let mut suite = funded_from(builder.with_room_to_leave());
    assert_eq!(
        suite.validator_infos()[1].exclusion,
        Some(Exclusion::Commission)
    );
    let (jailed, slashed) = (suite.listed[2].clone(), suite.listed[3].clone());
    suite.drain(std::slice::from_ref(&slashed));
    let height = suite.chain.height();
    suite.leave_by_undelegation(std::slice::from_ref(&slashed));
    suite.faults().jail(&jailed);
    suite.chain.double_sign(&slashed, height);
    suite.advance(BLOCK);
    suite.advance(BLOCK);

    read(&mut suite);

    // nothing tells a jailed one from another that is not bonded
    let info = suite.validator_info(&jailed);
    assert_eq!(info.exclusion, Some(Exclusion::NotBonded));
    assert!(suite.totals().restaking > Uint128::zero());
    assert_eq!(suite.totals().marked_down, Uint128::zero());
    for entry in suite.ledger() {
        assert_eq!(entry.mark, entry.tokens);
    }
    // and nobody waits for marks
    let alice = suite.user("alice");
    suite.keep();
    assert!(leave(&mut suite, &alice) > DEPOSIT * 9 / 10);
}

fn not_bonded_since(suite: &Suite, validator: &str) -> Option<u64> {
    let info: ValidatorInfo = suite.validator_info(validator);
    info.not_bonded_since
}

#[test]
fn who_is_not_bonded_is_noted_from_the_first_refresh_on_even_while_no_power_can_be_read() {
    let mut suite = funded();
    let jailed = suite.listed[0].clone();
    assert_eq!(not_bonded_since(&suite, &jailed), None);
    suite.faults().refuse_queries();
    suite.faults().jail(&jailed);
    suite.advance(DAY);

    let outcome = suite.tick(Job::Refresh);

    assert!(outcome.emits("read_failed"), "{outcome:?}");
    let first = suite.now();
    assert_eq!(not_bonded_since(&suite, &jailed), Some(first));
    assert_eq!(not_bonded_since(&suite, &suite.listed[1].clone()), None);
    suite.advance(DAY / 2);
    suite.tick(Job::Refresh);
    assert_eq!(not_bonded_since(&suite, &jailed), Some(first));

    // deposits went on under the last caps, and it was said how old these are
    assert!(!suite.totals().powers_stale);
    suite.advance(DAY);
    assert!(suite.totals().powers_stale);
    let capacity = suite.totals().capacity;
    let bob = suite.user("bob");
    suite.deposit(&bob, 10 * TOKEN);
    assert_eq!(suite.totals().capacity, capacity);

    suite.heal();
    suite.chain.unjail(&jailed);
    suite.advance(BLOCK);
    suite.advance(BLOCK);
    read(&mut suite);
    assert_eq!(not_bonded_since(&suite, &jailed), None);
    assert!(!suite.totals().powers_stale);
}

#[test]
fn self_bond_is_read_where_the_policy_asks_for_it_and_the_operator_has_an_account() {
    let factor = Decimal::permille(1); // of what operators have, 100 000 tokens each
    let suite = SuiteBuilder::base()
        .with_policy(|policy| policy.bond_factor = Some(factor))
        .build();

    for info in suite.validator_infos() {
        // operators of the simulated chain have names, not addresses: nobody knows their accounts
        let cap = if is_real() { 100 * TOKEN } else { 0 };
        assert_eq!(info.exclusion, None);
        assert!(info.cap.u128() <= cap, "{info:?}");
    }
    let capacity = if is_real() { 1_000 * TOKEN } else { 0 };
    assert_eq!(suite.totals().capacity.u128(), capacity);
}
