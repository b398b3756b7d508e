//! Shares that are coins of the chain's token factory.
//!
//! Succeeds when deposits mint them, requests take exactly them, submission burns them, and what is cancelled or
//! refused comes back; when contracts and other accounts hold, move and change them as any coin.
//!
//! Fails when anything else is sent with a request, when a message or question of a cw20 is sent, and when the
//! chain refuses to carry out what a call needs: then all of the call is undone.

use cosmwasm_std::{Uint128, coin, coins};
use defenders_suite::{BLOCK, DAY, DENOM, Refused, Suite, SuiteBuilder, TOKEN, Tx, json};
use defenders_types::{ExecuteMsg, Job, PlannedMessage, Share};

use crate::examples;
use crate::fixture::{DEPOSIT, batch_of, funded_coins, leave, wait_for_unbonding};

fn denom(suite: &Suite) -> String {
    suite.share_denom.clone().unwrap()
}

fn deposit_for(recipient: &str) -> ExecuteMsg {
    ExecuteMsg::Deposit {
        amount: None,
        recipient: Some(recipient.into()),
        min_shares_out: None,
        delegate: None,
    }
}

fn request(shares: Option<u128>) -> ExecuteMsg {
    ExecuteMsg::RequestWithdrawal {
        shares: shares.map(Uint128::new),
        recipient: None,
        min_tokens_out: None,
    }
}

#[test]
fn denom_is_the_vaults_own_and_described() {
    let suite = SuiteBuilder::base().with_coin_shares().build();

    let info = suite.chain.denom_info(&denom(&suite));

    assert_eq!(denom(&suite), format!("factory/{}/udefend", suite.vault));
    assert_eq!(info.admin, suite.vault);
    assert_eq!(info.units, [(denom(&suite), 0), ("DEFEND".into(), 6)]);
    let texts = [
        "DEFEND",
        "Defenders stake",
        "DEFEND",
        "Stake with small validators",
    ];
    assert_eq!(info.texts, texts);
    let told = Share::Denom {
        denom: denom(&suite),
        message_prefix: "/osmosis.tokenfactory.v1beta1".into(),
    };
    assert_eq!(suite.config().share, told);
    assert!(!suite.instantiate_outcome.emits("metadata_refused"));
}

#[test]
fn deposit_mints_coins_to_its_recipient() {
    let mut suite = funded_coins();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.chain.fund(&alice, coins(7 * TOKEN, DENOM));

    suite
        .execute(&alice, &deposit_for(&bob), coins(7 * TOKEN, DENOM))
        .unwrap();

    assert_eq!(suite.chain.balance(&bob, &denom(&suite)), 7 * TOKEN);
    assert_eq!(suite.chain.balance(&alice, &denom(&suite)), DEPOSIT);
    let position = suite.position(&bob);
    assert_eq!(position.shares.u128(), 7 * TOKEN);
    let shares = suite.solvency().shares;
    assert_eq!(shares.supply.u128(), 1007 * TOKEN);
    assert_eq!(shares.supply_by_token, shares.supply);
}

#[test]
fn request_takes_exactly_the_shares_that_are_sent() {
    let mut suite = funded_coins();
    let alice = suite.user_with("alice", TOKEN);
    let shares = suite.share_coins(5 * TOKEN);
    let both = vec![shares[0].clone(), coin(1, DENOM)];
    let refused = [
        (
            Some(5 * TOKEN),
            coins(1, DENOM),
            format!("only {} is taken", denom(&suite)),
        ),
        (None, both, format!("only {} is taken", denom(&suite))),
        (
            None,
            vec![],
            format!("no funds sent: send {} along", denom(&suite)),
        ),
        (
            Some(5 * TOKEN - 1),
            shares.clone(),
            "amount 4999999 differs from the funds 5000000".into(),
        ),
        (
            Some(0),
            shares.clone(),
            "amount 0 differs from the funds 5000000".into(),
        ),
    ];
    for (said, funds, reason) in refused {
        let refusal = suite.execute(&alice, &request(said), funds).unwrap_err();
        assert!(refusal.says(&reason), "{}", refusal.text);
    }
    assert_eq!(suite.shares(&alice), DEPOSIT);

    suite
        .execute(&alice, &request(None), shares.clone())
        .unwrap();
    suite
        .execute(&alice, &request(Some(5 * TOKEN)), shares)
        .unwrap();

    assert_eq!(suite.shares(&alice), DEPOSIT - 10 * TOKEN);
    assert_eq!(suite.totals().escrow_shares.u128(), 10 * TOKEN);
    assert_eq!(suite.shares(&suite.vault), 11 * TOKEN);
}

