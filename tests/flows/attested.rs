//! Powers that an attester posts, on a chain that lets no contract read them.
//!
//! Succeeds when a table that agrees with the chain is read as the chain would be, and a change that is
//! too large is taken at its bound.
//!
//! Fails, naming the fact with its numbers and changing nothing, when a table disagrees.

use cosmwasm_std::{StakingMsg, Uint128, coin, coins};
use defenders_suite::chain::Code;
use defenders_suite::{
    BLOCK, DAY, DENOM, HOUR, Suite, SuiteBuilder, TOKEN, Tx, TxResult, event, json,
};
use defenders_types::{Exclusion, ExecuteMsg, InstantiateMsg, Job, PostedPower, PowerSource};

use crate::examples::instantiation;
use crate::fixture::{DEPOSIT, funded, funded_from, leave};

fn base() -> SuiteBuilder {
    SuiteBuilder::base().with_power_source(PowerSource::Attested {
        attester: Some("carol".into()),
    })
}

/// A vault with stake at its validators, whose next table is taken.
fn posted() -> Suite {
    let mut suite = funded_from(base());
    suite.advance(6 * HOUR);
    suite
}

fn external(suite: &Suite, validator: &str) -> u128 {
    let info = suite.validator_info(validator);
    info.external.unwrap_or_default().u128()
}

/// Posts what the chain has, and reads it.
fn post_and_read(suite: &mut Suite) {
    let powers = suite.powers();
    suite.try_post(&powers).unwrap();
    while suite.job(Job::Refresh).due {
        suite.tick(Job::Refresh);
    }
}

fn delegate(suite: &mut Suite, validator: &str, tokens: u128) {
    let whale = suite.user_with("walker", tokens);
    let msg = StakingMsg::Delegate {
        validator: validator.into(),
        amount: coin(tokens, DENOM),
    };
    suite.stake(&whale, msg).unwrap();
}

#[test]
fn table_that_agrees_is_read_as_the_chain_would_be() {
    let suite = funded_from(base());
    let grpc = funded();

    assert_eq!(suite.validator_infos(), grpc.validator_infos());
    let (totals, by_chain) = (suite.totals(), grpc.totals());
    assert_eq!(totals.capacity, by_chain.capacity);
    assert_eq!(totals.external_bonded, by_chain.external_bonded);
    assert!(suite.config().caps_not_in_force.is_empty());
}

#[test]
fn page_by_page_the_last_one_makes_a_table_count() {
    let mut suite = posted();
    let powers = suite.powers();
    let told = |page, validators, complete| {
        event(
            "powers_posted",
            [
                ("page", &page),
                ("of", &2),
                ("validators", &validators),
                ("complete", &complete),
                ("bounded", &0),
            ],
        )
    };
    let before = suite.totals().refreshed_at;

    let first = suite.try_post_page(1, 2, &powers[..9]).unwrap();
    assert_eq!(first.named("powers_posted"), [told(1, 9, false)]);
    assert!(!suite.job(Job::Refresh).due);
    let last = suite.try_post_page(2, 2, &powers[9..]).unwrap();
    assert_eq!(last.named("powers_posted"), [told(2, 5, true)]);

    let posted_at = suite.now();
    assert!(suite.job(Job::Refresh).due);
    suite.advance(HOUR);
    suite.keep();
    assert_ne!(suite.totals().refreshed_at, before);
    assert_eq!(suite.totals().refreshed_at, Some(posted_at)); // as old as the table
}

/// What the vault says of a table, which changes nothing.
fn refused(suite: &mut Suite, powers: &[PostedPower]) -> String {
    let before = suite.chain.state(&suite.vault);
    let refusal = suite.try_post(powers).unwrap_err();
    assert_eq!(suite.chain.state(&suite.vault), before);
    refusal.text
}

