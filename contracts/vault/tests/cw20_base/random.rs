//! Random histories.

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Addr, Binary};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{json, Value};

/// Accounts that own shares: more than the longest page.
pub const ACCOUNTS: usize = 34;
/// Those that most is said of.
pub const BUSY: usize = 12;
/// What all of them begin with.
pub const BALANCE: u128 = 100;
/// Height and time of the beginning, and one step of time: ends are met exactly.
pub const HEIGHT: u64 = 1_000;
pub const SECONDS: u64 = 1_700_000_000;
pub const TIME_STEP: u64 = 5;

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
    /// A message of cw20, and which account sends it.
    Message(usize, Value),
    /// A deposit's part.
    Mint(usize, u128),
    /// A submission's part.
    Burn(u128),
    /// A request's part.
    Escrow(usize, u128),
    /// A cancel's part.
    GiveBack(usize, u128),
    /// Blocks and steps of time pass.
    Wait(u64, u64),
}

impl Step {
    /// What it is.
    pub fn name(&self) -> String {
        match self {
            Self::Message(_, message) => {
                message.as_object().unwrap().keys().next().unwrap().clone()
            }
            Self::Mint(..) => "mint".to_owned(),
            Self::Burn(_) => "burn".to_owned(),
            Self::Escrow(..) => "escrow".to_owned(),
            Self::GiveBack(..) => "give_back".to_owned(),
            Self::Wait(..) => "wait".to_owned(),
        }
    }
}

/// An account's address.
pub fn account(index: usize) -> Addr {
    MockApi::default().addr_make(&format!("account {index}"))
}

/// The vault's.
pub fn vault() -> Addr {
    MockApi::default().addr_make("vault")
}

/// Sixty steps at most.
pub fn history() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..60)
}

/// One owner that allows everyone, and one spender whom everyone allows: longer than a page.
pub fn crowd() -> Vec<Step> {
    let increase = |spender| {
        let spender = account(spender);
        json!({ "increase_allowance": { "spender": spender, "amount": "50" } })
    };
    let by_one = (1..ACCOUNTS).map(|spender| Step::Message(0, increase(spender)));
    let of_one = (2..ACCOUNTS).map(|owner| Step::Message(owner, increase(1)));
    by_one.chain(of_one).collect()
}

fn step() -> impl Strategy<Value = Step> {
    let message =
        (sender(), message()).prop_map(|(sender, message)| Step::Message(sender, message));
    let account = 0..BUSY;
    prop_oneof![
        12 => message,
        // the first account has the texts, until it names another
        2 => (select(vec![0, 0, 0, 1]), texts()).prop_map(|(by, texts)| Step::Message(by, texts)),
        1 => (account.clone(), amount()).prop_map(|(to, shares)| Step::Mint(to, shares)),
        1 => amount().prop_map(Step::Burn),
        1 => (account.clone(), amount()).prop_map(|(from, shares)| Step::Escrow(from, shares)),
        1 => (account, amount()).prop_map(|(to, shares)| Step::GiveBack(to, shares)),
        2 => (0..2u64, 0..2u64).prop_map(|(blocks, steps)| Step::Wait(blocks, steps)),
    ]
}

/// A few do most.
fn sender() -> impl Strategy<Value = usize> {
    prop_oneof![4 => 0..3usize, 1 => 0..BUSY]
}

fn message() -> impl Strategy<Value = Value> {
    let amount = || amount().prop_map(|amount| amount.to_string());
    let change = || (address(), amount(), expires());
    prop_oneof![
        (address(), amount()).prop_map(|(recipient, amount)| {
            json!({ "transfer": { "recipient": recipient, "amount": amount } })
        }),
        (address(), amount(), hook()).prop_map(|(contract, amount, msg)| {
            json!({ "send": { "contract": contract, "amount": amount, "msg": msg } })
        }),
        change().prop_map(|(spender, amount, expires)| {
            json!({ "increase_allowance": { "spender": spender, "amount": amount, "expires": expires } })
        }),
        change().prop_map(|(spender, amount, expires)| {
            json!({ "decrease_allowance": { "spender": spender, "amount": amount, "expires": expires } })
        }),
        (address(), address(), amount()).prop_map(|(owner, recipient, amount)| {
            json!({ "transfer_from": { "owner": owner, "recipient": recipient, "amount": amount } })
        }),
        (address(), address(), amount(), hook()).prop_map(|(owner, contract, amount, msg)| {
            json!({ "send_from": {
                "owner": owner, "contract": contract, "amount": amount, "msg": msg,
            } })
        }),
    ]
}

