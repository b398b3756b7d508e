//! Own coins and own stake over a list, for whoever wants no vault: what goes where, and what cannot.

use cosmwasm_std::{Binary, Uint128};
use defenders_allocation::Exclusion;
use defenders_client::input::decode;
use defenders_client::metrics::{Metrics, to_count};
use defenders_client::spread::{
    Candidate, ListedValidator, MOST_MESSAGES, MOST_MESSAGES_ON_DEVICE, Situation, Spread,
    WhyBlocked, Wish, compute_networks, compute_spread, read_list, select_listed,
};
use defenders_types::ValidatorInfo;
use serde::{Deserialize, Serialize};

use crate::error::{ClientError, SpreadError};
use crate::json::{read, write};

/// A plan without a vault: `SpreadQuestion` as JSON in, `SpreadAnswer` as JSON out.
pub fn spread(question: &str) -> Result<String, ClientError> {
    write(&compute_answer(read(question)?)?)
}

/// What the page knows, and what is wanted.
#[derive(Debug, Deserialize)]
pub struct SpreadQuestion {
    /// What the chain says of the account and of its validators.
    pub situation: Situation,
    /// Over whom.
    pub list: ListOf,
    /// Coins to delegate, tokens.
    pub amount: Uint128,
    /// Whether own stake moves as well.
    pub redelegate: bool,
}

/// Where the list comes from.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListOf {
    /// All rows of a vault's `validators {}`, as they are.
    Vault(Vec<ValidatorInfo>),
    /// A file's bytes, base64.
    File(Binary),
}

/// What comes of it.
#[derive(Debug, Serialize)]
pub struct SpreadAnswer {
    /// How many are on the list.
    pub listed: u32,
    /// How many of them may be given something.
    pub eligible: u32,
    /// Coins that find no place within the caps, tokens.
    pub unplaced: Uint128,
    /// Coins that are delegated, first.
    pub delegations: Vec<Delegated>,
    /// Stake that moves, then.
    pub redelegations: Vec<Redelegated>,
    /// Stake that should move and cannot.
    pub blocked: Vec<BlockedStake>,
    /// Everybody on the list and everybody with own stake, in ascending operator address.
    pub validators: Vec<SpreadRow>,
    /// The chain now.
    pub before: Metrics,
    /// After all that is sent.
    pub after: Metrics,
    /// Most messages of one transaction.
    pub most_messages: u32,
    /// Most messages of one that a hardware wallet signs.
    pub most_messages_on_device: u32,
}

/// Coins for a validator.
#[derive(Debug, Serialize)]
pub struct Delegated {
    /// Operator address.
    pub validator: String,
    /// Tokens.
    pub tokens: Uint128,
}

/// Stake for a validator, from another.
#[derive(Debug, Serialize)]
pub struct Redelegated {
    /// Operator address.
    pub source: String,
    /// Operator address.
    pub destination: String,
    /// Tokens.
    pub tokens: Uint128,
}

/// Stake that stays where it should not.
#[derive(Debug, Serialize)]
pub struct BlockedStake {
    /// Operator address.
    pub validator: String,
    /// Tokens.
    pub tokens: Uint128,
    /// Why.
    pub why: WhyBlocked,
    /// From then on it can move, seconds since 1970; null when no time is known.
    pub free_at: Option<u64>,
}

/// A validator.
#[derive(Debug, Serialize)]
pub struct SpreadRow {
    /// Operator address.
    pub validator: String,
    /// Whether it is on the list.
    pub listed: bool,
    /// Why it is given nothing; null when it may be.
    pub exclusion: Option<Exclusion>,
    /// Own stake now, tokens.
    pub before: Uint128,
    /// Own stake then, tokens.
    pub after: Uint128,
    /// The most that it may get, tokens; null when it gets nothing.
    pub cap: Option<Uint128>,
    /// Until when nothing can be moved away from it, seconds since 1970; null when it can be now.
    pub locked_until: Option<u64>,
}

/// Answers a question.
pub fn compute_answer(question: SpreadQuestion) -> Result<SpreadAnswer, SpreadError> {
    let situation = &question.situation;
    let list: Vec<ListedValidator> = match question.list {
        ListOf::Vault(rows) => select_listed(rows, situation.now),
        ListOf::File(bytes) => read_list(&decode(bytes.to_vec())?, &situation.validators)?,
    };
    let wish = Wish {
        amount: question.amount.u128(),
        redelegate: question.redelegate,
        policy: None,
    };
    let spread = compute_spread(situation, &list, &wish)?;
    let (before, after) = compute_networks(situation, &spread);
    let count = |is: &dyn Fn(&Candidate<'_>) -> bool| {
        to_count(spread.candidates.iter().filter(|it| is(it)).count())
    };
    Ok(SpreadAnswer {
        listed: count(&|it| it.listed.is_some()),
        eligible: count(&|it| it.is_eligible()),
        unplaced: spread.unplaced.into(),
        delegations: spread
            .delegations
            .iter()
            .map(|(to, tokens)| Delegated {
                validator: address_of(&spread, *to),
                tokens: (*tokens).into(),
            })
            .collect(),
        redelegations: spread
            .redelegations
            .iter()
            .map(|(from, to, tokens)| Redelegated {
                source: address_of(&spread, *from),
                destination: address_of(&spread, *to),
                tokens: (*tokens).into(),
            })
            .collect(),
        blocked: spread
            .blocked
            .iter()
            .map(|it| BlockedStake {
                validator: address_of(&spread, it.index),
                tokens: it.tokens.into(),
                why: it.why,
                free_at: it.until,
            })
            .collect(),
        validators: to_rows(situation, &spread),
        before: Metrics::of(&before),
        after: Metrics::of(&after),
        most_messages: to_count(MOST_MESSAGES),
        most_messages_on_device: to_count(MOST_MESSAGES_ON_DEVICE),
    })
}

fn address_of(spread: &Spread<'_>, index: usize) -> String {
    let found = spread.candidates.get(index);
    found.map_or(String::new(), |it| it.address.to_string())
}

fn to_rows(situation: &Situation, spread: &Spread<'_>) -> Vec<SpreadRow> {
    let places = spread.after.iter().zip(&spread.caps);
    let rows = spread.candidates.iter().zip(places);
    rows.map(|(candidate, (after, cap))| SpreadRow {
        validator: candidate.address.to_string(),
        listed: candidate.listed.is_some(),
        exclusion: candidate.exclusion,
        before: candidate.own.into(),
        after: (*after).into(),
        cap: candidate.is_eligible().then_some((*cap).into()),
        locked_until: situation.locked_until(candidate.address),
    })
    .collect()
}