#[test]
fn table_that_breaks_a_fact_is_refused_with_the_fact_and_its_numbers() {
    let mut suite = posted();
    let honest = suite.powers();
    let place = |suite: &Suite, listed: usize| {
        let address = &suite.listed[listed];
        honest.iter().position(|p| p.validator == *address).unwrap()
    };
    let (a, b) = (place(&suite, 0), place(&suite, 1));
    let assert_says = |text: String, says: &str| assert!(text.contains(says), "{says}: {text}");

    let missing = [&honest[..a], &honest[a + 1..]].concat();
    let says = format!(
        "{} is bonded and not in it (13 posted, 14 bonded)",
        honest[a].validator
    );
    assert_says(refused(&mut suite, &missing), &says);

    let mut foreign = honest.clone();
    foreign[a].validator = suite.vault.clone();
    let says = format!(
        "{} is not among the bonded validators (14 posted",
        suite.vault
    );
    assert_says(refused(&mut suite, &foreign), &says);

    let mut twice = honest.clone();
    twice[a] = twice[b].clone();
    let says = format!("{} is named twice", honest[b].validator);
    assert_says(refused(&mut suite, &twice), &says);

    // 5 001 000 are bonded, and 0.5 % of that are 25 005
    let (sum, too_much) = (5_001_000 * TOKEN, 25_005 * TOKEN + 1);
    let top = (0..honest.len()).max_by_key(|i| honest[*i].tokens).unwrap();
    let mut more = honest.clone();
    more[top].tokens += Uint128::new(too_much);
    let says = format!("its sum is {}, the bonded pool has {sum}", sum + too_much);
    assert_says(refused(&mut suite, &more), &says);

    // from one that stands below a large one to above it
    let mut swapped = honest.clone();
    let moved = swapped[top].tokens - Uint128::new(10_000 * TOKEN);
    (swapped[top].tokens, swapped[a].tokens) = (swapped[a].tokens, moved);
    assert_says(
        refused(&mut suite, &swapped),
        "only those that differ by less than 0.5 % may change places",
    );
}

#[test]
fn entry_below_the_vaults_own_delegation_is_refused() {
    // one small validator beside large ones, so that the sum still fits
    let mut suite = funded_from(base().with_validators(&[1_000_000 * TOKEN; 4], &[2_000 * TOKEN]));
    suite.advance(6 * HOUR);
    let small = suite.listed[0].clone();
    let own = suite.validator_info(&small).delegated;
    assert!(own.u128() > 0);
    let mut powers = suite.powers();
    for power in &mut powers {
        if power.validator == small {
            power.tokens = own - Uint128::one();
        }
    }

    let text = refused(&mut suite, &powers);

    let says = format!(
        "{small} has {}, and the vault alone delegates {own} to it",
        own - Uint128::one()
    );
    assert!(text.contains(&says), "{text}");
}

#[test]
fn neighbours_that_hardly_differ_may_change_places() {
    let mut suite = posted();
    let mut powers = suite.powers();
    // all small ones have 100 105 or 100 055: one of the middle is shown 400 lower
    let small = suite.listed[4].clone();
    for power in &mut powers {
        if power.validator == small {
            power.tokens -= Uint128::new(400 * TOKEN);
        }
    }

    let outcome = suite.try_post(&powers).unwrap();

    assert!(outcome.emits("powers_posted"));
}

#[test]
fn change_is_taken_at_5_percent_an_update_and_20_percent_in_7_days() {
    let mut suite = posted();
    let grown = suite.listed[0].clone();
    delegate(&mut suite, &grown, 100_000 * TOKEN);
    assert_eq!(external(&suite, &grown), 100_000 * TOKEN);
    let mut taken = vec![];
    for _ in 0..6 {
        post_and_read(&mut suite);
        taken.push(external(&suite, &grown));
        suite.advance(6 * HOUR);
    }

    let whole: Vec<u128> = taken.iter().map(|tokens| tokens / TOKEN).collect();
    // 1.05, 1.05^2, 1.05^3, then 1.2 of what the first table of these days said
    assert_eq!(
        whole,
        [105_000, 110_250, 115_762, 120_000, 120_000, 120_000]
    );

    // 7 days after that one it grows again; what the chain shows bounds it at last
    suite.advance(6 * DAY);
    post_and_read(&mut suite);
    assert_eq!(external(&suite, &grown) / TOKEN, 126_000);
    let others = external(&suite, &suite.listed[1].clone());
    assert_eq!(others, 100_000 * TOKEN);
}

#[test]
fn table_is_posted_by_the_attester_alone_in_turn_in_time_and_not_too_often() {
    let mut suite = funded_from(base());
    let powers = suite.powers();
    let msg = ExecuteMsg::PostPowers {
        page: 1,
        of: 1,
        powers: powers.clone(),
    };
    let owner = suite.owner.clone();
    let refusal = suite.execute(&owner, &msg, vec![]).unwrap_err();
    assert!(refusal.says("only the attester"), "{}", refusal.text);

    let refusal = suite.try_post(&powers).unwrap_err();
    assert!(
        refusal.says("the next one is taken from"),
        "{}",
        refusal.text
    );

    suite.advance(6 * HOUR);
    for (page, of, says) in [
        (2, 2, "page 2 of 2 is not next in turn: post page 1 of 2"),
        (0, 2, "page must be between 1 and 2"),
        (1, 21, "of must be between 1 and 20"),
        (1, 0, "of must be between 1 and 20"),
    ] {
        let refusal = suite.try_post_page(page, of, &powers).unwrap_err();
        assert!(refusal.says(says), "{}", refusal.text);
    }
    let refusal = suite.try_post_page(1, 2, &[]).unwrap_err();
    assert!(
        refusal.says("powers must be between 1 and 100"),
        "{}",
        refusal.text
    );

    suite.try_post_page(1, 3, &powers[..5]).unwrap();
    let refusal = suite.try_post_page(2, 2, &powers[5..]).unwrap_err();
    assert!(refusal.says("post page 2 of 3"), "{}", refusal.text);
    for _ in 0..100 {
        suite.advance(1);
    }
    let refusal = suite.try_post_page(2, 3, &powers[5..]).unwrap_err();
    assert!(refusal.says("had 100 blocks"), "{}", refusal.text);

    suite.try_post_page(1, 2, &powers[..5]).unwrap();
    for _ in 0..99 {
        suite.advance(1);
    }
    suite.try_post_page(2, 2, &powers[5..]).unwrap();
}

