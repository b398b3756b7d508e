//! All validators that are listed or hold stake, with what the vault has there, what the last
//! refresh read of them, and whether they are eligible.

use cosmwasm_std::{Decimal, Storage, Uint128};
use defenders_allocation::{
    compute_capacity, compute_vault_share_cap_in_force, Policy, Seat, ShaveSeat,
};
use defenders_types::{AllocationPolicy, Exclusion};

use crate::error::ContractError;
use crate::staking::MAX_ENTRIES;
use crate::state::{
    Holding, Power, PowerSummary, HOLDINGS, POWERS, POWERS_PER_PAGE, POWER_SUMMARY,
};

/// One validator of the roster.
#[derive(Clone, Debug)]
pub struct Member {
    /// Operator address.
    pub validator: String,
    /// What the vault has there.
    pub holding: Holding,
    /// What the last refresh read. `None` before the first.
    pub power: Option<Power>,
    /// Why it is not eligible.
    pub exclusion: Option<Exclusion>,
}

/// All validators, in ascending operator address.
#[derive(Clone, Debug)]
pub struct Roster {
    /// The validators.
    pub members: Vec<Member>,
    /// The last full reading of the powers.
    pub summary: Option<PowerSummary>,
    /// No holding is left out for being gone.
    pub is_whole: bool,
}

impl Holding {
    /// Left alone after a refusal.
    #[must_use]
    pub fn is_refusing(&self, now: u64) -> bool {
        now < self.refused_until
    }

    /// Since when it takes messages again, seconds; 0 when it always has.
    #[must_use]
    pub fn available_since(&self) -> u64 {
        self.refused_until.max(self.slot_freed_at)
    }

    /// Drained, and nothing is left of it: neither stake nor unbonding entries.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.draining_since.is_some() && self.delegated.is_zero() && self.slots == 0
    }

    /// What can be undelegated at once, tokens.
    #[must_use]
    pub fn removable(&self) -> Uint128 {
        let kept = if self.keeps_unit {
            Uint128::one()
        } else {
            Uint128::zero()
        };
        self.delegated.saturating_sub(kept)
    }

    /// Whether it takes an undelegation for a batch: one slot is kept for leaving it.
    #[must_use]
    pub fn has_slot_for_batch(&self) -> bool {
        !self.is_full && self.slots < MAX_ENTRIES.saturating_sub(1)
    }

    /// Whether it takes an undelegation that leaves it.
    #[must_use]
    pub fn has_slot_for_leaving(&self) -> bool {
        !self.is_full && self.slots < MAX_ENTRIES
    }
}

