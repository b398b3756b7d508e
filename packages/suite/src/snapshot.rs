//! All that the vault and the chain say at the end of one block.

use std::collections::BTreeMap;

use cosmwasm_std::Timestamp;
use defenders_types::{
    BatchInfo, ConfigResponse, LedgerEntry, OwnershipResponse, SolvencyResponse, TotalsResponse,
    ValidatorInfo,
};

use super::Suite;
use super::chain::NativeEntry;

/// A moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Time of the block.
    pub time: Timestamp,
    /// Roles, policy, bounds.
    pub config: ConfigResponse,
    /// The owner, and who may take its place.
    pub ownership: OwnershipResponse,
    /// The book.
    pub totals: TotalsResponse,
    /// The book beside bank and chain.
    pub solvency: SolvencyResponse,
    /// Validators that are listed or hold stake.
    pub validators: Vec<ValidatorInfo>,
    /// All batches.
    pub batches: Vec<BatchInfo>,
    /// The vault's unbonding ledger.
    pub ledger: Vec<LedgerEntry>,
    /// Owners of shares, the vault included.
    pub share_owners: Vec<(String, u128)>,
    /// The chain: tokens in the vault's account.
    pub bank_balance: u128,
    /// The chain: tokens in the owner's account.
    pub owner_balance: u128,
    /// The chain: the vault's delegations.
    pub delegations: BTreeMap<String, u128>,
    /// The chain: the vault's unbonding entries.
    pub entries: Vec<NativeEntry>,
}

impl Snapshot {
    /// The present moment.
    pub fn take(suite: &Suite) -> Self {
        let ownership = suite.ownership();
        Self {
            time: suite.chain.time(),
            config: suite.config(),
            totals: suite.totals(),
            solvency: suite.solvency(),
            validators: suite.validator_infos(),
            batches: suite.batches(),
            ledger: suite.ledger(),
            share_owners: suite.share_owners(),
            bank_balance: suite.tokens(&suite.vault),
            owner_balance: suite.tokens(&ownership.owner),
            ownership,
            delegations: suite.chain.delegations(&suite.vault).into_iter().collect(),
            entries: suite.chain.unbonding_entries(&suite.vault),
        }
    }

    /// All that shareholders and batches own, at face value; locked profit is a part of it.
    pub fn gross_tokens(&self) -> u128 {
        let totals = &self.totals;
        (totals.bonded + totals.idle + totals.restaking + totals.unbonding + totals.claimable)
            .u128()
    }

    /// Tokens to place: delegations and the idle tokens above the reserve.
    pub fn tokens_to_place(&self) -> u128 {
        let totals = &self.totals;
        (totals.bonded + totals.idle.saturating_sub(totals.reserve)).u128()
    }
}
