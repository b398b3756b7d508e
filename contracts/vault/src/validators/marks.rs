//! What unbonding entries are expected to bring. A slash of their validator shows in its tokens per
//! share, which are compared with those at the entry.

use cosmwasm_std::{Decimal, QuerierWrapper, Storage, Uint128};
use defenders_accounting::{Money, Worth};
use defenders_allocation::Gather;
use defenders_types::{EntryPurpose, LedgerPart, PowerSource};

use crate::chain::power::query_tokens_per_share;
use crate::error::ContractError;
use crate::state::unbonding::{completing_between, last_fixed, Entry, Kept};
use crate::state::WATCHES;

/// What validators have kept: by it every entry has its mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    kept: Vec<Kept>,
}

/// A validator's tokens per share as the chain told them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Operator address.
    pub validator: String,
    /// Now.
    pub tokens_per_share: Decimal,
}

/// A validator's entries that are worth less since it was last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fall {
    /// Operator address.
    pub validator: String,
    /// Now.
    pub tokens_per_share: Decimal,
    /// What the marks of restaking entries fell by, tokens.
    pub restaking: Uint128,
    /// What those of batches' entries fell by, tokens.
    pub unbonding: Uint128,
}

impl Marks {
    /// These.
    #[must_use]
    pub fn of(kept: Vec<Kept>) -> Self {
        Self { kept }
    }

    /// Those in force: of every watched validator that has lost something.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage) -> Result<Self, Box<ContractError>> {
        let mut kept = vec![];
        for row in WATCHES.all(storage) {
            let (validator, watched) = row?;
            if watched.watch.kept < Decimal::one() {
                kept.push(Kept {
                    validator,
                    kept: watched.watch.kept,
                });
            }
        }
        Ok(Self { kept })
    }

    /// Those that these entries need.
    #[must_use]
    pub fn only_for(mut self, entries: &[Entry]) -> Vec<Kept> {
        let is_marked = |kept: &Kept| {
            let mut of_validator = entries.iter().filter(|e| e.validator == kept.validator);
            of_validator.any(|e| e.row.kept_at_entry.is_some_and(|then| then > kept.kept))
        };
        self.kept.retain(is_marked);
        self.kept
    }

    /// Face value and mark of a part of an entry.
    ///
    /// # Errors
    /// Never: a mark is at most the face value.
    pub fn worth_of(&self, entry: &Entry, part: &LedgerPart) -> Result<Worth, Box<ContractError>> {
        let mut kept = self.kept.iter();
        let kept = kept.find(|kept| kept.validator == entry.validator);
        let kept = kept.map_or(Decimal::one(), |kept| kept.kept);
        Ok(Worth::of_entry(part.tokens, entry.row.kept_at_entry, kept)?)
    }

    /// The same of all parts of these entries that are to `count`.
    ///
    /// # Errors
    /// When a sum is beyond 128 bits.
    pub fn worth_of_all(
        &self,
        entries: &[Entry],
        count: impl Fn(&LedgerPart) -> bool,
    ) -> Result<Worth, Box<ContractError>> {
        let mut sum = Worth::default();
        for entry in entries {
            for part in entry.row.parts.iter().filter(|part| count(part)) {
                sum = sum.checked_add(self.worth_of(entry, part)?)?;
            }
        }
        Ok(sum)
    }
}

/// Tokens per share of those that can be read: who cannot keeps its marks.
#[must_use]
pub fn query_sights<'v>(
    querier: &QuerierWrapper,
    source: &PowerSource,
    validators: impl IntoIterator<Item = &'v String>,
) -> Vec<Sight> {
    let validators = validators.into_iter();
    validators
        .filter_map(|validator| query_sight(querier, source, validator))
        .gather()
}

/// A validator's tokens per share. `None`: the chain does not tell.
#[must_use]
pub fn query_sight(
    querier: &QuerierWrapper,
    source: &PowerSource,
    validator: &str,
) -> Option<Sight> {
    let tokens_per_share = query_tokens_per_share(querier, source, validator)?;
    Some(Sight {
        validator: validator.to_owned(),
        tokens_per_share,
    })
}

