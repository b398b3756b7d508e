//! The report of `defenders position`, in the shape of its JSON.

use cosmwasm_std::Uint128;
use defenders_node::Status;
use defenders_types::{BatchState, PositionResponse, Share, WithdrawalInfo};
use serde::Serialize;

use crate::session::{Account, Units, Vault};

/// Amounts are strings in base units, times seconds.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The vault.
    pub vault: String,
    /// Its chain.
    pub chain_id: String,
    /// Height of the latest block before the vault was asked.
    pub height: u64,
    /// Its time.
    pub time: u64,
    /// Whose position it is.
    pub account: String,
    /// Name of its key; null when the address was given.
    pub name: Option<String>,
    /// The denom of all tokens.
    pub denom: String,
    /// Shares held.
    pub shares: Uint128,
    /// What shares are: `cw20` or `denom`.
    pub share: &'static str,
    /// The contract of a cw20, the denom of coins.
    pub share_token: String,
    /// What the shares held are worth now.
    pub worth: Uint128,
    /// Withdrawals that are not claimed yet, by batch.
    pub withdrawals: Vec<WithdrawalRow>,
    /// What can be claimed now.
    pub claimable: Uint128,
    /// What withdrawals under way will bring, by the present estimate.
    pub under_way: Uint128,
}

/// A withdrawal.
#[derive(Debug, Serialize)]
pub struct WithdrawalRow {
    /// The batch.
    pub batch_id: u64,
    /// `open`, `submitting`, `unbonding` or `claimable`.
    pub state: &'static str,
    /// The account's shares in it.
    pub shares: Uint128,
    /// What a claim pays, or the estimate.
    pub tokens: Uint128,
    /// Whether `tokens` is certain.
    pub is_final: bool,
    /// When it can be claimed at the earliest; null: now, or not known.
    pub pays_earliest: Option<u64>,
    /// When at the latest, with a `tick {}` an hour.
    pub pays_latest: Option<u64>,
}

impl Report {
    /// Of what the vault answered.
    pub fn new(
        vault: &Vault<'_>,
        units: &Units,
        status: &Status,
        account: Account,
        position: PositionResponse,
    ) -> Self {
        let (share, share_token) = match &vault.config.share {
            Share::Cw20 {} => ("cw20", vault.address.clone()),
            Share::Denom { denom, .. } => ("denom", denom.clone()),
        };
        let withdrawals: Vec<WithdrawalRow> =
            position.withdrawals.iter().map(WithdrawalRow::of).collect();
        let sum = |is_final: bool| {
            let rows = withdrawals.iter().filter(|row| row.is_final == is_final);
            rows.fold(Uint128::zero(), |sum, row| sum.saturating_add(row.tokens))
        };
        Self {
            vault: vault.address.clone(),
            chain_id: status.chain_id.clone(),
            height: status.height,
            time: status.time,
            account: account.address,
            name: account.name,
            denom: units.denom.clone(),
            shares: position.shares,
            share,
            share_token,
            worth: position.tokens,
            claimable: sum(true),
            under_way: sum(false),
            withdrawals,
        }
    }
}

impl WithdrawalRow {
    fn of(row: &WithdrawalInfo) -> Self {
        Self {
            batch_id: row.batch_id,
            state: name_state(row.state),
            shares: row.shares,
            tokens: row.tokens,
            is_final: row.state == BatchState::Claimable,
            pays_earliest: row.pays_at.as_ref().map(|at| at.earliest),
            pays_latest: row.pays_at.as_ref().map(|at| at.latest),
        }
    }
}

/// As in answers.
pub fn name_state(state: BatchState) -> &'static str {
    match state {
        BatchState::Open => "open",
        BatchState::Submitting => "submitting",
        BatchState::Unbonding => "unbonding",
        BatchState::Claimable => "claimable",
    }
}