#[test]
fn cw20_says_how_many_shares_it_redeems() {
    let mut suite = crate::fixture::funded_cw20();
    let alice = suite.user("alice");

    let refusal = suite.execute(&alice, &request(None), vec![]).unwrap_err();

    let reason = "say how many shares: the field shares is missing";
    assert!(refusal.says(reason), "{}", refusal.text);
}

#[test]
fn shares_that_are_served_are_burnt_and_what_is_cancelled_comes_back() {
    let mut suite = funded_coins();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.try_cancel(&alice, 1).unwrap();
    assert_eq!(suite.shares(&alice), DEPOSIT);
    let supply = |suite: &Suite| suite.solvency().shares.supply_by_token.u128();
    assert_eq!(supply(&suite), 1000 * TOKEN);

    leave_idle(&mut suite, 30 * TOKEN);
    let requested = suite.request(&alice, 100 * TOKEN);
    let plan = suite.plan(BLOCK);
    suite.keep();

    // what idle serves is burnt by the call, the rest once the chain has taken the undelegations
    let burns = |message: &PlannedMessage| matches!(message, PlannedMessage::Burn { shares } if shares.u128() == 30 * TOKEN);
    assert!(plan.messages.iter().any(burns), "{plan:?}");
    assert_eq!(supply(&suite), 930 * TOKEN);
    wait_for_unbonding(&mut suite);
    let before = suite.tokens(&alice);
    suite.claim(&alice, batch_of(&requested));
    assert_eq!(suite.tokens(&alice) - before, 100 * TOKEN);
}

#[test]
fn shares_of_a_refused_undelegation_are_in_escrow_again() {
    let mut suite = funded_coins();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    for validator in suite.listed.clone() {
        suite.refuse(&validator, Refused::Undelegate, 27);
    }

    suite.advance(1);
    suite.tick(Job::Submit);

    let shares = suite.solvency().shares;
    assert_eq!(shares.supply.u128(), 1000 * TOKEN);
    assert_eq!(shares.supply_by_token, shares.supply);
    assert_eq!(shares.balance.u128(), 101 * TOKEN);
    suite.heal();
    suite.advance(DAY);
    suite.keep();
    assert_eq!(suite.solvency().shares.supply.u128(), 900 * TOKEN);
}

#[test]
fn messages_and_questions_of_a_cw20_are_refused_with_the_denom() {
    let mut suite = funded_coins();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let reason = format!("the shares are coins, {}", denom(&suite));
    let of_cw20 = |name: &String| {
        let names = [
            "transfer",
            "send",
            "increase_allowance",
            "decrease_allowance",
            "transfer_from",
            "send_from",
            "update_marketing",
            "upload_logo",
            "balance",
            "token_info",
            "minter",
            "allowance",
            "all_allowances",
            "all_spender_allowances",
            "all_accounts",
            "marketing_info",
            "download_logo",
        ];
        names.contains(&name.as_str())
    };
    let mut count = 0;
    for message in examples::executes(&suite) {
        if of_cw20(&examples::name_of(&message)) {
            // whoever takes them for a cw20 may send them along
            for funds in [vec![], suite.share_coins(TOKEN)] {
                let refusal = suite.execute(&alice, &message, funds).unwrap_err();
                assert!(refusal.says(&reason), "{message:?}: {}", refusal.text);
            }
            count += 1;
        }
    }
    for question in examples::queries(&suite) {
        if of_cw20(&examples::name_of(&question)) {
            let refusal = suite
                .chain
                .query(&suite.vault, &json(&question))
                .unwrap_err();
            assert!(refusal.says(&reason), "{question:?}: {}", refusal.text);
            count += 1;
        }
    }
    assert_eq!(count, 17);
    assert_eq!(suite.shares(&bob), 0);
}

