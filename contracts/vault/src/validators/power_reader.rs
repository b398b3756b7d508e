//! Reads the power of one validator after the other, by whatever source the vault has.

use cosmwasm_std::{Decimal, Deps, QuerierWrapper, Uint128};
use defenders_allocation::BondStatus;
use defenders_allocation::Gather;
use defenders_types::PowerSource;

use crate::chain::power::{query_commission, query_power};
use crate::chain::{staking, ReadError};
use crate::error::ContractError;
use crate::state::attested::{AttestedRow, AttestedTable, ATTESTED};
use crate::state::{Config, Power};

/// Reads powers.
pub struct PowerReader<'a> {
    deps: Deps<'a>,
    source: &'a PowerSource,
    /// The policy asks for self-bonds, and they can bind.
    reads_self_bonds: bool,
    /// The posted table, where there is one.
    table: Option<AttestedTable>,
}

/// What was read of a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PowerReading {
    /// To be stored.
    pub power: Power,
    /// What one of its shares is worth. `None` without shares, or where the source does not tell.
    pub tokens_per_share: Option<Decimal>,
}

impl<'a> PowerReader<'a> {
    /// A reader by the vault's source.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn open(deps: Deps<'a>, config: &'a Config) -> Result<Self, Box<ContractError>> {
        let table = match config.power_source {
            PowerSource::Attested { .. } => ATTESTED.may_load(deps.storage)?,
            _ => None,
        };
        Ok(Self {
            deps,
            source: &config.power_source,
            reads_self_bonds: config.policy.bond_factor.is_some()
                && config.power_source.tells_powers(),
            table,
        })
    }

    /// When what it reads was true, seconds: a posted table is as old as it is.
    #[must_use]
    pub fn as_of(&self, now: u64) -> u64 {
        self.table.as_ref().map_or(now, |table| table.posted_at)
    }

    /// The validators of the posted table, most powerful first. `None`: the source has none.
    #[must_use]
    pub fn posted_order(&self) -> Option<Vec<String>> {
        // a few hundred at most: another sort would be some KB of the contract
        let mut order: Vec<&AttestedRow> = vec![];
        for row in &self.table.as_ref()?.rows {
            let at = order.partition_point(|above| above.tokens >= row.tokens);
            order.insert(at, row);
        }
        Some(order.into_iter().map(|row| row.validator.clone()).gather())
    }

    /// A validator's tokens, and those without the vault's.
    ///
    /// # Errors
    /// When the source does not answer about it.
    pub fn read_stake(
        &self,
        validator: &str,
        delegated: Uint128,
    ) -> Result<(Uint128, Uint128), ReadError> {
        match query_power(&self.deps.querier, self.source, validator)? {
            Some(power) => Ok((power.tokens, power.tokens.saturating_sub(delegated))),
            None => self.posted_stake(validator),
        }
    }

    /// Zero without powers.
    fn posted_stake(&self, validator: &str) -> Result<(Uint128, Uint128), ReadError> {
        if !matches!(self.source, PowerSource::Attested { .. }) {
            return Ok((Uint128::zero(), Uint128::zero()));
        }
        let row = self.table.as_ref().and_then(|table| table.row(validator));
        let row = row.ok_or_else(|| ReadError::not_posted(validator))?;
        Ok((row.tokens, row.external))
    }

    /// What is to be known of a validator. `is_bonded`: it is among the chain's bonded ones, which a source
    /// without an answer of its own goes by; nothing tells such a source who is jailed.
    ///
    /// # Errors
    /// When the source, or the chain, does not answer about it.
    pub fn read(
        &self,
        validator: &str,
        delegated: Uint128,
        is_bonded: bool,
    ) -> Result<PowerReading, ReadError> {
        if let Some(read) = query_power(&self.deps.querier, self.source, validator)? {
            return Ok(PowerReading {
                power: Power {
                    tokens: read.tokens,
                    external: read.tokens.saturating_sub(delegated),
                    is_read: true,
                    status: read.status,
                    is_jailed: read.is_jailed,
                    commission_rate: read.commission_rate,
                    commission_ceiling: read.commission_ceiling,
                    self_bond: self.read_self_bond(validator),
                },
                tokens_per_share: read.tokens_per_share,
            });
        }
        let commission = query_commission(&self.deps.querier, validator)?;
        let (tokens, external) = match is_bonded || self.table.is_none() {
            true => self.posted_stake(validator)?,
            // a table has the bonded ones alone
            false => (Uint128::zero(), Uint128::zero()),
        };
        Ok(PowerReading {
            power: Power {
                tokens,
                external,
                is_read: true,
                status: match is_bonded {
                    true => BondStatus::Bonded,
                    false => BondStatus::Unbonded,
                },
                is_jailed: false,
                commission_rate: commission.rate,
                commission_ceiling: commission.ceiling,
                self_bond: self.read_self_bond(validator),
            },
            tokens_per_share: None,
        })
    }

    fn read_self_bond(&self, validator: &str) -> Option<Uint128> {
        match self.reads_self_bonds {
            true => staking::query_self_bond(self.deps, validator),
            false => None,
        }
    }
}

/// The chain lets contracts ask for powers as the source needs it. Others than raw queries need nothing that
/// not every chain has.
///
/// # Errors
/// [`ContractError::UnfitPowerSource`].
pub fn ensure_source_fits(
    querier: &QuerierWrapper,
    source: &PowerSource,
    validator: &str,
) -> Result<(), Box<ContractError>> {
    query_power(querier, source, validator).map_err(|error| {
        let error = error.to_string();
        ContractError::UnfitPowerSource {
            power_source: source.name(),
            error: error.lines().next().unwrap_or_default().to_owned(),
        }
    })?;
    Ok(())
}
