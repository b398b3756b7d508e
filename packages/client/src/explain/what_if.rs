//! What an operator's own acts would change: the rule is run once more with each.

#[cfg(test)]
mod tests;

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{AllocationError, GroupError, Standing, Validator};
use defenders_types::{Exclusion, ValidatorInfo};
use serde::Serialize;
use thiserror::Error;

use crate::rule::VaultRule;

/// One act, or several at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// What is done, in words for a person.
    #[serde(skip)]
    pub words: Words,
    /// `self_bond`, `commission`, `own_maximum`, `eligible`; `asked`: all that the arguments say; `asked_eligible`: the
    /// same, were it cleared.
    pub act: &'static str,
    /// Tokens or rate, where the act has one.
    pub value: Option<String>,
    /// Whether it may be given stake then.
    pub eligible: bool,
    /// What the rule gives it then, tokens.
    pub target: Uint128,
    /// The difference to what the rule gives it now, tokens, with its sign.
    pub change: String,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// So many tokens more of its own.
    SelfBond(u128),
    /// Another commission.
    Commission(Decimal),
    /// A maximum of its own, or none.
    OwnMaximum(Option<u128>),
    /// Whatever excludes it is cleared.
    Cleared,
    /// All that the arguments say.
    Asked,
    /// The same, and whatever excludes it is cleared.
    AskedCleared,
}

/// What the arguments say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// More of its own, tokens.
    pub self_bond: Option<u128>,
    /// Commission.
    pub commission: Option<Decimal>,
    /// Its own maximum; `Some(None)`: none.
    pub own_maximum: Option<Option<u128>>,
}

impl Asked {
    fn is_nothing(&self) -> bool {
        self.self_bond.is_none() && self.commission.is_none() && self.own_maximum.is_none()
    }
}

/// A validator of the chain, known to the vault or not.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Operator address.
    pub validator: &'a str,
    /// All its stake, tokens.
    pub tokens: u128,
    /// What its operator delegates to it, tokens.
    pub self_bond: u128,
}

/// Of one: as the vault has it, or, where the vault does not know it, as if it were listed. `max_commission` is the most
/// that the policy allows.
pub fn compute_acts(
    rule: &VaultRule,
    candidate: Candidate<'_>,
    info: Option<&ValidatorInfo>,
    max_commission: Decimal,
    asked: &Asked,
) -> Result<Vec<WhatIf>, ExplainError> {
    let mut rule = rule.clone();
    let index = match rule.index_of(candidate.validator) {
        Some(index) => index,
        None => {
            let waiting = Validator {
                standing: Standing::Waiting,
                ..Validator::eligible(candidate.validator, candidate.tokens, 0)
            };
            rule = rule.with_validator(waiting)?;
            rule.validators.len().saturating_sub(1)
        }
    };
    // what the rule is told of eligible ones only, and counts as soon as this is one
    if let Some(entry) = rule.validators.get_mut(index) {
        let bond = &mut entry.limits.self_bond;
        *bond = bond.or(Some(candidate.self_bond));
    }
    let subject = Subject {
        rule: &rule,
        index,
        exclusion: match info {
            Some(info) => info.exclusion,
            None => Some(Exclusion::NotListed),
        },
        max_commission,
    };
    Ok(subject.compute(asked)?)
}

