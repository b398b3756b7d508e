//! All validators that are listed or hold stake, with what the vault has there, what the last
//! refresh read of them, and whether they are eligible.

pub mod attested;
pub mod eligibility;
pub mod groups;
pub mod inputs;
pub mod listing_input;
pub mod marks;
pub mod power_reader;
pub mod registry;
pub mod skip;

use cosmwasm_std::{Storage, Uint128};
use defenders_allocation::Gather;
use defenders_allocation::{BondStatus, Eligibility, ReviewMemory};
use defenders_types::{AllocationPolicy, Exclusion};

use crate::error::ContractError;
use crate::state::powers::{load_powers, Power, PowerSummary, Powers, POWER_SUMMARY};
use crate::state::standings::{Standings, Suspicion};
use crate::state::terms::{AllTerms, GroupName, Terms};
use crate::state::{Holding, GROUP_NAMES, HOLDINGS, SUSPICION};

/// A validator that the vault knows.
#[derive(Clone, Debug)]
pub struct Validator {
    /// Operator address.
    pub address: String,
    /// What the vault has there.
    pub holding: Holding,
    /// On what terms it is listed.
    pub terms: Terms,
    /// What the last refresh read. `None` before the first.
    pub power: Option<Power>,
    /// How it stood after the last refresh. `None`: it was in none yet.
    pub previous: Option<Eligibility>,
    /// How it stands now.
    pub eligibility: Eligibility,
    /// Why it is not eligible.
    pub exclusion: Option<Exclusion>,
    /// It counts where short lists widen caps: it may be given stake, or it lost that not long ago through an
    /// act of the owner, who could otherwise widen the others' caps by emptying the list.
    pub is_counting: bool,
}

/// All validators, in ascending operator address.
#[derive(Clone, Debug)]
pub struct Validators {
    /// The validators.
    pub members: Vec<Validator>,
    /// The last full reading of the powers.
    pub summary: Option<PowerSummary>,
    /// How far that reading is believed.
    pub suspicion: Suspicion,
    /// It is not: so many fail in it that nobody is left, and nothing moves, for what neither owner nor
    /// chain states.
    pub is_suspect: bool,
    /// Those that were eligible and fail in it, by place.
    pub failed: Vec<usize>,
    /// What groups are called that terms give by number.
    pub group_names: Vec<GroupName>,
    /// When this was read, seconds.
    pub now: u64,
    /// The terms of those of which nothing is left, and that count all the same where short lists widen
    /// caps.
    pub gone_counting: Vec<Terms>,
    /// Every stored holding is in `members`; else those of which nothing is left are missing.
    pub is_whole: bool,
}

