//! Coins that nobody asked for.
//!
//! Succeeds when a donation moves no price at once: it joins a harvest's profit, without fee,
//! and only while no entry is past its completion time but unsettled.
//!
//! Fails to inflate the price for the next depositor, to block anything, and to hide a loss.

use cosmwasm_std::coins;
use defenders_suite::{BLOCK, DAY, SuiteBuilder, TOKEN, Tx, UNBONDING_TIME, event};
use defenders_types::Job;
use defenders_types::pot::{BalancesResponse, QueryMsg as PotQuery};

use crate::fixture::{DEPOSIT, funded, leave};

#[test]
fn donation_to_the_vault_moves_no_price_at_once() {
    let mut suite = funded();
    let rate = suite.rate();
    let (carol, vault) = (suite.user_with("carol", 500 * TOKEN), suite.vault.clone());

    suite.send(&carol, &vault, 500 * TOKEN).unwrap();

    assert_eq!(suite.rate(), rate);
    assert_eq!(suite.solvency().surplus.u128(), 500 * TOKEN);
    assert_eq!(suite.preview_deposit(TOKEN), TOKEN);
}

#[test]
fn donation_joins_the_next_harvest_without_a_fee_and_is_locked() {
    let mut suite = funded();
    let (carol, vault) = (suite.user_with("carol", 500 * TOKEN), suite.vault.clone());
    suite.send(&carol, &vault, 500 * TOKEN).unwrap();
    suite.advance(DAY);

    let outcome = suite.tick(Job::Harvest);

    let harvested = event(
        "harvested",
        [
            ("rewards", &0),
            ("surplus", &(500 * TOKEN)),
            ("fee", &0),
            ("bounty", &0),
        ],
    );
    assert_eq!(outcome.named("harvested"), vec![harvested]);
    assert_eq!(suite.totals().locked_profit.u128(), 500 * TOKEN);
    assert_eq!(suite.totals().total_assets.u128(), 1000 * TOKEN);
}

#[test]
fn donation_waits_while_an_entry_is_past_its_time_but_unsettled() {
    let mut suite = funded();
    let alice = suite.user("alice");
    suite.request(&alice, 100 * TOKEN);
    suite.tick(Job::Submit);
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 1);
    let (carol, vault) = (suite.user_with("carol", 5 * TOKEN), suite.vault.clone());
    suite.send(&carol, &vault, 5 * TOKEN).unwrap();
    suite.advance(UNBONDING_TIME);

    // 90 of 100 tokens and the donation of 5 are here, and nobody has settled
    let harvest = suite.tick(Job::Harvest);

    let harvested = &harvest.named("harvested")[0];
    assert_eq!(defenders_suite::number(harvested, "surplus"), 0);
    suite.keep();
    suite.claim(&alice, 1);
    assert_eq!(suite.tokens(&alice), 95 * TOKEN);
}

#[test]
fn donation_before_the_first_deposit_inflates_no_price() {
    let mut suite = SuiteBuilder::base().build();
    let mallory = suite.user_with("mallory", 1_000_000 * TOKEN);
    let vault = suite.vault.clone();
    suite.deposit(&mallory, 1);
    suite.send(&mallory, &vault, 900_000 * TOKEN).unwrap();
    let bob = suite.user("bob");

    suite.deposit(&bob, 1_500_000);

    // still one token per share: nothing is rounded away
    assert_eq!(suite.shares(&bob), 1_500_000);
}

#[test]
fn donation_through_a_harvest_before_the_first_deposit_costs_the_next_depositor_nothing() {
    let mut suite = SuiteBuilder::base().build();
    let mallory = suite.user_with("mallory", 1_000 * TOKEN);
    let vault = suite.vault.clone();
    suite.send(&mallory, &vault, 1_000 * TOKEN).unwrap();
    suite.advance(DAY);
    suite.keep();
    suite.advance(2 * DAY); // 1001 tokens for the 1 000 000 shares of the seed
    suite.keep();
    let bob = suite.user("bob");

    suite.deposit(&bob, 100 * TOKEN);
    let shares = suite.shares(&bob);

    // a share is worth 1001 tokens units: at most that much is rounded away
    assert!(suite.worth(shares) >= 100 * TOKEN - 1_001, "{shares}");
}

#[test]
fn donation_to_the_pot_is_a_reward() {
    let mut suite = funded();
    let (carol, pot) = (suite.user_with("carol", 100 * TOKEN), suite.pot.clone());
    let rate = suite.rate();
    suite.send(&carol, &pot, 100 * TOKEN).unwrap();
    suite.advance(DAY);
    assert_eq!(suite.rate(), rate);

    let outcome = suite.tick(Job::Harvest);

    assert_eq!(suite.rate(), rate); // 90 tokens are locked, and enter the price over a day

    let harvested = event(
        "harvested",
        [
            ("rewards", &(100 * TOKEN)),
            ("surplus", &0),
            ("fee", &(9 * TOKEN)),
            ("bounty", &TOKEN),
        ],
    );
    assert_eq!(outcome.named("harvested"), vec![harvested]);
}

#[test]
fn other_denoms_stay_in_the_pot_and_stop_nothing() {
    let mut suite = funded();
    let (carol, pot) = (suite.user("carol"), suite.pot.clone());
    suite.chain.fund(&carol, coins(77, "uother"));
    let tx = Tx::Send {
        sender: carol,
        recipient: pot.clone(),
        coins: coins(77, "uother"),
    };
    suite.tx(tx).unwrap();
    suite.advance(DAY);

    suite.tick(Job::Harvest);

    let msg = defenders_suite::json(&PotQuery::Balances {});
    let answer = suite.chain.query(&pot, &msg).unwrap();
    let balances: BalancesResponse = serde_json::from_str(&answer).unwrap();
    assert_eq!(balances.others, coins(77, "uother"));
    assert!(balances.releasable.is_zero());
}

#[test]
fn donation_that_hides_a_loss_does_not_feed_it_to_shareholders_early() {
    let mut suite = funded();
    let slashed = suite.listed[0].clone();
    suite.slash(&slashed, 10, 0);
    let (carol, vault) = (suite.user_with("carol", 20 * TOKEN), suite.vault.clone());
    suite.send(&carol, &vault, 20 * TOKEN).unwrap();

    suite.tick(Job::Sync);

    // 10.5 tokens are gone at once; the donation comes later, slowly
    assert_eq!(suite.totals().total_assets.u128(), 9_895 * TOKEN / 10);
    suite.keep_for_days(3);
    suite.advance(BLOCK);
    // within a unit for each delegation of it to the slashed validator
    let assets = suite.totals().total_assets.u128();
    assert!(
        (1_009_499_990..=1_009_500_000).contains(&assets),
        "{assets}"
    );
    let alice = suite.user("alice");
    let paid = leave(&mut suite, &alice);
    assert!(paid <= DEPOSIT * 10_095 / 10_000);
}
