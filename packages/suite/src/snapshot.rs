//! All that the vault and the chain say at the end of one block.

use std::collections::BTreeMap;

use cosmwasm_std::{Event, Timestamp};
use defenders_types::{
    BatchInfo, ConfigResponse, LedgerEntry, OwnershipResponse, SolvencyResponse, TotalsResponse,
    ValidatorInfo,
};

use crate::chain::{ChainView, NativeEntry};
use crate::reader::Reader;

/// How much of a moment is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All of it.
    All,
    /// The rows of validators and the balances of shares, which cost most, only after calls that
    /// tell of a change to them and after every sync. What changed in silence is found then.
    WhatCallsTell,
}

/// Events of calls that change what the vault has on validators.
const STAKE: [&str; 4] = ["delegated", "undelegated", "redelegated", "synced"];
/// Events of ticks that change who has which shares, or that take stock of all.
const SHARES: [&str; 2] = ["batch_submitted", "synced"];

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
        Self::with(reader, reader.validator_infos(), reader.share_owners())
    }

    /// The present moment, to which time alone has led: no call was carried out, so that what contracts keep is as it
    /// was, and is not read again. Rows of validators cost most.
    pub fn later<C: ChainView + ?Sized>(&self, reader: &Reader<C>) -> Self {
        let (chain, vault) = (&reader.chain, &reader.vault);
        Self {
            time: chain.time(),
            totals: reader.totals(),
            solvency: reader.solvency(),
            batches: reader.batches(),
            bank_balance: reader.tokens(vault),
            owner_balance: reader.tokens(&self.ownership.owner),
            delegations: chain.delegations(vault).into_iter().collect(),
            entries: chain.unbonding_entries(vault),
            ..self.clone()
        }
    }

    /// The present moment, which these events of calls have led to.
    pub fn next<C: ChainView + ?Sized>(
        &self,
        reader: &Reader<C>,
        reading: Reading,
        events: &[Event],
    ) -> Self {
        let tells = |names: &[&str]| {
            let mut told = events.iter().filter_map(|e| e.ty.strip_prefix("vault/"));
            reading == Reading::All || told.any(|name| names.contains(&name))
        };
        let validators = match tells(&STAKE) {
            true => reader.validator_infos(),
            false => self.validators.clone(),
        };
        // what is no tick is a call of a user, or none at all
        let share_owners = match tells(&SHARES) || !tells(&["ticked"]) {
            true => reader.share_owners(),
            false => self.share_owners.clone(),
        };
        Self::with(reader, validators, share_owners)
    }

    fn with<C: ChainView + ?Sized>(
        reader: &Reader<C>,
        validators: Vec<ValidatorInfo>,
        share_owners: Vec<(String, u128)>,
    ) -> Self {
        let ownership = reader.ownership();
        let (chain, vault) = (&reader.chain, &reader.vault);
        Self {
            time: chain.time(),
            config: reader.config(),
            totals: reader.totals(),
            solvency: reader.solvency(),
            validators,
            batches: reader.batches(),
            ledger: reader.ledger(),
            share_owners,
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
