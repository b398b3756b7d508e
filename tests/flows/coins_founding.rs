//! A vault begins with shares that are coins: the chain takes its fee for the denom.
//!
//! Succeeds whatever the fee is paid in: the seed is what is left of the bond denom, other coins go back, and
//! what lay at the address before is nobody's; when the chain refuses only what wallets are told; beside another
//! vault of the same subdenom.
//!
//! Fails when the fee is missing or leaves too small a seed, for names that the chain would not take, where contracts
//! may not burn, and on a chain that has no such messages: then there is no vault.

use cosmwasm_std::{Coin, coin, coins};
use defenders_suite::chain::Code;
use defenders_suite::choice::is_real;
use defenders_suite::deployment::predict_address;
use defenders_suite::messages::{deposit, list_validators, request_withdrawal, tick};
use defenders_suite::share::{share_cw20, share_denom};
use defenders_suite::{
    BLOCK, DENOM, Refusal, Suite, SuiteBuilder, TOKEN, Tx, TxResult, event, json, text,
};
use defenders_types::{ExecuteMsg, Job, ShareInput};

use crate::examples;

const SALT: &str = "beside";

/// A chain that asks this for a denom, on which the suite's own vault does not matter.
fn asking(fee: &[Coin]) -> Place {
    let builder = SuiteBuilder::base().with_cw20_shares();
    Place::on(builder.with_creation_fee(fee.to_vec()).build())
}

/// Where Alice instantiates a vault.
struct Place {
    suite: Suite,
    /// Of vault and pot.
    codes: [u64; 2],
    /// The address of the vault to come.
    vault: String,
}

impl Place {
    fn on(mut suite: Suite) -> Self {
        let codes = [Code::Vault, Code::RewardPot].map(|code| suite.chain.store(code));
        let checksum = suite.chain.checksum(codes[0]);
        let vault = predict_address(&checksum, &suite.user("alice"), SALT);
        Self {
            suite,
            codes,
            vault,
        }
    }

    /// Alice has these coins, and sends those.
    fn instantiate(&mut self, share: ShareInput, has: &[Coin], sends: &[Coin]) -> TxResult {
        let [code_id, pot] = self.codes;
        let mut msg = examples::instantiation(&self.suite, pot);
        msg.share = share;
        let tx = Tx::Instantiate {
            code_id,
            sender: self.suite.user("alice"),
            admin: None,
            salt: Some(SALT.into()),
            msg: json(&msg),
            funds: sends.to_vec(),
        };
        let alice = self.suite.user("alice");
        self.suite.chain.fund(&alice, has.to_vec());
        self.suite.chain.block(BLOCK, vec![tx]).remove(0)
    }

    /// What Alice has.
    fn alices(&self, denom: &str) -> u128 {
        self.suite.chain.balance(&self.suite.user("alice"), denom)
    }

    /// What the vault has.
    fn vaults(&self, denom: &str) -> u128 {
        self.suite.chain.balance(&self.vault, denom)
    }
}

fn seed_of(created: &TxResult) -> String {
    let created = created.as_ref().unwrap();
    text(&created.named("instantiated")[0], "tokens")
}

fn ensure_refused(created: TxResult, reasons: &[&str]) {
    let Refusal { text } = created.unwrap_err();
    assert!(
        reasons.iter().all(|reason| text.contains(reason)),
        "{reasons:?}: {text}"
    );
}

#[test]
fn fee_in_the_bond_denom_comes_off_the_seed() {
    let fee = [coin(3, DENOM)];
    let mut place = asking(&fee);
    let sent = coins(TOKEN + 3, DENOM);

    let created = place.instantiate(share_denom(), &sent, &sent);

    assert_eq!(seed_of(&created), TOKEN.to_string());
    let denom = format!("factory/{}/udefend", place.vault);
    assert_eq!(place.vaults(&denom), TOKEN);
    assert_eq!(place.alices(DENOM), 0);
}

#[test]
fn fee_in_another_denom_is_taken_and_the_rest_goes_back() {
    let fee = [coin(7, "uother")];
    let mut place = asking(&fee);
    let sent = [coin(10, "uother"), coin(TOKEN, DENOM), coin(4, "uzzz")];

    let created = place.instantiate(share_denom(), &sent, &sent);

    assert_eq!(seed_of(&created), TOKEN.to_string());
    assert_eq!(
        ["uother", "uzzz", DENOM].map(|it| place.alices(it)),
        [3, 4, 0]
    );
    assert_eq!(["uother", "uzzz"].map(|it| place.vaults(it)), [0, 0]);
}

#[test]
fn fee_in_both_is_taken_of_both() {
    let fee = [coin(7, "uother"), coin(TOKEN / 2, DENOM)];
    let mut place = asking(&fee);
    let sent = [coin(7, "uother"), coin(TOKEN + TOKEN / 2 + 1, DENOM)];

    let created = place.instantiate(share_denom(), &sent, &sent);

    assert_eq!(seed_of(&created), (TOKEN + 1).to_string());
}

