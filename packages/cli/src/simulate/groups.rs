//! Who shares an operator, a hosting provider, a jurisdiction with whom, read from a file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use crate::input::listing::Names;
use crate::input::{FileError, InputError, Object, load_rows};
use crate::validator_set::SetValidator;

/// Most groups that a vault knows.
const MOST_GROUPS: usize = 40;
/// Longest name, bytes.
const MOST_LETTERS: usize = 32;

/// What validators share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Who runs them.
    Operator,
    /// Whose machines they are on.
    Hosting,
    /// Under whose law.
    Jurisdiction,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Operator, Kind::Hosting, Kind::Jurisdiction];

    /// The field of the file.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Operator => "operator",
            Kind::Hosting => "hosting",
            Kind::Jurisdiction => "jurisdiction",
        }
    }
}

/// The groups of one validator, by kind.
pub type GroupsOf = BTreeMap<Kind, String>;

/// Reads a file of groups. Refuses validators that the set does not know, and names that the vault
/// would refuse.
pub fn load_groups(
    file: &Path,
    set: &[SetValidator],
) -> Result<BTreeMap<String, GroupsOf>, FileError> {
    let mut names = Names::default();
    let mut known = BTreeSet::new();
    let fields = ["validator", "operator", "hosting", "jurisdiction"];
    let rows = load_rows(file, &fields, |mut row| {
        let node = row.required("validator")?;
        let validator = names.add(&node)?;
        // sets are sorted
        if set
            .binary_search_by(|it| it.operator.as_str().cmp(&validator))
            .is_err()
        {
            return Err(node.unknown("validator in the set", validator));
        }
        Ok((validator, read_groups(&mut row, &mut known)?))
    })?;
    Ok(rows.into_iter().collect())
}

fn read_groups(
    row: &mut Object,
    known: &mut BTreeSet<(Kind, String)>,
) -> Result<GroupsOf, InputError> {
    let mut groups = GroupsOf::new();
    for kind in Kind::ALL {
        let Some(node) = row.optional(kind.name()) else {
            continue;
        };
        let parsed = node.text("a name of 1 to 32 of a-z, 0-9 and -, or nothing", |text| {
            is_name_or_nothing(text).then(|| text.to_string())
        })?;
        if parsed.is_empty() {
            continue;
        }
        known.insert((kind, parsed.clone()));
        if known.len() > MOST_GROUPS {
            return Err(node.impossible(format!(
                "{parsed:?} is one group more than {MOST_GROUPS}, all that a vault knows"
            )));
        }
        groups.insert(kind, parsed);
    }
    Ok(groups)
}

fn is_name_or_nothing(text: &str) -> bool {
    let is_letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    text.len() <= MOST_LETTERS && text.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_the_vault_takes() {
        for text in ["", "a", "aws-eu-west-1", &"x".repeat(32)] {
            assert!(is_name_or_nothing(text), "{text}");
        }
        for text in ["A", "a b", "a_b", "é", &"x".repeat(33)] {
            assert!(!is_name_or_nothing(text), "{text}");
        }
    }
}