fn texts() -> impl Strategy<Value = Value> {
    let text = || prop::option::of(select(vec!["", " \t", "a", "ä \"b\" \\ \n", "https://c"]));
    let account = prop_oneof![
        6 => Just(None),
        2 => address().prop_map(Some),
        1 => Just(Some("nobody".to_owned())),
        1 => select(vec![Some(String::new()), Some(" ".to_owned())]),
    ];
    prop_oneof![
        (text(), text(), account).prop_map(|(project, description, marketing)| {
            json!({ "update_marketing": {
                "project": project, "description": description, "marketing": marketing,
            } })
        }),
        text().prop_map(|url| json!({ "upload_logo": { "url": url.unwrap_or_default() } })),
        logo(&[
            "<?xml ?>",
            "<?xml version=\"1.0\"?><svg>",
            "<?xml >?>",
            "<svg>",
            "<?xmlns?>",
            ""
        ])
        .prop_map(|svg| json!({ "upload_logo": { "embedded": { "svg": svg } } })),
        logo(&["\u{89}PNG\r\n\u{1a}\n", "\u{89}PNG\r\n\u{1a}", "PNG", ""])
            .prop_map(|png| json!({ "upload_logo": { "embedded": { "png": png } } })),
    ]
}

/// The beginning, and zeros up to some length around the bound.
fn logo(begins: &[&'static str]) -> impl Strategy<Value = Binary> {
    let length = select(vec![0, 0, 5_119, 5_120, 5_121]);
    (select(begins.to_vec()), length).prop_map(|(begin, length)| {
        let mut logo: Vec<u8> = begin.chars().map(|byte| byte as u8).collect();
        logo.resize(logo.len().max(length), 0);
        Binary::new(logo)
    })
}

/// A few are meant most often; some are none, or the vault's.
fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => (0..3usize).prop_map(|index| account(index).into()),
        6 => (0..BUSY).prop_map(|index| account(index).into()),
        1 => Just(vault().into()),
        1 => select(vec![String::new(), "nobody".to_owned(), account(0).as_str().to_uppercase()]),
    ]
}

/// Around what is owned and allowed.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        10 => 0..BALANCE / 3,
        4 => 0..BALANCE * 2,
        1 => select(vec![u128::MAX, u128::MAX / 2 + 1]),
    ]
}

fn hook() -> impl Strategy<Value = Binary> {
    vec(any::<u8>(), 0..20).prop_map(Binary::new)
}

/// Ends that come within a history, among them the very present.
fn expires() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => Just(Value::Null),
        1 => Just(json!({ "never": {} })),
        3 => (HEIGHT - 1..HEIGHT + 6).prop_map(|height| json!({ "at_height": height })),
        3 => (0..7u64).prop_map(|steps| {
            let seconds = SECONDS - TIME_STEP + steps * TIME_STEP;
            json!({ "at_time": (seconds * 1_000_000_000).to_string() })
        }),
    ]
}

/// Of whom, after whom, how many.
pub fn pages() -> impl Strategy<Value = Vec<(String, Option<String>, Option<u32>)>> {
    let after = prop_oneof![4 => address(), 1 => select(vec!["a".to_owned(), "zzz".to_owned()])];
    let limit = select(vec![0, 1, 10, 11, 30, 31, 32, u32::MAX]);
    let page = (address(), prop::option::of(after), prop::option::of(limit));
    vec(page, 30)
}
