//! Who may do what.
//!
//! Succeeds when the owner curates the list, and anyone deposits, ticks and claims.
//!
//! Fails when strangers speak as owners, when coins come with a message that takes none, when
//! replies are forged, and when an instantiation breaks a bound.

use cosmwasm_std::{Decimal, Uint128, coin, coins};
use defenders_suite::messages::{claim, list_validators, request_withdrawal, tick};
use defenders_suite::trials::invariant_13_strangers_change_nothing;
use defenders_suite::{DAY, DENOM, SuiteBuilder, TOKEN, Tx, event};
use defenders_types::pot::ExecuteMsg as PotMsg;
use defenders_types::{ExecuteMsg, Job, ParametersInput};

use crate::fixture::funded;

#[test]
fn strangers_change_nothing() {
    let mut suite = funded();
    let names = ["alice", "bob", "fees", "keeper"];
    for name in names {
        let stranger = suite.user(name);
        invariant_13_strangers_change_nothing(&mut suite, &stranger).unwrap();
    }
    let pot = suite.pot.clone();
    invariant_13_strangers_change_nothing(&mut suite, &pot).unwrap();
}

#[test]
fn instantiation_tells_owner_pot_and_seed() {
    let suite = SuiteBuilder::base().with_seed(5 * TOKEN).build();
    let instantiated = event(
        "instantiated",
        [
            ("owner", &suite.owner),
            ("reward_pot", &suite.pot),
            ("tokens", &(5 * TOKEN)),
            ("shares", &(5 * TOKEN)),
            ("share", &suite.share_name()),
            ("power_source", &"grpc"),
        ],
    );
    let told = suite.instantiate_outcome.named("instantiated");
    assert_eq!(told, vec![instantiated]); // the others are told in `seed`
}

#[test]
fn addresses_are_taken_only_as_the_chain_writes_them() {
    let mut suite = funded();
    let owner = suite.owner.clone();
    let (listed, unlisted) = (suite.listed[0].clone(), suite.validators[0].clone());

    for address in [listed, unlisted] {
        let capital = address.to_uppercase(); // the same in bech32
        let msg = list_validators(std::slice::from_ref(&capital));
        let refusal = suite.execute(&owner, &msg, vec![]).unwrap_err();
        let told = format!("{capital} is {address} on this chain: give it in that form");
        assert!(refusal.says(&told), "{}", refusal.text);
        let mixed = address.replacen('c', "C", 1);
        let msg = list_validators(std::slice::from_ref(&mixed));
        let refusal = suite.execute(&owner, &msg, vec![]).unwrap_err();
        assert!(refusal.says("does not exist"), "{}", refusal.text);
    }
    assert_eq!(suite.validator_infos().len(), 10);
}

#[test]
fn owner_curates_the_list() {
    let mut suite = SuiteBuilder::base().with_nobody_listed().build();
    let (two, one) = (
        suite.validators[4..6].to_vec(),
        suite.validators[4..5].to_vec(),
    );

    let listed = suite.list(&two);
    let drained = suite.drain(&one);

    let expected = event("validators_listed", [("count", &2)]);
    assert_eq!(listed.vault_events(), vec![expected]);
    let expected = event("validators_drained", [("count", &1)]);
    assert_eq!(drained.vault_events(), vec![expected]);
}

#[test]
fn refusal_names_the_owner_and_the_stranger() {
    let mut suite = funded();
    let bob = suite.user("bob");
    let msg = list_validators(&suite.validators[..1]);

    let refusal = suite.execute(&bob, &msg, vec![]).unwrap_err();

    let reason = format!("only the owner {} may do this, not {bob}", suite.owner);
    assert!(refusal.says(&reason), "{}", refusal.text);
}

#[test]
fn coins_sent_with_messages_that_take_none_are_refused() {
    let mut suite = funded();
    let alice = suite.user_with("alice", TOKEN);
    let amount = Uint128::new(1);
    let request = request_withdrawal(1);
    let refusal = suite.execute(&alice, &request, coins(1, DENOM));
    let reason = match &suite.share_denom {
        Some(denom) => format!("only {denom} is taken, sent 1{DENOM}"),
        None => "does not accept funds".to_owned(),
    };
    assert!(refusal.unwrap_err().says(&reason));
    let messages = [
        ExecuteMsg::CancelWithdrawal { batch_id: 1 },
        claim(1),
        tick(Some(Job::Sync)),
        ExecuteMsg::ClaimFee { recipient: None },
        list_validators(&suite.validators[..1]),
        ExecuteMsg::DrainValidators {
            validators: suite.listed[..1].to_vec(),
            valid_until: None,
        },
        ExecuteMsg::Transfer {
            recipient: suite.user("bob"),
            amount,
        },
    ];
    for msg in messages {
        let refusal = suite.execute(&alice, &msg, coins(1, DENOM)).unwrap_err();
        let reason = match (&msg, &suite.share_denom) {
            (ExecuteMsg::Transfer { .. }, Some(_)) => "the shares are coins",
            _ => "does not accept funds",
        };
        assert!(refusal.says(reason), "{msg:?}: {}", refusal.text);
    }
    assert_eq!(suite.tokens(&alice), TOKEN);
}

#[test]
fn pot_obeys_nobody_but_the_vault() {
    let mut suite = funded();
    let pot = suite.pot.clone();
    for name in ["owner", "alice", "keeper"] {
        let tx = Tx::Execute {
            sender: suite.user(name),
            contract: pot.clone(),
            msg: defenders_suite::json(&PotMsg::Release {}),
            funds: vec![],
        };
        suite.tx(tx).unwrap_err();
    }
}

