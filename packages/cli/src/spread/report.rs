//! What `defenders spread` says, in the shape of its JSON. Amounts are strings in base units.

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{Exclusion, Policy};
use defenders_client::spread::{Candidate, Spread, WhyBlocked, compute_networks};
use serde::Serialize;

use super::account::Account;
use super::list::ListSource;
use crate::concentration::Metrics;
use crate::validator_set::clean_name;

/// All of it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whose coins and stake.
    pub account: String,
    /// The chain.
    pub chain_id: String,
    /// Base denom.
    pub denom: String,
    /// Over whom.
    pub list: ListRow,
    /// Caps and floor, as in force.
    pub policy: PolicyRow,
    /// Coins.
    pub coins: CoinsRow,
    /// What is sent, in this order.
    pub moves: Vec<MoveRow>,
    /// Stake that should move and cannot.
    pub blocked: Vec<BlockedRow>,
    /// Everybody on the list, and everybody with own stake.
    pub validators: Vec<ValidatorRow>,
    /// The chain now, and after all that is sent.
    pub network: Network,
}

/// The list.
#[derive(Debug, Serialize)]
pub struct ListRow {
    /// Where it comes from.
    pub from: ListSource,
    /// Who is on it.
    pub listed: usize,
    /// Who of them may be given something.
    pub eligible: usize,
}

/// Caps and floor.
#[derive(Debug, Serialize)]
pub struct PolicyRow {
    /// Most that one validator gets of all that is spread.
    pub vault_share_cap: Decimal,
    /// Most that one validator may hold of the chain.
    pub chain_share_cap: Option<Decimal>,
    /// Most that own stake may be of one validator's.
    pub match_cap: Option<Decimal>,
    /// Least of an equal split.
    pub floor: Decimal,
}

impl From<&Policy> for PolicyRow {
    fn from(policy: &Policy) -> Self {
        Self {
            vault_share_cap: policy.vault_share_cap,
            chain_share_cap: policy.chain_share_cap,
            match_cap: policy.match_cap,
            floor: policy.floor,
        }
    }
}

/// Coins.
#[derive(Debug, Serialize)]
pub struct CoinsRow {
    /// What the account can spend.
    pub spendable: Uint128,
    /// What is to be delegated.
    pub amount: Uint128,
    /// What the caps leave no place for.
    pub unplaced: Uint128,
}

/// A message.
#[derive(Debug, Serialize)]
pub struct MoveRow {
    /// `delegate` or `redelegate`.
    pub kind: &'static str,
    /// Operator address; null for coins.
    pub source_validator: Option<String>,
    /// Operator address.
    pub destination_validator: String,
    /// Tokens.
    pub tokens: Uint128,
}

/// Stake that cannot move.
#[derive(Debug, Serialize)]
pub struct BlockedRow {
    /// Operator address.
    pub validator: String,
    /// Tokens.
    pub tokens: Uint128,
    /// Why.
    pub why: WhyBlocked,
    /// From then on it can, seconds; null when no time is known.
    pub free_at: Option<u64>,
}

/// A validator.
#[derive(Debug, Serialize)]
pub struct ValidatorRow {
    /// Operator address.
    pub validator: String,
    /// As the list or the chain calls it, without what cannot be seen.
    pub name: Option<String>,
    /// Why it is given nothing; null when it may be.
    pub exclusion: Option<Exclusion>,
    /// All stake there; null when the chain does not know it.
    pub tokens: Option<Uint128>,
    /// Own stake now.
    pub before: Uint128,
    /// Own stake then.
    pub after: Uint128,
    /// The most that it may get; null when it gets nothing.
    pub cap: Option<Uint128>,
}

/// The chain in two states.
#[derive(Debug, Serialize)]
pub struct Network {
    /// Now.
    pub before: Metrics,
    /// After all that is sent.
    pub after: Metrics,
}

impl Report {
    /// Puts it together.
    pub fn new(
        address: &str,
        chain_id: &str,
        from: &ListSource,
        amount: u128,
        account: &Account,
        spread: &Spread<'_>,
    ) -> Self {
        let candidates = &spread.candidates;
        let name = |index: usize| {
            let found = candidates.get(index);
            found.map_or(String::new(), |it| it.address.to_string())
        };
        let delegations = spread.delegations.iter().map(|(to, tokens)| MoveRow {
            kind: "delegate",
            source_validator: None,
            destination_validator: name(*to),
            tokens: Uint128::new(*tokens),
        });
        let redelegations = spread
            .redelegations
            .iter()
            .map(|(from, to, tokens)| MoveRow {
                kind: "redelegate",
                source_validator: Some(name(*from)),
                destination_validator: name(*to),
                tokens: Uint128::new(*tokens),
            });
        let blocked = spread.blocked.iter().map(|it| BlockedRow {
            validator: name(it.index),
            tokens: Uint128::new(it.tokens),
            why: it.why,
            free_at: it.until,
        });
        let rows = candidates
            .iter()
            .zip(spread.after.iter().zip(&spread.caps))
            .map(|(candidate, (after, cap))| validator_row(account, candidate, *after, *cap));
        Self {
            account: address.to_string(),
            chain_id: chain_id.to_string(),
            denom: account.denom.clone(),
            list: ListRow {
                from: from.clone(),
                listed: candidates.iter().filter(|it| it.listed.is_some()).count(),
                eligible: candidates.iter().filter(|it| it.is_eligible()).count(),
            },
            policy: PolicyRow::from(&spread.policy),
            coins: CoinsRow {
                spendable: Uint128::new(account.spendable),
                amount: Uint128::new(amount),
                unplaced: Uint128::new(spread.unplaced),
            },
            moves: delegations.chain(redelegations).collect(),
            blocked: blocked.collect(),
            validators: rows.collect(),
            network: compute_network(account, spread),
        }
    }
}

fn validator_row(
    account: &Account,
    candidate: &Candidate<'_>,
    after: u128,
    cap: u128,
) -> ValidatorRow {
    let moniker = account.monikers.get(candidate.address);
    let listed = candidate.listed.and_then(|listed| listed.name.as_deref());
    let name = listed.and_then(clean_name);
    ValidatorRow {
        validator: candidate.address.to_string(),
        name: name.or_else(|| moniker.and_then(|name| clean_name(name))),
        exclusion: candidate.exclusion,
        tokens: candidate.info.map(|info| Uint128::new(info.tokens)),
        before: Uint128::new(candidate.own),
        after: Uint128::new(after),
        cap: candidate.is_eligible().then(|| Uint128::new(cap)),
    }
}

fn compute_network(account: &Account, spread: &Spread<'_>) -> Network {
    let (before, after) = compute_networks(&account.situation, spread);
    Network {
        before: Metrics::of(before, &[]),
        after: Metrics::of(after, &[]),
    }
}
