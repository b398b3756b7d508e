//! The operators of a chain: what has become of each, and why one has the stake of the vault that it has.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::{Binary, Decimal, Uint128};
use defenders_client::chain::{
    BondStatus, ChainValidator, Fate, account_of_operator, consensus_hex_of_address,
    consensus_hex_of_key, count_bonded, fate_of, find_unseen, rank_of,
};
use defenders_client::explain::{
    Asked, Candidate, ExplainError, Obstacle, WhatIf, compute_acts, find_obstacles,
};
use defenders_types::ValidatorInfo;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::error::NetworkError;
use crate::vault::VaultAnswers;

/// All validators of a chain, and their signing records.
#[derive(Debug, Deserialize)]
pub struct ChainAnswers {
    /// Of every status.
    pub validators: Vec<ChainRow>,
    /// x/slashing's, of all that ever were bonded.
    pub signing_infos: Vec<SigningRow>,
}

/// A validator as x/staking tells it.
#[derive(Debug, Deserialize)]
pub struct ChainRow {
    /// Operator address.
    pub validator: String,
    /// Its status.
    pub status: BondStatus,
    /// Whether it was put out of the set.
    pub jailed: bool,
    /// All stake there, tokens.
    pub tokens: Uint128,
    /// What it charges.
    pub commission: Decimal,
    /// The most that it may ever charge.
    pub max_commission: Decimal,
    /// Its ed25519 key; null where it is of another kind.
    pub consensus_key: Option<Binary>,
}

/// A signing record.
#[derive(Debug, Deserialize)]
pub struct SigningRow {
    /// Consensus address, bech32.
    pub address: String,
    /// It never comes back.
    pub tombstoned: bool,
}

/// Which validators.
#[derive(Debug, Deserialize)]
pub struct OperatorsQuestion {
    /// Of the chain.
    pub chain: ChainAnswers,
    /// All rows of the vault's `validators {}`.
    pub known: Vec<ValidatorInfo>,
}

/// Each validator, in the order of the question.
#[derive(Debug, Serialize)]
pub struct OperatorsAnswer {
    /// How many are bonded.
    pub bonded_validators: usize,
    /// A row each.
    pub operators: Vec<OperatorRow>,
}

/// What is worked out of one.
#[derive(Debug, Serialize)]
pub struct OperatorRow {
    /// Operator address.
    pub validator: String,
    /// Its account; null where the address is none.
    pub account: Option<String>,
    /// Its place by bonded tokens; null when it is not bonded.
    pub rank: Option<usize>,
    /// What has become of it; null: it is bonded.
    pub fate: Option<Fate>,
    /// The same, where the vault has not read it yet.
    pub unseen: Option<Fate>,
    /// Which of the signing records is its own; null: none.
    pub signing_info: Option<usize>,
}

/// Of which validator, and what if.
#[derive(Debug, Deserialize)]
pub struct ExplainQuestion {
    /// The chain.
    pub chain: ChainAnswers,
    /// The vault.
    pub vault: VaultAnswers,
    /// Operator address.
    pub validator: String,
    /// What its operator delegates to it, tokens.
    pub self_bond: Uint128,
    /// What to try.
    pub asked: AskedRow,
}

/// What to try at once; each null: as it is.
#[derive(Debug, Default, Deserialize)]
pub struct AskedRow {
    /// So many tokens more of its own.
    pub self_bond: Option<Uint128>,
    /// Another commission.
    pub commission: Option<Decimal>,
    /// Another maximum of its own.
    pub own_maximum: Option<OwnMaximum>,
}

/// A maximum of its own.
#[derive(Debug, Deserialize)]
pub struct OwnMaximum {
    /// Tokens; null: none.
    pub tokens: Option<Uint128>,
}

