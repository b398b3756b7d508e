//! Tokens and shares that travel: over a channel of x/transfer from the chain to itself, and into the vault by
//! the memo of a transfer, as chains with ibc-hooks do.
//!
//! Succeeds when a deposit that arrives so mints for its `recipient`; when shares go out and come home, and are
//! redeemed like any others, or on their arrival.
//!
//! Fails when the deposit is refused: then the coins go back to where they came from. Without `recipient` the shares
//! belong to the account that calls for the sender, and nobody can move them.

use cosmwasm_std::coins;
use defenders_suite::messages::request_withdrawal;
use defenders_suite::wasmd::Wasmd;
use defenders_suite::{BLOCK, DENOM, Suite, SuiteBuilder, TOKEN, TestChain};
use serde_json::{Value, json};
use wasmd_chain::ibc::{Loopback, Relayed, memo_call};
use wasmd_chain::{Chain, coin};

/// A vault to which Alice has brought 100 tokens, a channel, and a million more of hers at its other end.
struct Journey {
    suite: Suite,
    alice: String,
    bob: String,
    channel: Loopback,
    /// The tokens at the other end.
    voucher: String,
}

fn begin(builder: SuiteBuilder) -> Journey {
    let chain = Box::new(Wasmd::init(&builder.chain));
    let mut suite = builder.try_build_on(chain).unwrap();
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    suite.deposit(&alice, 100 * TOKEN);
    for user in [&alice, &bob] {
        suite.chain.fund(user, coins(9_000_000 * TOKEN, DENOM));
    }
    suite.advance(BLOCK);
    let real = suite.chain.real();
    let channel = real.open_loopback("alice").unwrap();
    let sent = coin(1_000_000 * TOKEN, DENOM);
    let out = real.transfer("alice", &channel.here, &alice, &sent, "");
    assert!(real.relay("bob", &out.unwrap()).unwrap().is_arrived());
    let voucher = real.voucher(&channel.there, DENOM).unwrap();
    Journey {
        suite,
        alice,
        bob,
        channel,
        voucher,
    }
}

impl Journey {
    /// Alice sends coins of the other end home, to the vault, with this message.
    fn send_home(&mut self, denom: &str, amount: u128, msg: &Value) -> Relayed {
        let vault = self.suite.vault.clone();
        let memo = memo_call(&vault, msg).unwrap();
        let there = self.channel.there.clone();
        let real = self.suite.chain.real();
        let sent = real.transfer("alice", &there, &vault, &coin(amount, denom), &memo);
        real.relay("bob", &sent.unwrap()).unwrap()
    }

    fn has(&self, who: &str, denom: &str) -> u128 {
        self.suite.chain.balance(who, denom)
    }

    /// Who calls the vault for what Alice sends home.
    fn caller(&mut self) -> String {
        let real = self.suite.chain.real();
        real.memo_caller(&self.channel.here, &self.alice).unwrap()
    }
}

fn tell_deposited(relayed: &Relayed, key: &str) -> Option<String> {
    let mut told = relayed.received.events_of("wasm-vault/deposited");
    told.next()?.attribute(key).map(Into::into)
}

#[test]
fn deposit_that_arrives_with_a_memo_mints_for_its_recipient() {
    let mut journey = begin(SuiteBuilder::base().with_coin_shares());
    let (bob, caller, voucher) = (
        journey.bob.clone(),
        journey.caller(),
        journey.voucher.clone(),
    );
    let msg = json!({"deposit": {"recipient": bob, "min_shares_out": (50 * TOKEN).to_string()}});

    let relayed = journey.send_home(&voucher, 50 * TOKEN, &msg);

    assert!(relayed.is_arrived(), "{}", relayed.acknowledgement);
    assert_eq!(tell_deposited(&relayed, "sender"), Some(caller.clone()));
    assert_eq!(journey.suite.shares(&bob), 50 * TOKEN);
    assert_eq!(journey.suite.shares(&caller), 0);
    assert_eq!(journey.suite.totals().total_shares.u128(), 151 * TOKEN);
}