#[test]
fn shares_that_strangers_push_at_the_vault_are_nobodys() {
    let mut suite = funded_coins();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 50 * TOKEN).unwrap();
    let (vault, pot) = (suite.vault.clone(), suite.pot.clone());

    // to the accounts themselves
    suite.try_transfer(&bob, &vault, 3 * TOKEN).unwrap();
    suite.try_transfer(&bob, &pot, 2 * TOKEN).unwrap();
    // with messages that take none, or others
    let stray = suite.share_coins(TOKEN);
    for message in examples::executes(&suite) {
        if examples::name_of(&message) == "request_withdrawal" {
            continue;
        }
        let refusal = suite.execute(&bob, &message, stray.clone()).unwrap_err();
        let reasons = [
            "does not accept funds",
            "is taken, sent",
            "the shares are coins",
        ];
        let is_told = reasons.iter().any(|reason| refusal.says(reason));
        assert!(is_told, "{message:?}: {}", refusal.text);
    }
    // as a request for the vault or the pot
    for target in [&vault, &pot] {
        let msg = ExecuteMsg::RequestWithdrawal {
            shares: None,
            recipient: Some(target.clone()),
            min_tokens_out: None,
        };
        let refusal = suite.execute(&bob, &msg, stray.clone()).unwrap_err();
        assert!(refusal.says("cannot receive"), "{}", refusal.text);
    }

    let shares = suite.solvency().shares;
    assert_eq!(shares.surplus.u128(), 3 * TOKEN);
    assert_eq!(shares.owned.u128(), TOKEN);
    assert_eq!(leave(&mut suite, &alice), DEPOSIT - 50 * TOKEN);
    assert_eq!(leave(&mut suite, &bob), 45 * TOKEN);
    let shares = suite.solvency().shares;
    assert_eq!(shares.surplus.u128(), 3 * TOKEN);
    // the seed, and what is nobody's
    assert_eq!(shares.supply.u128(), 6 * TOKEN);
}

#[test]
fn holders_that_burn_their_coins_move_nobodys_price() {
    let mut suite = funded_coins();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 100 * TOKEN).unwrap();
    let before = (suite.rate(), suite.totals());

    suite.burn(&bob, 100 * TOKEN);

    let shares = suite.solvency().shares;
    assert_eq!(shares.supply.u128(), 1000 * TOKEN);
    assert_eq!(shares.supply_by_token.u128(), 900 * TOKEN);
    assert_eq!((suite.rate(), suite.totals()), before);
    // all others leave with what is theirs, and not with what was burnt
    assert_eq!(leave(&mut suite, &alice), DEPOSIT - 100 * TOKEN);
    assert_eq!(suite.totals().total_shares.u128(), 101 * TOKEN);
    assert_eq!(suite.solvency().shares.supply_by_token.u128(), TOKEN);
}

/// What a refused call must leave as it is: all that the vault has stored, everyone's shares, and this account's
/// tokens.
fn state(suite: &Suite, owner: &str) -> impl PartialEq + std::fmt::Debug + use<> {
    let stored = suite.chain.state(&suite.vault);
    (stored, suite.share_owners(), suite.tokens(owner))
}

#[test]
fn deposit_for_whom_the_bank_refuses_is_undone() {
    let mut suite = funded_coins();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.chain.fund(&alice, coins(7 * TOKEN, DENOM));
    suite.advance(1);
    suite.faults().block_recipient(&bob);
    let before = state(&suite, &alice);

    suite
        .execute(&alice, &deposit_for(&bob), coins(7 * TOKEN, DENOM))
        .unwrap_err();

    assert_eq!(state(&suite, &alice), before);
}

#[test]
fn deposit_whose_mint_is_refused_is_undone() {
    let mut suite = funded_coins();
    let alice = suite.user_with("alice", 7 * TOKEN);
    suite.advance(1);
    suite.faults().refuse_mints();
    let before = state(&suite, &alice);

    suite.try_deposit(&alice, 7 * TOKEN).unwrap_err();

    assert_eq!(state(&suite, &alice), before);
    suite.heal();
    suite.deposit(&alice, 7 * TOKEN);
}

#[test]
fn cancel_for_whom_the_bank_refuses_is_undone() {
    let mut suite = funded_coins();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.faults().block_recipient(&alice);
    let before = state(&suite, &alice);

    suite.try_cancel(&alice, 1).unwrap_err();

    assert_eq!(state(&suite, &alice), before);
    suite.heal();
    suite.try_cancel(&alice, 1).unwrap();
    assert_eq!(suite.shares(&alice), DEPOSIT);
}