#[test]
fn chain_that_asks_nothing_gets_nothing() {
    let mut place = asking(&[]);
    let sent = [coin(2, "uother"), coin(TOKEN, DENOM)];

    let created = place.instantiate(share_denom(), &sent, &sent);

    assert_eq!(seed_of(&created), TOKEN.to_string());
    assert_eq!(place.alices("uother"), 2);
}

#[test]
fn missing_fee_is_refused_in_the_chains_words() {
    let fee = [coin(7, "uother")];
    let mut place = asking(&fee);
    let sent = [coin(6, "uother"), coin(TOKEN, DENOM)];

    let created = place.instantiate(share_denom(), &sent, &sent);

    let reason = "spendable balance 6uother is smaller than 7uother: insufficient funds";
    ensure_refused(created, &[reason]);
    assert_eq!(["uother", DENOM].map(|it| place.alices(it)), [6, TOKEN]);
}

#[test]
fn fee_that_leaves_too_small_a_seed_is_refused_with_the_numbers() {
    let fee = [coin(3, DENOM)];
    let mut place = asking(&fee);
    let sent = coins(TOKEN + 2, DENOM);

    let created = place.instantiate(share_denom(), &sent, &sent);

    let reason =
        "the seed must be at least 1000000, sent 1000002 of which creating the denom cost 3";
    ensure_refused(created, &[reason]);
}

#[test]
fn coins_that_lay_at_the_address_before_are_no_seed() {
    let fee = [coin(7, "uother"), coin(3, DENOM)];
    let mut place = asking(&fee);
    let lies = [coin(50, "uother"), coin(5 * TOKEN, DENOM)];
    let mallory = place.suite.user("mallory");
    place.suite.chain.fund(&mallory, lies.to_vec());
    let tx = Tx::Send {
        sender: mallory,
        recipient: place.vault.clone(),
        coins: lies.to_vec(),
    };
    place.suite.chain.block(BLOCK, vec![tx]).remove(0).unwrap();
    let too_few = coins(TOKEN + 2, DENOM);
    let created = place.instantiate(share_denom(), &too_few, &too_few);
    ensure_refused(
        created,
        &["the seed must be at least 1000000, sent 1000002"],
    );

    let sent = [coin(9, "uother"), coin(TOKEN + 3, DENOM)];
    let has = [coin(9, "uother"), coin(1, DENOM)];
    let created = place.instantiate(share_denom(), &has, &sent);

    assert_eq!(seed_of(&created), TOKEN.to_string());
    assert_eq!(place.alices("uother"), 2);
    assert_eq!(place.vaults("uother"), 50);
}

#[test]
fn refused_metadata_are_told_and_no_more() {
    let mut builder = SuiteBuilder::base().with_coin_shares();
    builder.chain.takes_denom_metadata = false;
    let suite = builder.build();

    let expected = event(
        "metadata_refused",
        [
            ("denom", &suite.share_name()),
            ("error", &"codespace: tokenfactory, code: 11"),
        ],
    );
    let told = suite.instantiate_outcome.vault_events();
    assert_eq!(told.last(), Some(&expected));
    let denom = suite.share_name();
    let info = suite.chain.denom_info(&denom);
    assert_eq!(info.admin, suite.vault);
    assert_eq!(info.units, [(denom, 0)]);
}

#[test]
fn chain_without_a_token_factory_gets_no_vault() {
    let mut place = asking(&[]);
    let mut share = share_denom();
    if let ShareInput::Denom { message_prefix, .. } = &mut share {
        *message_prefix = Some("/unheard.of.v1".into());
    }
    let sent = coins(TOKEN, DENOM);

    let created = place.instantiate(share, &sent, &sent);

    let reason = match is_real() {
        true => "/unheard.of.v1.MsgCreateDenom",
        false => "codespace: undefined, code: 1",
    };
    ensure_refused(created, &[reason]);
    assert_eq!(place.alices(DENOM), TOKEN);
}

#[test]
fn names_that_the_chain_would_not_take_are_refused_with_their_bounds() {
    let mut place = asking(&[]);
    let long = "u".repeat(45);
    type Change = fn(&mut ShareInput, &str);
    let cases: [(&str, &str, Change); 11] = [
        ("subdenom", "", set_subdenom),
        ("subdenom", &long, set_subdenom),
        ("subdenom", "u defend", set_subdenom),
        ("subdenom", "ü", set_subdenom),
        ("message_prefix", "/", set_prefix),
        ("message_prefix", "osmosis.tokenfactory.v1beta1", set_prefix),
        ("message_prefix", "/osmosis tokenfactory", set_prefix),
        ("symbol", "D3F", set_symbol),
        ("symbol", "-AB", set_symbol),
        ("name", "ab", set_name),
        ("name", "    ", set_name),
    ];
    for (name, value, change) in cases {
        let mut share = share_denom();
        change(&mut share, value);
        let sent = coins(TOKEN, DENOM);
        let created = place.instantiate(share, &sent, &sent);
        ensure_refused(created, &[name, value]);
    }
}