/// Takes in what the chain told of validators that are watched, and marks their entries down. Gives their
/// falls, and whether all of it is believed: half or less must be shown again in a later block, because a
/// mark never rises.
///
/// Reads: the ledger where one fell. Writes: watches that changed; the money is the caller's.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn see(
    storage: &mut dyn Storage,
    money: &mut Money,
    sights: &[Sight],
    height: u64,
) -> Result<(Vec<Fall>, bool), Box<ContractError>> {
    let mut is_believed = true;
    let mut before = vec![];
    let mut after = vec![];
    let mut falls = vec![];
    for sight in sights {
        let Some(mut watched) = WATCHES.may_load(storage, &sight.validator)? else {
            continue;
        };
        let before_sight = watched.clone();
        let last = watched.watch;
        let first_shown = watched.doubted_at.take();
        if last.is_doubtful(sight.tokens_per_share) && first_shown.map_or(true, |at| at >= height) {
            is_believed = false;
            watched.doubted_at = first_shown.or(Some(height));
            if watched != before_sight {
                WATCHES.save(storage, &sight.validator, &watched);
            }
            continue;
        }
        let watch = &mut watched.watch;
        if watch.see(sight.tokens_per_share)? {
            let kept_of = |kept: Decimal| Kept {
                validator: sight.validator.clone(),
                kept,
            };
            before.push(kept_of(last.kept));
            after.push(kept_of(watch.kept));
            falls.push(Fall {
                validator: sight.validator.clone(),
                tokens_per_share: sight.tokens_per_share,
                restaking: Uint128::zero(),
                unbonding: Uint128::zero(),
            });
        }
        if watched != before_sight {
            WATCHES.save(storage, &sight.validator, &watched);
        }
    }
    if !falls.is_empty() {
        measure(storage, &Marks::of(before), &Marks::of(after), &mut falls)?;
    }
    for fall in &falls {
        money.mark_down(fall.restaking)?;
    }
    Ok((falls, is_believed))
}

/// Those with entries that restake, and when a piece last asked for each, seconds.
///
/// # Errors
/// When storage is damaged.
pub fn load_restaking(storage: &dyn Storage) -> Result<Vec<(String, u64)>, Box<ContractError>> {
    let mut restaking = vec![];
    for row in WATCHES.all(storage) {
        let (validator, watched) = row?;
        if watched.restaking_rows > 0 {
            restaking.push((validator, watched.asked_at));
        }
    }
    Ok(restaking)
}

/// Remembers that a piece has asked for these.
///
/// # Errors
/// When storage is damaged.
pub fn note_asked(
    storage: &mut dyn Storage,
    validators: &[(String, u64)],
    now: u64,
) -> Result<(), Box<ContractError>> {
    for (validator, _) in validators {
        if let Some(mut watched) = WATCHES.may_load(storage, validator)? {
            watched.asked_at = now;
            WATCHES.save(storage, validator, &watched);
        }
    }
    Ok(())
}

/// What each fall costs the entries that no settlement has decided on.
fn measure(
    storage: &dyn Storage,
    before: &Marks,
    after: &Marks,
    falls: &mut [Fall],
) -> Result<(), Box<ContractError>> {
    let fixed = last_fixed(storage)?;
    let entries = completing_between(storage, fixed, u64::MAX, usize::MAX, |row| !row.is_settled)?;
    for entry in &entries {
        let mut falls = falls.iter_mut();
        let Some(fall) = falls.find(|fall| fall.validator == entry.validator) else {
            continue;
        };
        for part in &entry.row.parts {
            let (was, is) = (before.worth_of(entry, part)?, after.worth_of(entry, part)?);
            let lost = was.mark.checked_sub(is.mark)?;
            let sum = match part.purpose {
                EntryPurpose::Restake {} => &mut fall.restaking,
                EntryPurpose::Batch { .. } => &mut fall.unbonding,
            };
            *sum = sum.checked_add(lost)?;
        }
    }
    Ok(())
}
