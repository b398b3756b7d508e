//! Whom the vault lists, and why others are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cosmwasm_std::Decimal;
use defenders_allocation::{Stake, compute_top_third};
use staking_sim::{Status, ValidatorState};

use super::findings::{LeftOut, LeftOutRow, ListRow};
use crate::input::listing::Names;
use crate::input::{FileError, load_rows};
use crate::terminal::{count, percent};
use crate::validator_set::SetValidator;

/// Reads a list of one's own: operator addresses of the set.
pub fn load_list(file: &Path, set: &[SetValidator]) -> Result<BTreeSet<String>, FileError> {
    let mut names = Names::default();
    let rows = load_rows(file, &["validator"], |mut row| {
        let node = row.required("validator")?;
        let validator = names.add(&node)?;
        // sets are sorted
        match set.binary_search_by(|it| it.operator.as_str().cmp(&validator)) {
            Ok(_) => Ok(validator),
            Err(_) => Err(node.unknown("validator in the set", validator)),
        }
    })?;
    Ok(rows.into_iter().collect())
}

/// Whom to list: who is bonded and named by `own`; without it who is bonded, charges at most
/// `max_commission`, and is not among the fewest that hold a third of the external stake. And how
/// the others with their reason.
pub fn choose(
    validators: &[ValidatorState],
    own: Option<&BTreeSet<String>>,
    max_commission: Decimal,
) -> (Vec<String>, BTreeMap<String, LeftOut>) {
    let bonded = validators.iter().filter(|it| it.status == Status::Bonded);
    let stakes: Vec<Stake<'_>> = bonded
        .clone()
        .map(|validator| Stake {
            validator: &validator.operator,
            tokens: validator.tokens.u128(),
        })
        .collect();
    let top: BTreeSet<&str> = bonded
        .zip(compute_top_third(&stakes))
        .filter(|(_, is_top)| *is_top)
        .map(|(validator, _)| validator.operator.as_str())
        .collect();

    let mut listed = Vec::new();
    let mut left_out = BTreeMap::new();
    for validator in validators {
        let is_named = own.is_none_or(|own| own.contains(&validator.operator));
        let reason = if validator.status != Status::Bonded {
            Some(LeftOut::NotBonded)
        } else if !is_named {
            Some(LeftOut::NotInList)
        } else if own.is_some() {
            None
        } else if top.contains(validator.operator.as_str()) {
            Some(LeftOut::TopThird)
        } else if validator.commission_rate > max_commission {
            Some(LeftOut::Commission)
        } else {
            None
        };
        match reason {
            Some(reason) => {
                left_out.insert(validator.operator.clone(), reason);
            }
            None => listed.push(validator.operator.clone()),
        }
    }
    (listed, left_out)
}

/// How many are listed, and how many are left out for what.
pub fn count_left_out(listed: usize, left_out: &BTreeMap<String, LeftOut>) -> ListRow {
    let mut numbers: BTreeMap<LeftOut, usize> = BTreeMap::new();
    for reason in left_out.values() {
        *numbers.entry(*reason).or_default() += 1;
    }
    let rows = numbers.into_iter();
    ListRow {
        listed,
        left_out: rows
            .map(|(reason, validators)| LeftOutRow { reason, validators })
            .collect(),
        not_eligible: Vec::new(),
    }
}

/// Why validators are left out, for a person: `7 are in the top third, 22 charge more than 10 %`.
pub fn tell_left_out(row: &ListRow, max_commission: Decimal) -> String {
    let most = percent(&max_commission.to_string());
    let parts = row.left_out.iter().map(|left_out| {
        let number = left_out.validators;
        let verb = |one: &str, many: &str| count(number, one, many);
        match left_out.reason {
            LeftOut::NotBonded => verb("is not bonded", "are not bonded"),
            LeftOut::NotInList => verb("is not in the list given", "are not in the list given"),
            LeftOut::TopThird => verb(
                "is among the fewest that hold a third of the stake",
                "are the fewest that hold a third of the stake",
            ),
            LeftOut::Commission => {
                let more = format!("more than {most}");
                verb(&format!("charges {more}"), &format!("charge {more}"))
            }
            LeftOut::Waits => verb("waits to be listed", "wait to be listed"),
        }
    });
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_with_their_numbers() {
        let row = |reason, validators| LeftOutRow { reason, validators };
        let list = ListRow {
            listed: 0,
            left_out: vec![row(LeftOut::TopThird, 1), row(LeftOut::Commission, 5)],
            not_eligible: Vec::new(),
        };
        assert_eq!(
            tell_left_out(&list, Decimal::percent(10)),
            "1 is among the fewest that hold a third of the stake, 5 charge more than 10 %"
        );
    }
}