#[test]
fn owner_that_deposits_is_a_depositor_like_any_other() {
    let mut suite = funded();
    let owner = suite.owner.clone();
    suite.deposit(&owner, 10 * TOKEN);

    let paid = crate::fixture::leave(&mut suite, &owner);

    assert_eq!(paid, 10 * TOKEN);
}

#[test]
fn seed_below_a_whole_token_is_refused() {
    let builder = SuiteBuilder::base().with_creation_fee(vec![]);
    let refusal = builder.with_seed(TOKEN - 1).try_build().err();
    let text = refusal.unwrap().text;
    let reason = "the seed must be at least 1000000, sent 999999";
    assert!(text.contains(reason), "{text}");
}

#[test]
fn no_deployment_can_ask_for_a_smaller_seed() {
    let asks_for = |tokens: u128| {
        let builder = SuiteBuilder::base().with_seed(tokens);
        builder.with_parameters(|parameters| parameters.minimum_seed = Uint128::new(tokens))
    };
    for tokens in [1, TOKEN - 1] {
        let text = asks_for(tokens).try_build().err().unwrap().text;
        let reason = format!(
            "minimum_seed must be between 1000000 and {}, got {tokens}",
            u128::MAX
        );
        assert!(text.contains(&reason), "{text}");
    }
    let suite = asks_for(7 * TOKEN).build();
    assert_eq!(suite.totals().seed_shares.u128(), 7 * TOKEN);
}

#[test]
fn periods_are_of_seven_days_at_most() {
    type Set = fn(&mut ParametersInput, u64);
    let periods: [(&str, Set); 6] = [
        ("batch_period", |p, seconds| p.batch_period = seconds),
        ("profit_unlock_period", |p, seconds| {
            p.profit_unlock_period = seconds;
        }),
        ("harvest_period", |p, seconds| p.harvest_period = seconds),
        ("refresh_period", |p, seconds| p.refresh_period = seconds),
        ("book_max_age", |p, seconds| p.book_max_age = seconds),
        ("retry_after", |p, seconds| p.retry_after = seconds),
    ];
    for (name, set) in periods {
        for seconds in [0, 7 * DAY + 1] {
            let builder = SuiteBuilder::base().with_parameters(|p| set(p, seconds));
            let text = builder.try_build().err().unwrap().text;
            let reason = format!("{name} must be between 1 and 604800, got {seconds}");
            assert!(text.contains(&reason), "{text}");
        }
    }
    for seconds in [1, 7 * DAY] {
        let builder = SuiteBuilder::base().with_parameters(|p| {
            for (_, set) in periods {
                set(p, seconds);
            }
        });
        builder.without_refresh().build();
    }
}

#[test]
fn seed_belongs_to_the_vault_for_ever() {
    let suite = SuiteBuilder::base().with_seed(5 * TOKEN).build();
    assert_eq!(suite.shares(&suite.vault), 5 * TOKEN);
    assert_eq!(suite.shares(&suite.owner), 0);
    assert_eq!(suite.totals().seed_shares.u128(), 5 * TOKEN);
}

#[test]
fn instantiation_outside_of_a_bound_is_refused() {
    let builders = [
        SuiteBuilder::base().with_parameters(|b| b.max_messages_per_piece = 11),
        SuiteBuilder::base().with_parameters(|b| b.max_messages_per_piece = 0),
        SuiteBuilder::base().with_parameters(|b| b.max_messages_per_invest = 11),
        SuiteBuilder::base().with_parameters(|b| b.harvest_page = 51),
        SuiteBuilder::base().with_parameters(|b| b.refresh_page = 101),
        SuiteBuilder::base().with_parameters(|b| b.min_delegation = Uint128::zero()),
        SuiteBuilder::base().with_parameters(|b| b.batch_period = 0),
        SuiteBuilder::base().with_policy(|p| p.match_cap = Some(Decimal::permille(751))),
        SuiteBuilder::base().with_policy(|p| p.vault_share_cap = Decimal::permille(201)),
        SuiteBuilder::base().with_policy(|p| p.vault_share_cap = Decimal::permille(19)),
        SuiteBuilder::base().with_policy(|p| p.chain_share_cap = Some(Decimal::permille(51))),
        SuiteBuilder::base().with_policy(|p| p.operator_cap = Decimal::permille(201)),
        SuiteBuilder::base().with_policy(|p| p.max_commission_rate = Decimal::permille(201)),
        SuiteBuilder::base().with_fee(11, 0),
    ];
    for builder in builders {
        let refusal = builder.try_build().err();
        let text = refusal.unwrap().text;
        assert!(text.contains("must be between"), "{text}");
    }
    // no delegation is smaller than the seed can make
    let tokens = Uint128::new(TOKEN + 1);
    let builder = SuiteBuilder::base().with_parameters(|b| b.min_delegation = tokens);
    let text = builder.try_build().err().unwrap().text;
    let reason = "min_delegation must be at most the seed of 1000000, got 1000001";
    assert!(text.contains(reason), "{text}");
}

#[test]
fn second_coin_beside_a_deposit_is_refused() {
    let mut suite = funded();
    let alice = suite.user("alice");
    let funds = vec![coin(5, DENOM), coin(5, "uzzz")];
    suite.chain.fund(&alice, funds.clone());
    let msg = defenders_suite::messages::deposit();
    suite.execute(&alice, &msg, funds).unwrap_err();
}