#[test]
fn nobody_posts_where_the_chain_tells_powers() {
    let mut suite = funded();
    let owner = suite.owner.clone();
    let msg = ExecuteMsg::PostPowers {
        page: 1,
        of: 1,
        powers: suite.powers(),
    };
    let refusal = suite.execute(&owner, &msg, vec![]).unwrap_err();
    assert!(refusal.says("they come from grpc"), "{}", refusal.text);
}

#[test]
fn nobody_posts_where_no_attester_is_named() {
    let builder = base().with_power_source(PowerSource::Attested { attester: None });
    let mut suite = builder.without_refresh().build();
    let msg = ExecuteMsg::PostPowers {
        page: 1,
        of: 1,
        powers: suite.powers(),
    };
    let owner = suite.owner.clone();
    let refusal = suite.execute(&owner, &msg, vec![]).unwrap_err();
    let reason = "no attester is named: nobody may post powers";
    assert!(refusal.says(reason), "{}", refusal.text);
}

#[test]
fn attester_must_be_an_address() {
    let suite = base().build();
    let mut message = instantiation(&suite, 1);
    message.power_source = PowerSource::Attested {
        attester: Some("nobody".into()),
    };
    let refusal = instantiate(suite, &message).unwrap_err();
    assert!(
        refusal.says("bech32") || refusal.says("invalid"),
        "{}",
        refusal.text
    );
}

fn instantiate(mut suite: Suite, message: &InstantiateMsg) -> TxResult {
    let code_id = suite.chain.store(Code::Vault);
    let sender = suite.user_with("alice", TOKEN);
    let tx = Tx::Instantiate {
        code_id,
        sender,
        admin: None,
        salt: None,
        msg: json(message),
        funds: coins(TOKEN, DENOM),
    };
    suite.chain.block(BLOCK, vec![tx]).remove(0)
}

#[test]
fn who_leaves_the_set_after_the_table_is_not_bonded_and_nothing_is_marked() {
    let mut suite = funded_from(base().with_room_to_leave());
    suite.advance(6 * HOUR);
    let (jailed, slashed) = (suite.listed[2].clone(), suite.listed[3].clone());
    suite.drain(std::slice::from_ref(&slashed));
    let height = suite.chain.height();
    suite.leave_by_undelegation(std::slice::from_ref(&slashed));
    suite.faults().jail(&jailed);
    suite.chain.double_sign(&slashed, height);
    suite.advance(BLOCK);
    suite.advance(BLOCK);
    post_and_read(&mut suite);

    let info = suite.validator_info(&jailed);
    assert_eq!(info.exclusion, Some(Exclusion::NotBonded));
    assert!(info.not_bonded_since.is_some());
    assert!(suite.totals().restaking > Uint128::zero());
    assert_eq!(suite.totals().marked_down, Uint128::zero());
    let alice = suite.user("alice");
    suite.keep();
    assert!(leave(&mut suite, &alice) > DEPOSIT * 9 / 10);
}

#[test]
fn before_the_first_table_nothing_can_be_read_and_a_stale_one_is_said_to_be() {
    let mut suite = base().without_refresh().build();
    let outcome = suite.tick(Job::Refresh);
    assert!(outcome.emits("read_failed"), "{outcome:?}");
    assert_eq!(suite.totals().capacity, Uint128::zero());
    assert!(suite.totals().powers_stale);

    let powers = suite.powers();
    suite.try_post(&powers).unwrap();
    suite.advance(6 * HOUR);
    suite.keep();
    assert!(!suite.totals().powers_stale);
    let capacity = suite.totals().capacity;
    suite.keep_for_days(3);

    assert!(suite.totals().powers_stale);
    assert_eq!(suite.totals().capacity, capacity);
    let alice = suite.user("alice");
    suite.deposit(&alice, DEPOSIT);
    assert!(suite.keep().iter().any(|o| o.emits("delegated")));
}
