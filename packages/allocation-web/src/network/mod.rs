//! Who holds the power on a chain: with the vault, without it, and with a deposit, there or at the largest.

mod answer;

use std::collections::BTreeMap;

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{Position, compute_concentration_report};
use defenders_client::metrics::Metrics;

pub use answer::{Answer, Bonded, CurvePoint, DepositAnswer, Gain, OperatorMetrics, Question};

use crate::error::NetworkError;
use crate::vault::VaultAnswers;

/// Answers a question.
pub fn compute_network(question: &Question) -> Result<Answer, NetworkError> {
    let rows = sort(&question.validators)?;
    let operators = question
        .vault
        .as_ref()
        .map(operators_of)
        .unwrap_or_default();
    let deposit = match question.deposit {
        None => None,
        Some(tokens) => Some(place(question, &rows, tokens.u128())?),
    };
    let positions = |after: &dyn Fn(usize, &Row<'_>) -> u128| -> Vec<Position<'_>> {
        let rows = rows.iter().enumerate();
        rows.map(|(index, row)| Position {
            operator: operators.get(row.validator).copied(),
            external: row.external,
            delegated: row.delegated,
            delegated_after: after(index, row),
        })
        .collect()
    };
    let report = compute_concentration_report(&positions(&|_, row| row.delegated), &[])?;
    let deposit = match deposit {
        None => None,
        Some(placed) => {
            let here = positions(&|index, _| placed.after.get(index).copied().unwrap_or_default());
            let at_top = positions(&|index, row| match index {
                // the rows are sorted
                0 => row.delegated.saturating_add(placed.tokens),
                _ => row.delegated,
            });
            Some(DepositAnswer {
                here: Metrics::of(&compute_concentration_report(&here, &[])?.by_validator.after),
                at_top: Metrics::of(
                    &compute_concentration_report(&at_top, &[])?
                        .by_validator
                        .after,
                ),
                gains: compute_gains(&rows, &placed.after),
                top_validator: placed.top_validator,
                unplaced: placed.unplaced.into(),
            })
        }
    };
    let sum = |part: &dyn Fn(&Row<'_>) -> u128| {
        rows.iter()
            .fold(0u128, |sum, row| sum.saturating_add(part(row)))
    };
    let tokens = sum(&|row| row.tokens);
    Ok(Answer {
        tokens: tokens.into(),
        delegated: sum(&|row| row.delegated).into(),
        with: Metrics::of(&report.by_validator.with),
        without: Metrics::of(&report.by_validator.without),
        curve: compute_curve(&rows, tokens),
        by_operator: (!operators.is_empty()).then(|| OperatorMetrics {
            with: Metrics::of(&report.by_operator.with),
            without: Metrics::of(&report.by_operator.without),
        }),
        deposit,
    })
}

/// A validator, its vault's part taken out.
struct Row<'a> {
    validator: &'a str,
    tokens: u128,
    external: u128,
    delegated: u128,
}

/// The largest first, of equals the lower address.
fn sort(validators: &[Bonded]) -> Result<Vec<Row<'_>>, NetworkError> {
    let mut rows = Vec::with_capacity(validators.len());
    for it in validators {
        let (tokens, delegated) = (it.tokens.u128(), it.delegated.u128());
        let external = tokens
            .checked_sub(delegated)
            .ok_or_else(|| NetworkError::MoreThanAll {
                validator: it.validator.clone(),
                delegated,
                tokens,
            })?;
        rows.push(Row {
            validator: &it.validator,
            tokens,
            external,
            delegated,
        });
    }
    rows.sort_by(|a, b| {
        b.tokens
            .cmp(&a.tokens)
            .then_with(|| a.validator.cmp(b.validator))
    });
    Ok(rows)
}

fn operators_of(vault: &VaultAnswers) -> BTreeMap<&str, &str> {
    let named = vault.validators.iter().filter_map(|info| {
        let operator = info.listing.as_ref()?.operator.as_deref()?;
        Some((info.validator.as_str(), operator))
    });
    named.collect()
}

/// Where the vault's stake would be, in the order of the rows.
struct Placed {
    tokens: u128,
    after: Vec<u128>,
    unplaced: u128,
    top_validator: String,
}

fn place(question: &Question, rows: &[Row<'_>], tokens: u128) -> Result<Placed, NetworkError> {
    let (Some(vault), Some(top)) = (&question.vault, rows.first()) else {
        return Err(NetworkError::NothingToPlaceOn { tokens });
    };
    let targets = vault.rule()?.with_deposit(tokens)?.compute()?;
    let pairs = vault.validators.iter().zip(&targets.tokens);
    let places: BTreeMap<&str, u128> = pairs
        .map(|(info, target)| (info.validator.as_str(), *target))
        .collect();
    Ok(Placed {
        tokens,
        after: rows
            .iter()
            .map(|row| places.get(row.validator).copied().unwrap_or_default())
            .collect(),
        unplaced: targets.unplaced,
        top_validator: top.validator.to_string(),
    })
}

fn compute_gains(rows: &[Row<'_>], after: &[u128]) -> Vec<Gain> {
    let mut gains: Vec<Gain> = rows
        .iter()
        .zip(after)
        .filter_map(|(row, after)| {
            let tokens = after.checked_sub(row.delegated).filter(|more| *more > 0)?;
            Some(Gain {
                validator: row.validator.to_string(),
                tokens: tokens.into(),
            })
        })
        .collect();
    gains.sort_by(|a, b| {
        b.tokens
            .cmp(&a.tokens)
            .then_with(|| a.validator.cmp(&b.validator))
    });
    gains
}

fn compute_curve(rows: &[Row<'_>], all: u128) -> Vec<CurvePoint> {
    let share = |part: u128| Decimal::checked_from_ratio(part, all).unwrap_or_default();
    let mut before = 0u128;
    let points = rows.iter().map(|row| {
        // thrice a sum may not fit
        let is_in_third = Uint128::new(before).full_mul(3u128) < Uint128::new(all).full_mul(1u128);
        before = before.saturating_add(row.tokens);
        CurvePoint {
            validator: row.validator.to_string(),
            tokens: row.tokens.into(),
            delegated: row.delegated.into(),
            share: share(row.tokens),
            cumulative: share(before),
            is_in_third,
        }
    });
    points.collect()
}