#[test]
fn refused_deposit_gives_the_coins_back_where_they_came_from() {
    let mut journey = begin(SuiteBuilder::base().with_coin_shares());
    let (alice, voucher) = (journey.alice.clone(), journey.voucher.clone());
    let before = journey.has(&alice, &voucher);
    let too_many = (50 * TOKEN + 1).to_string();
    let msg = json!({"deposit": {"recipient": journey.bob, "min_shares_out": too_many}});

    let relayed = journey.send_home(&voucher, 50 * TOKEN, &msg);

    assert!(!relayed.is_arrived());
    assert_eq!(journey.has(&alice, &voucher), before);
    assert_eq!(journey.suite.totals().total_shares.u128(), 101 * TOKEN);
}

#[test]
fn shares_without_a_recipient_are_the_callers_and_nobody_moves_them() {
    for builder in [
        SuiteBuilder::base().with_coin_shares(),
        SuiteBuilder::base().with_cw20_shares(),
    ] {
        let mut journey = begin(builder);
        let (caller, voucher) = (journey.caller(), journey.voucher.clone());
        let relayed = journey.send_home(&voucher, 50 * TOKEN, &json!({"deposit": {}}));
        assert!(relayed.is_arrived(), "{}", relayed.acknowledgement);
        assert_eq!(journey.suite.shares(&caller), 50 * TOKEN);

        // whatever it says to the vault comes with what has been transferred
        let bob = journey.bob.clone();
        let tries = [
            json!({"request_withdrawal": {"shares": "50000000", "recipient": bob}}),
            json!({"transfer": {"recipient": bob, "amount": "50000000"}}),
            json!({"increase_allowance": {"spender": bob, "amount": "50000000"}}),
        ];
        for msg in tries {
            let relayed = journey.send_home(&voucher, 1, &msg);
            assert!(!relayed.is_arrived(), "{msg}");
        }
        assert_eq!(journey.suite.shares(&caller), 50 * TOKEN);
    }
}

/// Alice's shares go out; their denom at the other end.
fn send_shares_out(journey: &mut Journey, shares: u128) -> String {
    let (alice, denom) = (journey.alice.clone(), journey.suite.share_name());
    let Loopback { here, there } = journey.channel.clone();
    let real = journey.suite.chain.real();
    let out = real.transfer("alice", &here, &alice, &coin(shares, &denom), "");
    assert!(real.relay("bob", &out.unwrap()).unwrap().is_arrived());
    real.voucher(&there, &denom).unwrap()
}

fn bring_home(real: &mut Chain, from: &str, to: &str, denom: &str, shares: u128) {
    let sent = real.transfer("alice", from, to, &coin(shares, denom), "");
    assert!(real.relay("bob", &sent.unwrap()).unwrap().is_arrived());
}

#[test]
fn shares_go_out_come_home_and_are_redeemed() {
    let mut journey = begin(SuiteBuilder::base().with_coin_shares());
    let (alice, bob) = (journey.alice.clone(), journey.bob.clone());
    let away = send_shares_out(&mut journey, 40 * TOKEN);
    assert_eq!(journey.has(&alice, &away), 40 * TOKEN);
    // nothing is missing: they lie in the channel's account
    let shares = journey.suite.solvency().shares;
    assert_eq!(shares.supply, shares.supply_by_token);

    let there = journey.channel.there.clone();
    let real = journey.suite.chain.real();
    bring_home(real, &there, &bob, &away, 40 * TOKEN);

    assert_eq!(journey.suite.shares(&bob), 40 * TOKEN);
    let request = (journey.suite).call(&bob, &request_withdrawal(40 * TOKEN), vec![]);
    let outcome = journey.suite.chain.block(BLOCK, vec![request]);
    assert!(outcome[0].is_ok(), "{outcome:?}");
    assert_eq!(journey.suite.totals().escrow_shares.u128(), 40 * TOKEN);
}

#[test]
fn shares_are_redeemed_on_their_arrival() {
    let mut journey = begin(SuiteBuilder::base().with_coin_shares());
    let bob = journey.bob.clone();
    let away = send_shares_out(&mut journey, 40 * TOKEN);
    let msg = json!({"request_withdrawal": {"recipient": bob}});

    let relayed = journey.send_home(&away, 40 * TOKEN, &msg);

    assert!(relayed.is_arrived(), "{}", relayed.acknowledgement);
    let withdrawals = journey.suite.position(&bob).withdrawals;
    assert_eq!(withdrawals[0].shares.u128(), 40 * TOKEN);
}