impl Roster {
    /// Reads all of it: the holdings one by one, the powers page by page.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage) -> Result<Self, ContractError> {
        match POWER_SUMMARY.may_load(storage)? {
            Some(summary) => {
                let powers = load_powers(storage, summary.generation)?;
                Ok(Self::with_powers(storage, &powers)?.judged_by(summary))
            }
            None => Self::with_powers(storage, &Powers::default()),
        }
    }

    /// Reads the holdings. Nobody is eligible yet.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn with_powers(storage: &dyn Storage, powers: &Powers) -> Result<Self, ContractError> {
        let mut members = vec![];
        let mut is_whole = true;
        for row in HOLDINGS.range(storage, ..) {
            let (validator, holding) = row?;
            if holding.is_gone() {
                is_whole = false;
            } else {
                let power = powers.of(holding.index);
                members.push(Member {
                    exclusion: exclusion(&validator, &holding, power, None),
                    validator,
                    holding,
                    power,
                });
            }
        }
        Ok(Self {
            members,
            summary: None,
            is_whole,
        })
    }

    /// Who is eligible by this reading of the powers.
    #[must_use]
    pub fn judged_by(mut self, summary: PowerSummary) -> Self {
        for member in &mut self.members {
            let Member {
                validator,
                holding,
                power,
                ..
            } = member;
            member.exclusion = exclusion(validator, holding, *power, Some(&summary));
        }
        self.summary = Some(summary);
        self
    }

    /// The vault's stake on validators that were bonded when read, tokens.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn bonded_at_bonded(&self) -> Result<Uint128, ContractError> {
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
    pub fn eligible(&self) -> usize {
        let members = self.members.iter();
        members.filter(|member| member.exclusion.is_none()).count()
    }

    /// S as of the last refresh, 0 before the first.
    #[must_use]
    pub fn total_bonded(&self) -> u128 {
        let summary = self.summary.as_ref();
        summary.map_or(0, |summary| summary.total_bonded.u128())
    }

    /// How many hold stake.
    #[must_use]
    pub fn holding_stake(&self) -> usize {
        let members = self.members.iter();
        members
            .filter(|member| !member.holding.delegated.is_zero())
            .count()
    }

    /// The policy with the vault share cap in force: wider for short lists.
    #[must_use]
    pub fn policy_in_force(&self, policy: &AllocationPolicy) -> Policy {
        Policy {
            vault_share_cap: self.vault_share_cap_in_force(policy),
            chain_share_cap: policy.chain_share_cap,
            match_cap: policy.match_cap,
            bond_factor: None,
            floor: policy.floor,
        }
    }

    /// max(alpha, 1.25 / eligible ones).
    #[must_use]
    pub fn vault_share_cap_in_force(&self, policy: &AllocationPolicy) -> Decimal {
        compute_vault_share_cap_in_force(policy.vault_share_cap, self.eligible())
    }

    /// The members as the target rule sees them.
    #[must_use]
    pub fn seats(&self) -> Vec<Seat> {
        let members = self.members.iter();
        members
            .map(|member| Seat {
                validator: member.validator.clone(),
                external: member.external(),
                held: member.holding.delegated.u128(),
                declared_max: None,
                self_bond: None,
                eligible: member.exclusion.is_none(),
            })
            .collect()
    }

    /// The members as a withdrawal sees them. Drained validators, and those that were out of
    /// the bonded set at the last refresh, are leaving: their stake earns nothing. `skip` is
    /// passed.
    #[must_use]
    pub fn shave_seats(&self, now: u64, skip: Option<&str>) -> Vec<ShaveSeat> {
        let members = self.members.iter();
        members
            .map(|member| ShaveSeat {
                validator: member.validator.clone(),
                external: member.external(),
                held: member.holding.removable().u128(),
                leaving: matches!(
                    member.exclusion,
                    Some(Exclusion::Draining | Exclusion::NotBonded | Exclusion::Jailed)
                ),
                pinned: now < member.holding.pinned_until,
                available: member.holding.has_slot_for_batch()
                    && !member.holding.is_refusing(now)
                    && skip != Some(member.validator.as_str()),
            })
            .collect()
    }

    /// Sum over the eligible of the least cap that does not depend on T; 0 before the first
    /// refresh.
    #[must_use]
    pub fn capacity(&self, policy: &AllocationPolicy) -> Uint128 {
        if self.summary.is_none() {
            return Uint128::zero();
        }
        let policy = self.policy_in_force(policy);
        compute_capacity(self.total_bonded(), &policy, &self.seats()).into()
    }
}

impl Member {
    /// e_i as of the last refresh, 0 when unknown.
    #[must_use]
    pub fn external(&self) -> u128 {
        self.power.map_or(0, |power| power.external.u128())
    }
}

/// One generation of powers.
#[derive(Clone, Debug, Default)]
pub struct Powers {
    pages: Vec<(u16, Vec<Power>)>,
}

impl Powers {
    /// What was read of the validator with this index. `None`: its page is not there.
    #[must_use]
    pub fn of(&self, index: u16) -> Option<Power> {
        let page = index.checked_div(POWERS_PER_PAGE)?;
        let row = index.checked_rem(POWERS_PER_PAGE)?;
        let (_, rows) = self.pages.iter().find(|(number, _)| *number == page)?;
        rows.get(usize::from(row)).copied()
    }
}

/// Reads one generation of powers.
///
/// # Errors
/// When storage is damaged.
pub fn load_powers(storage: &dyn Storage, generation: u8) -> Result<Powers, ContractError> {
    let mut pages = vec![];
    for page in POWERS.range(storage, (generation, 0)..=(generation, u16::MAX)) {
        let ((_, number), rows) = page?;
        pages.push((number, rows));
    }
    Ok(Powers { pages })
}

/// The first reason that holds.
fn exclusion(
    validator: &String,
    holding: &Holding,
    power: Option<Power>,
    summary: Option<&PowerSummary>,
) -> Option<Exclusion> {
    if holding.draining_since.is_some() {
        return Some(Exclusion::Draining);
    }
    let (Some(power), Some(summary)) = (power.filter(|power| power.is_read), summary) else {
        return Some(Exclusion::Unknown);
    };
    if power.is_jailed {
        return Some(Exclusion::Jailed);
    }
    if !power.is_bonded {
        return Some(Exclusion::NotBonded);
    }
    if power.is_commission_high {
        return Some(Exclusion::Commission);
    }
    if summary.top_third.binary_search(validator).is_ok() {
        return Some(Exclusion::TopThird);
    }
    None
}