#[test]
fn names_of_a_cw20_are_bounded_as_well() {
    let mut place = asking(&[]);
    for (name, value) in [("symbol", "-AB"), ("symbol", "---"), ("name", "    ")] {
        let mut share = share_cw20();
        if let ShareInput::Cw20 {
            name: full, symbol, ..
        } = &mut share
        {
            *(if name == "name" { full } else { symbol }) = value.into();
        }
        let sent = coins(TOKEN, DENOM);
        let created = place.instantiate(share, &sent, &sent);
        ensure_refused(created, &[name, value]);
    }
}

fn set_subdenom(share: &mut ShareInput, text: &str) {
    if let ShareInput::Denom { subdenom, .. } = share {
        *subdenom = text.into();
    }
}

fn set_prefix(share: &mut ShareInput, text: &str) {
    if let ShareInput::Denom { message_prefix, .. } = share {
        *message_prefix = Some(text.into());
    }
}

fn set_symbol(share: &mut ShareInput, text: &str) {
    if let ShareInput::Denom { symbol, .. } = share {
        *symbol = text.into();
    }
}

fn set_name(share: &mut ShareInput, text: &str) {
    if let ShareInput::Denom { name, .. } = share {
        *name = text.into();
    }
}

#[test]
fn chain_on_which_contracts_cannot_burn_gets_no_vault() {
    let mut place = asking(&[]);
    let sent = coins(TOKEN, DENOM);
    place.suite.faults().refuse_burns();

    place.instantiate(share_denom(), &sent, &sent).unwrap_err();

    assert_eq!(place.alices(DENOM), TOKEN);
    place.suite.heal();
    place.instantiate(share_denom(), &[], &sent).unwrap();
    // what was made to be burnt is gone
    let denom = format!("factory/{}/udefend", place.vault);
    assert_eq!(place.suite.chain.owners(&denom), [(place.vault, TOKEN)]);
}

impl Place {
    /// Another vault that takes deposits: its own admin, with a list, refreshed.
    fn open(&mut self) {
        let [code_id, pot] = self.codes;
        let mut msg = examples::instantiation(&self.suite, pot);
        msg.share = share_denom();
        msg.policy = None;
        let owner = self.suite.owner.clone();
        let sent = coins(TOKEN, DENOM);
        let alice = self.suite.user_with("alice", TOKEN);
        let tx = Tx::Instantiate {
            code_id,
            sender: alice,
            admin: Some(self.vault.clone()),
            salt: Some(SALT.into()),
            msg: json(&msg),
            funds: sent,
        };
        self.suite.chain.block(BLOCK, vec![tx]).remove(0).unwrap();
        let list = list_validators(&self.suite.listed);
        let refresh = tick(Some(Job::Refresh));
        // the largest validators, then the listed ones
        for msg in [&list, &refresh, &refresh] {
            self.tell(&owner, msg, vec![]).unwrap();
        }
    }

    /// Somebody says something to the other vault.
    fn tell(&mut self, sender: &str, msg: &ExecuteMsg, funds: Vec<Coin>) -> TxResult {
        let tx = Tx::Execute {
            sender: sender.into(),
            contract: self.vault.clone(),
            msg: json(msg),
            funds,
        };
        self.suite.chain.block(BLOCK, vec![tx]).remove(0)
    }
}

#[test]
fn second_vault_of_the_same_subdenom_has_shares_of_its_own() {
    let builder = SuiteBuilder::base()
        .with_coin_shares()
        .with_creation_fee(vec![]);
    let mut place = Place::on(crate::fixture::funded_from(builder));
    place.open();
    let alice = place.suite.user_with("alice", 7 * TOKEN);
    let deposited = coins(7 * TOKEN, DENOM);
    place.tell(&alice, &deposit(), deposited).unwrap();
    let others = format!("factory/{}/udefend", place.vault);
    assert_ne!(others, place.suite.share_name());
    assert_eq!(place.alices(&others), 7 * TOKEN);

    let msg = request_withdrawal(5);
    let refusal = place
        .suite
        .execute(&alice, &msg, coins(5, others.clone()))
        .unwrap_err();
    let reason = format!("only {} is taken, sent 5{others}", place.suite.share_name());
    assert!(refusal.says(&reason), "{}", refusal.text);
    // where they come from they are taken, and the first vault's are not
    let own = place.suite.share_coins(5);
    let refusal = place.tell(&alice, &msg, own).unwrap_err();
    assert!(
        refusal.says(&format!("only {others} is taken")),
        "{}",
        refusal.text
    );
    place.tell(&alice, &msg, coins(5, others)).unwrap();
}