/// As `defenders explain --json` has it.
#[derive(Debug, Serialize)]
pub struct ExplainAnswer {
    /// What would keep it from being given stake were it listed; of one that the vault knows none is told.
    pub obstacles: Vec<Obstacle>,
    /// What its operator's own acts would change.
    pub what_if: Vec<WhatIf>,
    /// Whether the rule as rebuilt gives everybody what the vault says.
    pub is_exact: bool,
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum OperatorsError {
    /// Of a validator that the chain does not have.
    #[error("the chain has no validator {validator}")]
    NoSuchValidator {
        /// The validator.
        validator: String,
    },
    /// The vault's answers make no rule.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// Nothing can be tried.
    #[error(transparent)]
    Explain(#[from] ExplainError),
}

impl ChainAnswers {
    fn validators(&self) -> Vec<ChainValidator> {
        let rows = self.validators.iter().map(|row| ChainValidator {
            validator: row.validator.clone(),
            status: row.status,
            jailed: row.jailed,
            tokens: row.tokens.u128(),
            commission: row.commission,
            max_commission: row.max_commission,
            consensus_address: row
                .consensus_key
                .as_ref()
                .and_then(|key| consensus_hex_of_key(key)),
        });
        rows.collect()
    }

    fn tombstoned(&self) -> BTreeSet<String> {
        let dead = self.signing_infos.iter().filter(|row| row.tombstoned);
        dead.filter_map(|row| consensus_hex_of_address(&row.address))
            .collect()
    }
}

/// What has become of each.
pub fn compute_operators(question: &OperatorsQuestion) -> OperatorsAnswer {
    let all = question.chain.validators();
    let tombstoned = question.chain.tombstoned();
    let unseen: BTreeMap<String, Fate> = find_unseen(&question.known, &all, &tombstoned)
        .into_iter()
        .map(|row| (row.validator, row.fate))
        .collect();
    let infos = question.chain.signing_infos.iter().enumerate();
    let places: BTreeMap<String, usize> = infos
        .filter_map(|(index, row)| Some((consensus_hex_of_address(&row.address)?, index)))
        .collect();
    let operators = all.iter().map(|it| OperatorRow {
        validator: it.validator.clone(),
        account: account_of_operator(&it.validator),
        rank: rank_of(it, &all),
        fate: fate_of(it, &tombstoned),
        unseen: unseen.get(&it.validator).copied(),
        signing_info: it
            .consensus_address
            .as_ref()
            .and_then(|address| places.get(address).copied()),
    });
    OperatorsAnswer {
        bonded_validators: count_bonded(&all),
        operators: operators.collect(),
    }
}

/// Why one has the stake that it has, and what would change that.
pub fn compute_explanation(question: &ExplainQuestion) -> Result<ExplainAnswer, OperatorsError> {
    let all = question.chain.validators();
    let found = all.iter().find(|it| it.validator == question.validator);
    let found = found.ok_or_else(|| OperatorsError::NoSuchValidator {
        validator: question.validator.clone(),
    })?;
    let vault = &question.vault;
    let policy = &vault.config.policy;
    let mut known = vault.validators.iter();
    let info = known.find(|it| it.validator == question.validator);
    let rule = vault.rule()?;
    let maximum = question.asked.own_maximum.as_ref();
    let asked = Asked {
        self_bond: question.asked.self_bond.map(|tokens| tokens.u128()),
        commission: question.asked.commission,
        own_maximum: maximum.map(|it| it.tokens.map(|tokens| tokens.u128())),
    };
    let candidate = Candidate {
        validator: &question.validator,
        tokens: found.tokens,
        self_bond: question.self_bond.u128(),
    };
    Ok(ExplainAnswer {
        obstacles: match info {
            Some(_) => Vec::new(),
            None => {
                let fate = fate_of(found, &question.chain.tombstoned());
                find_obstacles(found, fate, &all, policy)
            }
        },
        what_if: compute_acts(&rule, candidate, info, policy.max_commission_rate, &asked)?,
        is_exact: rule
            .is_as_stated()
            .map_err(|error| OperatorsError::Explain(error.into()))?,
    })
}

/// The accounts of operators, by operator address; what is no address is left out.
pub fn find_accounts(operators: &[String]) -> BTreeMap<&str, String> {
    let pairs = operators
        .iter()
        .filter_map(|it| Some((it.as_str(), account_of_operator(it)?)));
    pairs.collect()
}
