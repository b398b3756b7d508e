//! All validators that are listed or hold stake, with what the vault has there, what the last
//! refresh read of them, and whether they are eligible.

pub mod eligibility;
pub mod inputs;
pub mod marks;
pub mod registry;
pub mod skip;

use cosmwasm_std::{Storage, Uint128};
use defenders_types::{AllocationPolicy, Exclusion};

use crate::error::ContractError;
use crate::state::powers::{load_powers, Power, PowerSummary, Powers, POWER_SUMMARY};
use crate::state::{Holding, HOLDINGS};

/// A validator that the vault knows.
#[derive(Clone, Debug)]
pub struct Validator {
    /// Operator address.
    pub address: String,
    /// What the vault has there.
    pub holding: Holding,
    /// What the last refresh read. `None` before the first.
    pub power: Option<Power>,
    /// Why it is not eligible.
    pub exclusion: Option<Exclusion>,
}

/// All validators, in ascending operator address.
#[derive(Clone, Debug)]
pub struct Validators {
    /// The validators.
    pub members: Vec<Validator>,
    /// The last full reading of the powers.
    pub summary: Option<PowerSummary>,
    /// Every stored holding is in `members`; else those of which nothing is left are missing.
    pub is_whole: bool,
}

impl Validators {
    /// Reads all of it: the holdings one by one, the powers page by page.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage, policy: &AllocationPolicy) -> Result<Self, ContractError> {
        let summary = POWER_SUMMARY.may_load(storage)?;
        let powers = match &summary {
            Some(summary) => load_powers(storage, summary.snapshot)?,
            None => Powers::default(),
        };
        Ok(Self::load_with(storage, &powers)?.with_eligibility(policy, summary))
    }

    /// Reads the holdings. Nobody is eligible until judged.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load_with(storage: &dyn Storage, powers: &Powers) -> Result<Self, ContractError> {
        let mut members = vec![];
        let mut is_whole = true;
        for row in HOLDINGS.all(storage) {
            let (address, holding) = row?;
            if holding.is_gone() {
                is_whole = false;
            } else {
                members.push(Validator {
                    address,
                    power: powers.of(holding.power_row),
                    exclusion: Some(Exclusion::Unknown),
                    holding,
                });
            }
        }
        Ok(Self {
            members,
            summary: None,
            is_whole,
        })
    }

    /// Who is eligible by this reading of the powers, if there is one.
    #[must_use]
    pub fn with_eligibility(
        mut self,
        policy: &AllocationPolicy,
        summary: Option<PowerSummary>,
    ) -> Self {
        for member in &mut self.members {
            member.exclusion = eligibility::compute_exclusion(
                policy,
                summary.as_ref(),
                &member.address,
                &member.holding,
                member.power,
            );
        }
        self.summary = summary;
        self
    }

    /// The holding of a validator. `None`: it is not among them.
    #[must_use]
    pub fn holding(&self, address: &str) -> Option<&Holding> {
        let member = self.members.get(self.index_of(address)?)?;
        Some(&member.holding)
    }

    /// The same, to be changed.
    pub fn holding_mut(&mut self, address: &str) -> Option<&mut Holding> {
        let index = self.index_of(address)?;
        let member = self.members.get_mut(index)?;
        Some(&mut member.holding)
    }

    fn index_of(&self, address: &str) -> Option<usize> {
        let order = |member: &Validator| member.address.as_str().cmp(address);
        self.members.binary_search_by(order).ok()
    }

    /// The validator at this place among them.
    ///
    /// # Errors
    /// [`ContractError::NoSuchValidator`].
    pub fn at(&self, index: usize) -> Result<&Validator, ContractError> {
        self.members
            .get(index)
            .ok_or(ContractError::NoSuchValidator {
                index,
                of: self.members.len(),
            })
    }

    /// The vault's stake on validators that were bonded when read, tokens.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn delegated_to_bonded(&self) -> Result<Uint128, ContractError> {
        let mut sum = Uint128::zero();
        for member in &self.members {
            if member.power.is_some_and(|power| power.is_bonded) {
                sum = sum.checked_add(member.holding.delegated)?;
            }
        }
        Ok(sum)
    }

    /// How many are eligible.
    #[must_use]
    pub fn count_eligible(&self) -> usize {
        let members = self.members.iter();
        members.filter(|member| member.exclusion.is_none()).count()
    }

    /// How many hold stake.
    #[must_use]
    pub fn count_holding_stake(&self) -> usize {
        let members = self.members.iter();
        members
            .filter(|member| !member.holding.delegated.is_zero())
            .count()
    }

    /// S as of the last refresh, tokens; 0 before the first.
    #[must_use]
    pub fn total_bonded(&self) -> u128 {
        let summary = self.summary.as_ref();
        summary.map_or(0, |summary| summary.total_bonded.u128())
    }
}

impl Validator {
    /// e_i as of the last refresh, 0 when unknown.
    #[must_use]
    pub fn external(&self) -> u128 {
        self.power.map_or(0, |power| power.external.u128())
    }
}
