//! The chain that a set of validators describes, with what files say of it.

use std::collections::BTreeMap;
use std::path::Path;

use cosmwasm_std::Decimal;
use defenders_allocation::{
    AllocationError, Groups, Policy, Stake, Standing, Validator, compute_targets, compute_top_third,
};
use defenders_client::rule::default_policy;

use super::args::{Args, Source};
use super::chain::{BondedValidator, Chain, Deposit, SelfLimit, TopValidator};
use super::error::ConcentrationError;
use crate::input::listing::{Names, read_policy};
use crate::input::{FileError, load, load_rows};
use crate::validator_set::SetValidator;
use crate::validator_set::source::NamedSet;

/// With what the files say of a set.
pub fn of_set(args: &Args, set: NamedSet) -> Result<Chain, ConcentrationError> {
    let display = args.view.denom.as_ref().or(set.denom.as_ref());
    let tokens = args.deposit_tokens("", display)?;
    let book = match &args.book {
        Some(file) => load_book(file, &set.validators)?,
        None => BTreeMap::new(),
    };
    let mut groups = match &args.groups {
        Some(file) => load_groups(file, &set.validators)?,
        None => BTreeMap::new(),
    };
    // what files say is compared with files only
    let top = match (&args.source, tokens) {
        (
            Source {
                validators: None,
                set: None,
            },
            Some(_),
        ) => find_top(&set.validators),
        _ => None,
    };
    let policy = args.policy.as_deref().map(|file| load(file, read_policy));

    let bonded: Vec<&SetValidator> = set.validators.iter().filter(|it| it.is_bonded()).collect();
    let before: Vec<Validator> = bonded
        .iter()
        .map(|validator| {
            let delegated = book.get(&validator.operator).copied().unwrap_or_default();
            Validator {
                address: validator.operator.clone(),
                // the book was refused if it had more
                external: validator.tokens.u128().saturating_sub(delegated),
                delegated,
                ..Validator::default()
            }
        })
        .collect();
    let after = match tokens {
        None => None,
        Some(tokens) => Some(allocate(tokens, policy.transpose()?, before.clone())?),
    };
    let validators = before.iter().enumerate().map(|(index, validator)| {
        let delegated_after = match &after {
            None => validator.delegated,
            Some((targets, _)) => targets.get(index).copied().unwrap_or_default(),
        };
        BondedValidator {
            operator: groups.remove(&validator.address),
            external: validator.external,
            delegated: validator.delegated,
            delegated_after,
        }
    });
    Ok(Chain {
        set: set.name,
        denom: set.denom,
        validators: validators.collect(),
        has_book: args.book.is_some(),
        has_groups: args.groups.is_some(),
        deposit: after.map(|(_, deposit)| deposit),
        top,
    })
}

/// Who has most, among those that are bonded: the first of equals.
pub fn find_top(validators: &[SetValidator]) -> Option<TopValidator> {
    let bonded = validators.iter().filter(|it| it.is_bonded());
    let mut top: Option<(usize, &SetValidator)> = None;
    for (index, validator) in bonded.enumerate() {
        if top.is_none_or(|(_, top)| validator.tokens > top.tokens) {
            top = Some((index, validator));
        }
    }
    top.map(|(index, validator)| TopValidator {
        index,
        operator: validator.operator.clone(),
        name: validator.name.clone(),
    })
}

/// What the vault has on whom. Refuses what the set does not know, and more than it has there.
fn load_book(
    file: &Path,
    validators: &[SetValidator],
) -> Result<BTreeMap<String, u128>, FileError> {
    let known: BTreeMap<&str, u128> = validators
        .iter()
        .map(|it| (it.operator.as_str(), it.tokens.u128()))
        .collect();
    let mut names = Names::default();
    let rows = load_rows(file, &["validator", "tokens"], |mut row| {
        let node = row.required("validator")?;
        let validator = names.add(&node)?;
        let Some(all) = known.get(validator.as_str()) else {
            return Err(node.unknown("validator in the set", validator));
        };
        let node = row.required("tokens")?;
        let tokens = node.tokens()?;
        if tokens > *all {
            let reason = format!("{tokens} tokens of the vault on a validator with {all}");
            return Err(node.impossible(reason));
        }
        Ok((validator, tokens))
    })?;
    Ok(rows.into_iter().collect())
}

/// Who is in which group. Refuses what the set does not know.
pub fn load_groups(
    file: &Path,
    validators: &[SetValidator],
) -> Result<BTreeMap<String, String>, FileError> {
    let mut names = Names::default();
    let rows = load_rows(file, &["validator", "group"], |mut row| {
        let node = row.required("validator")?;
        let validator = names.add(&node)?;
        // sets are sorted
        match validators.binary_search_by(|it| it.operator.as_str().cmp(&validator)) {
            Ok(_) => Ok((validator, row.required("group")?.name()?)),
            Err(_) => Err(node.unknown("validator in the set", validator)),
        }
    })?;
    Ok(rows.into_iter().collect())
}

/// What the vault has where, when all it has on bonded validators and the deposit stand at the targets
/// of the rule, over the validators outside the top third.
fn allocate(
    tokens: u128,
    policy: Option<Policy>,
    mut validators: Vec<Validator>,
) -> Result<(Vec<u128>, Deposit), AllocationError> {
    let stakes: Vec<Stake<'_>> = validators
        .iter()
        .map(|validator| Stake {
            validator: &validator.address,
            tokens: validator.external,
        })
        .collect();
    let inside = compute_top_third(&stakes);
    for (validator, inside) in validators.iter_mut().zip(&inside) {
        validator.standing = Standing::eligible_if(!inside);
    }
    let eligible = inside.iter().filter(|inside| !**inside).count();

    // The sums of a set are far below 128 bits, those with a deposit need not be.
    let delegated: u128 = validators.iter().map(|it| it.delegated).sum();
    let external: u128 = validators.iter().map(|it| it.external).sum();
    let overflow = |left, right| AllocationError::SumOverflow { left, right };
    let total = delegated.checked_add(tokens);
    let total = total.ok_or_else(|| overflow(delegated, tokens))?;
    let total_bonded = external.checked_add(total);
    let total_bonded = total_bonded.ok_or_else(|| overflow(external, total))?;

    let policy = policy.unwrap_or_else(|| default_policy(eligible));
    let targets = compute_targets(
        total,
        total,
        total_bonded,
        &policy,
        &validators,
        &Groups::NONE,
    )?;
    let deposit = Deposit {
        tokens,
        total,
        unplaced: targets.unplaced,
        chain_share: Decimal::checked_from_ratio(total, total_bonded).unwrap_or_default(),
        self_limit: SelfLimit::of(total, total_bonded),
    };
    Ok((targets.tokens, deposit))
}