#[test]
fn piece_whose_burn_is_refused_is_undone() {
    for idle in [0, 30 * TOKEN] {
        let mut suite = funded_coins();
        let alice = suite.user("alice");
        leave_idle(&mut suite, idle);
        suite.request(&alice, 100 * TOKEN);
        suite.faults().refuse_burns();
        let before = state(&suite, &alice);

        suite.try_tick(Some(Job::Submit)).unwrap_err();

        assert_eq!(state(&suite, &alice), before);
        suite.heal();
        suite.tick(Job::Submit);
        let shares = suite.solvency().shares;
        assert_eq!(shares.supply.u128(), 900 * TOKEN + idle);
        assert_eq!(shares.supply_by_token, shares.supply);
    }
}

/// Bob brings tokens that nobody delegates.
fn leave_idle(suite: &mut Suite, tokens: u128) {
    if tokens == 0 {
        return;
    }
    let bob = suite.user_with("bob", tokens);
    let msg = ExecuteMsg::Deposit {
        amount: None,
        recipient: None,
        min_shares_out: None,
        delegate: Some(false),
    };
    suite.execute(&bob, &msg, coins(tokens, DENOM)).unwrap();
}

#[test]
fn refused_undelegations_need_no_mint() {
    let mut suite = funded_coins();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let vault = suite.vault.clone();
    suite.try_transfer(&alice, &bob, 3 * TOKEN).unwrap();
    suite.try_transfer(&bob, &vault, 3 * TOKEN).unwrap();
    suite.request(&alice, 300 * TOKEN);
    let planned = suite.plan(BLOCK).messages.into_iter();
    let mut asked = planned.filter_map(|message| match message {
        PlannedMessage::Undelegate { validator, .. } => Some(validator),
        _ => None,
    });
    let refusing = asked.next().unwrap();
    suite.refuse(&refusing, Refused::Undelegate, 27);
    suite.faults().refuse_mints();

    suite.advance(1);
    let submitted = suite.tick(Job::Submit);

    // the others' parts are burnt, this one's is in escrow as before, and what strangers pushed is nobody's
    assert_eq!(submitted.named("refused").len(), 1);
    let served = submitted.named("undelegated").len() as u128;
    assert!(served > 0);
    let shares = suite.solvency().shares;
    assert_eq!(shares.supply_by_token, shares.supply);
    assert_eq!(shares.surplus.u128(), 3 * TOKEN);
    assert_eq!(
        shares.owned,
        suite.totals().escrow_shares + Uint128::new(TOKEN)
    );
    assert_eq!(
        suite.totals().escrow_shares,
        suite.batch(1).unwrap().unserved_shares
    );
    // it is known to refuse, and passed
    let again = suite.tick(Job::Submit);
    assert!(again.emits("undelegated") && !again.emits("refused"));
    suite.keep();
    wait_for_unbonding(&mut suite);
    let before = suite.tokens(&alice);
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice) - before, 300 * TOKEN);
    assert_eq!(suite.solvency().shares.surplus.u128(), 3 * TOKEN);
}

#[test]
fn pool_takes_shares_at_the_rate_that_the_vault_tells() {
    let mut suite = funded_coins();
    let alice = suite.user("alice");
    let pool = crate::token::instantiate_sink(&mut suite);
    suite.chain.fund(&pool, coins(10 * TOKEN, DENOM));
    suite.advance(1);
    let before = suite.tokens(&alice);

    let tx = Tx::Execute {
        sender: alice.clone(),
        contract: pool.clone(),
        msg: format!(
            r#"{{"swap":{{"vault":"{}","into":"{DENOM}"}}}}"#,
            suite.vault
        ),
        funds: suite.share_coins(4 * TOKEN),
    };
    suite.tx(tx).unwrap();

    assert_eq!(suite.tokens(&alice) - before, 4 * TOKEN);
    assert_eq!(suite.shares(&pool), 4 * TOKEN);
}

#[test]
fn whoever_gets_the_coins_redeems_them() {
    let mut suite = funded_coins();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.try_transfer(&alice, &bob, 9 * TOKEN).unwrap();

    assert_eq!(leave(&mut suite, &bob), 9 * TOKEN);
}
