//! All that the vault and the chain say at the end of one block.

use std::collections::BTreeMap;

use cosmwasm_std::Timestamp;
use defenders_types::{
    BatchInfo, ConfigResponse, LedgerEntry, OwnershipResponse, SolvencyResponse, TotalsResponse,
    ValidatorInfo,
};

use crate::chain::{ChainView, NativeEntry};
use crate::reader::Reader;

/// A moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Time of the block.
    pub time: Timestamp,
    /// Roles, policy, parameters.
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
    pub fn take<C: ChainView + ?Sized>(reader: &Reader<C>) -> Self {
        let ownership = reader.ownership();
        let (chain, vault) = (&reader.chain, &reader.vault);
        Self {
            time: chain.time(),
            config: reader.config(),
            totals: reader.totals(),
            solvency: reader.solvency(),
            validators: reader.validator_infos(),
            batches: reader.batches(),
            ledger: reader.ledger(),
            share_owners: reader.share_owners(),
            bank_balance: reader.tokens(vault),
            owner_balance: reader.tokens(&ownership.owner),
            ownership,
            delegations: chain.delegations(vault).into_iter().collect(),
            entries: chain.unbonding_entries(vault),
        }
    }

    /// All that shareholders and batches own, at face value; locked profit is a part of it.
    pub fn total_tokens(&self) -> u128 {
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