/// Why nothing can be tried.
#[derive(Debug, Error)]
pub enum ExplainError {
    /// Numbers that do not fit.
    #[error(transparent)]
    Allocation(#[from] AllocationError),
    /// Groups that make no sense.
    #[error(transparent)]
    Groups(#[from] GroupError),
}

/// What the rule is run for.
pub struct Subject<'a> {
    /// The rule as it is, the validator in it.
    pub rule: &'a VaultRule,
    /// Where it stands there.
    pub index: usize,
    /// Why it is excluded.
    pub exclusion: Option<Exclusion>,
    /// The most that the policy allows to charge.
    pub max_commission: Decimal,
}

impl Subject<'_> {
    /// The acts that every operator can think of, and what was asked.
    pub fn compute(&self, asked: &Asked) -> Result<Vec<WhatIf>, AllocationError> {
        let now = self.rule.target_of(self.index)?;
        let Some(validator) = self.rule.validators.get(self.index) else {
            return Ok(Vec::new());
        };
        let mut rows = Vec::new();
        if !asked.is_nothing() {
            rows.push(self.row(now, Words::Asked, asked)?);
        }
        if !asked.is_nothing() && self.exclusion.is_some() {
            rows.push(self.row(now, Words::AskedCleared, asked)?);
        }
        if self.exclusion.is_some() {
            rows.push(self.cleared(now, Words::Cleared, validator)?);
            if self.is_about_commission() {
                let words = Words::Commission(self.max_commission);
                rows.push(self.cleared(now, words, validator)?);
            }
            return Ok(rows);
        }
        // 1 % of its level, as the vault tries
        let probe = (validator.external.saturating_add(now) / 100).max(1);
        let more = Asked {
            self_bond: Some(probe),
            ..Asked::default()
        };
        rows.push(self.row(now, Words::SelfBond(probe), &more)?);
        let dearer = self.max_commission.saturating_add(Decimal::percent(1));
        let words = Words::Commission(dearer.min(Decimal::one()));
        let raised = Asked {
            commission: Some(dearer),
            ..Asked::default()
        };
        rows.push(self.row(now, words, &raised)?);
        let other = match validator.limits.own_max {
            Some(_) => None,
            None => Some(now / 2),
        };
        // half of nothing is nothing
        let zero = (other != Some(0)).then_some(Some(0));
        for maximum in [Some(other), zero].into_iter().flatten() {
            let own = Asked {
                own_maximum: Some(maximum),
                ..Asked::default()
            };
            rows.push(self.row(now, Words::OwnMaximum(maximum), &own)?);
        }
        Ok(rows)
    }

    fn is_about_commission(&self) -> bool {
        matches!(
            self.exclusion,
            Some(Exclusion::Commission | Exclusion::CommissionLately)
        )
    }

    fn cleared(
        &self,
        now: u128,
        words: Words,
        validator: &Validator,
    ) -> Result<WhatIf, AllocationError> {
        let mut changed = validator.clone();
        changed.standing = Standing::Eligible;
        self.run(now, words, changed, 0)
    }

    fn row(&self, now: u128, words: Words, asked: &Asked) -> Result<WhatIf, AllocationError> {
        let mut changed = self
            .rule
            .validators
            .get(self.index)
            .cloned()
            .unwrap_or_default();
        let more = asked.self_bond.unwrap_or_default();
        changed.external = changed.external.saturating_add(more);
        let bond = changed.limits.self_bond.unwrap_or_default();
        changed.limits.self_bond = Some(bond.saturating_add(more));
        if let Some(maximum) = asked.own_maximum {
            changed.limits.own_max = maximum;
        }
        if words == Words::AskedCleared {
            changed.standing = Standing::Eligible;
        }
        match asked.commission {
            Some(rate) if rate > self.max_commission => changed.standing = Standing::Waiting,
            Some(_) if self.is_about_commission() => changed.standing = Standing::Eligible,
            _ => {}
        }
        self.run(now, words, changed, more)
    }

    fn run(
        &self,
        now: u128,
        words: Words,
        changed: Validator,
        more_bonded: u128,
    ) -> Result<WhatIf, AllocationError> {
        let mut rule = self.rule.clone();
        let eligible = changed.is_eligible();
        rule.total_bonded = rule.total_bonded.saturating_add(more_bonded);
        if let Some(entry) = rule.validators.get_mut(self.index) {
            *entry = changed;
        }
        let target = rule.target_of(self.index)?;
        let (act, value) = match &words {
            Words::SelfBond(tokens) => ("self_bond", Some(tokens.to_string())),
            Words::Commission(rate) => ("commission", Some(rate.to_string())),
            Words::OwnMaximum(maximum) => ("own_maximum", maximum.map(|it| it.to_string())),
            Words::Cleared => ("eligible", None),
            Words::Asked => ("asked", None),
            Words::AskedCleared => ("asked_eligible", None),
        };
        let change = match target.checked_sub(now) {
            Some(more) => more.to_string(),
            None => format!("-{}", now.saturating_sub(target)),
        };
        Ok(WhatIf {
            words,
            act,
            value,
            eligible,
            target: target.into(),
            change,
        })
    }
}