impl Validators {
    /// Reads all of it: the holdings one by one, the powers page by page.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(
        storage: &dyn Storage,
        policy: &AllocationPolicy,
        now: u64,
    ) -> Result<Self, Box<ContractError>> {
        let summary = POWER_SUMMARY.may_load(storage)?;
        let powers = match &summary {
            Some(summary) => load_powers(storage, summary.snapshot)?,
            None => Powers::default(),
        };
        Ok(Self::load_with(storage, &powers, now)?.with_eligibility(policy, summary))
    }

    /// Reads the holdings and terms. Nobody is eligible until judged.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load_with(
        storage: &dyn Storage,
        powers: &Powers,
        now: u64,
    ) -> Result<Self, Box<ContractError>> {
        let all_terms = AllTerms::load(storage)?;
        let standings = Standings::load(storage)?;
        let mut members = vec![];
        let mut is_whole = true;
        let mut gone_counting = vec![];
        for row in HOLDINGS.all(storage) {
            let (address, holding) = row?;
            let terms = all_terms.of(holding.power_row);
            if holding.is_gone() {
                is_whole = false;
                if terms.counts_until > now {
                    gone_counting.push(terms);
                }
            } else {
                members.push(Validator {
                    terms,
                    address,
                    power: powers.of(holding.power_row),
                    previous: standings.of(holding.power_row),
                    eligibility: eligibility::unknown(now),
                    exclusion: Some(Exclusion::Unknown),
                    is_counting: false,
                    holding,
                });
            }
        }
        Ok(Self {
            members,
            summary: None,
            suspicion: SUSPICION.may_load(storage)?.unwrap_or_default(),
            is_suspect: false,
            failed: vec![],
            group_names: GROUP_NAMES.may_load(storage)?.unwrap_or_default(),
            now,
            gone_counting,
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
        let now = self.now;
        let review = eligibility::review(
            policy,
            summary.as_ref(),
            &self.suspicion,
            &self.members,
            now,
        );
        self.suspicion = self.remember(review.memory);
        self.is_suspect = review.is_suspect;
        self.failed = review.failed;
        for (member, stands) in self.members.iter_mut().zip(review.eligibility) {
            let summary = summary.as_ref();
            member.eligibility = stands;
            member.exclusion = stands.exclusion;
            member.is_counting = eligibility::is_counting(policy, summary, member, now);
        }
        self.summary = summary;
        self
    }

    fn remember(&self, memory: ReviewMemory) -> Suspicion {
        let accepted = memory.accepted.into_iter();
        let rows = accepted.filter_map(|index| self.members.get(index));
        Suspicion {
            since: memory.suspect_since,
            accepted: rows.map(|member| member.holding.power_row).gather(),
        }
    }

    /// A validator. `None`: it is not among them.
    #[must_use]
    pub fn member(&self, address: &str) -> Option<&Validator> {
        self.members.get(self.index_of(address)?)
    }

    /// The holding of a validator. `None`: it is not among them.
    #[must_use]
    pub fn holding(&self, address: &str) -> Option<&Holding> {
        Some(&self.member(address)?.holding)
    }

    /// The same, to be changed.
    pub fn holding_mut(&mut self, address: &str) -> Option<&mut Holding> {
        let index = self.index_of(address)?;
        let member = self.members.get_mut(index)?;
        Some(&mut member.holding)
    }

    /// Its place among the members. `None`: it is not among them.
    #[must_use]
    pub fn index_of(&self, address: &str) -> Option<usize> {
        let order = |member: &Validator| member.address.as_str().cmp(address);
        self.members.binary_search_by(order).ok()
    }

    /// The validator at this place among them.
    ///
    /// # Errors
    /// [`ContractError::NoSuchValidator`].
    pub fn at(&self, index: usize) -> Result<&Validator, Box<ContractError>> {
        let of = self.members.len();
        let member = self.members.get(index);
        Ok(member.ok_or(ContractError::NoSuchValidator { index, of })?)
    }

    /// The vault's stake on validators that were bonded when read, tokens.
    ///
    /// # Errors
    /// When the sum is beyond 128 bits.
    pub fn delegated_to_bonded(&self) -> Result<Uint128, Box<ContractError>> {
        let mut sum = Uint128::zero();
        for member in &self.members {
            let power = member.power;
            if power.is_some_and(|power| power.status == BondStatus::Bonded) {
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

    /// How many count where short lists widen caps.
    #[must_use]
    pub fn count_counting(&self) -> usize {
        let members = self.members.iter();
        let counting = members.filter(|member| member.is_counting).count();
        counting.saturating_add(self.gone_counting.len())
    }

    /// How many hold stake.
    #[must_use]
    pub fn count_holding_stake(&self) -> usize {
        let members = self.members.iter();
        members
            .filter(|member| !member.holding.delegated.is_zero())
            .count()
    }

    /// When terms next change by themselves, seconds: a listing ends, or a raised own maximum begins to count,
    /// which may narrow the others' caps.
    #[must_use]
    pub fn terms_change_at(&self) -> Option<u64> {
        let members = self.members.iter();
        let listed = members.filter(|member| member.holding.draining_since.is_none());
        let changes = listed.flat_map(|member| member.terms.changes_at());
        changes.filter(|at| *at > self.now).min()
    }

    /// S as of the last refresh, tokens; 0 before the first.
    #[must_use]
    pub fn total_bonded(&self) -> u128 {
        let summary = self.summary.as_ref();
        summary.map_or(0, |summary| summary.total_bonded.u128())
    }
}

impl Validator {
    /// Whether it may be given stake.
    #[must_use]
    pub fn is_open(&self, now: u64) -> bool {
        self.exclusion.is_none() && !self.terms.is_closed(now)
    }

    /// Until when it counts where short lists widen caps, if the owner takes its place away now: seconds.
    #[must_use]
    pub fn counts_until(&self, now: u64, exit_delay: u64) -> u64 {
        let terms = &self.terms;
        match &terms.end {
            _ if self.is_open(now) => now.saturating_add(exit_delay),
            Some(end) if self.exclusion == Some(Exclusion::Expired) && self.is_counting => {
                end.counts_until.max(terms.counts_until)
            }
            _ => terms.counts_until,
        }
    }

    /// e_i as of the last refresh, 0 when unknown.
    #[must_use]
    pub fn external(&self) -> u128 {
        self.power.map_or(0, |power| power.external.u128())
    }
}
