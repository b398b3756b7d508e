//! What an owner may write into a listing: texts for people, and the names of groups.

use cosmwasm_std::Storage;
use defenders_types::{ListingGroupsInput, ListingInput};

use crate::error::ContractError;
use crate::state::terms::{AllTerms, GroupKind, GroupName, GROUP_NAMES};
use crate::state::Listing;

/// Most names of groups in use at once: what one plan can still reckon with.
pub const MAX_GROUPS: usize = 40;
const MAX_GROUP_NAME_BYTES: usize = 32;
const MAX_NAME_BYTES: usize = 64;
const MAX_LINK_BYTES: usize = 128;
const MAX_REASON_BYTES: usize = 280;

/// The texts of a listing, checked.
///
/// # Errors
/// [`ContractError::ListingText`].
pub fn read_texts(input: &ListingInput, listed_at: u64) -> Result<Listing, Box<ContractError>> {
    Ok(Listing {
        name: read_text("name", MAX_NAME_BYTES, &input.name)?,
        website: read_text("website", MAX_LINK_BYTES, &input.website)?,
        contact: read_text("contact", MAX_LINK_BYTES, &input.contact)?,
        reason: read_text("reason", MAX_REASON_BYTES, &input.reason)?,
        listed_at,
    })
}

fn read_text(
    field: &'static str,
    most: usize,
    text: &Option<String>,
) -> Result<Option<String>, Box<ContractError>> {
    let Some(text) = text else {
        return Ok(None);
    };
    let has_control = text.chars().any(char::is_control);
    if text.len() > most || has_control {
        return Err(ContractError::ListingText {
            field,
            most,
            got: text.len(),
            has_control,
        }
        .into());
    }
    Ok(Some(text.clone()))
}

/// The names of groups, while a list is written.
pub struct GroupNames {
    names: Vec<GroupName>,
}

impl GroupNames {
    /// Reads them. Those that nobody is in any more make room.
    ///
    /// # Errors
    /// When storage is damaged.
    pub fn load(storage: &dyn Storage, terms: &AllTerms) -> Result<Self, Box<ContractError>> {
        let mut names = GROUP_NAMES.may_load(storage)?.unwrap_or_default();
        for (number, group) in (1..).zip(&mut names) {
            if !terms.is_group_in_use(number) {
                group.name.clear();
            }
        }
        Ok(Self { names })
    }

    /// The numbers of a listing's groups: operator, hosting, jurisdiction. 0 where none is named; `None` when
    /// one of the names is not in use.
    ///
    /// # Errors
    /// [`ContractError::GroupName`].
    pub fn numbers(
        &self,
        groups: Option<&ListingGroupsInput>,
    ) -> Result<Option<[u8; 3]>, Box<ContractError>> {
        let Some(groups) = groups else {
            return Ok(Some([0; 3]));
        };
        let operator = self.number(GroupKind::Operator, &groups.operator)?;
        let hosting = self.number(GroupKind::Hosting, &groups.hosting)?;
        let jurisdiction = self.number(GroupKind::Jurisdiction, &groups.jurisdiction)?;
        Ok(match (operator, hosting, jurisdiction) {
            (Some(operator), Some(hosting), Some(jurisdiction)) => {
                Some([operator, hosting, jurisdiction])
            }
            _ => None,
        })
    }

    fn number(
        &self,
        kind: GroupKind,
        name: &Option<String>,
    ) -> Result<Option<u8>, Box<ContractError>> {
        let Some(name) = name else {
            return Ok(Some(0));
        };
        ensure_group_name(name)?;
        let mut numbered = (1..).zip(&self.names);
        let found = numbered.find(|(_, group)| group.kind == kind && group.name == *name);
        Ok(found.map(|(number, _)| number))
    }

    /// The numbers of a listing's groups, as [`numbers`](Self::numbers); names that are new get one.
    ///
    /// # Errors
    /// [`ContractError::GroupName`], [`ContractError::TooManyGroups`].
    pub fn enter_all(
        &mut self,
        groups: Option<&ListingGroupsInput>,
    ) -> Result<[u8; 3], Box<ContractError>> {
        let Some(groups) = groups else {
            return Ok([0; 3]);
        };
        Ok([
            self.enter(GroupKind::Operator, &groups.operator)?,
            self.enter(GroupKind::Hosting, &groups.hosting)?,
            self.enter(GroupKind::Jurisdiction, &groups.jurisdiction)?,
        ])
    }

    fn enter(&mut self, kind: GroupKind, name: &Option<String>) -> Result<u8, Box<ContractError>> {
        let Some(name) = name else {
            return Ok(0);
        };
        ensure_group_name(name)?;
        let known = |group: &GroupName| group.kind == kind && group.name == *name;
        let free = |group: &GroupName| group.name.is_empty();
        let mut places = self.names.iter();
        let place = places.position(known);
        let place = place.or_else(|| self.names.iter().position(free));
        let place = place.unwrap_or(self.names.len());
        if place >= MAX_GROUPS {
            return Err(ContractError::TooManyGroups {
                most: MAX_GROUPS,
                name: name.clone(),
            }
            .into());
        }
        let group = GroupName {
            kind,
            name: name.clone(),
        };
        match self.names.get_mut(place) {
            Some(taken) => *taken = group,
            None => self.names.push(group),
        }
        // 40 at most
        Ok(u8::try_from(place.saturating_add(1)).unwrap_or_default())
    }

    /// Stores them.
    pub fn save(self, storage: &mut dyn Storage) {
        GROUP_NAMES.save(storage, &self.names);
    }
}

fn ensure_group_name(name: &str) -> Result<(), Box<ContractError>> {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=MAX_GROUP_NAME_BYTES).contains(&name.len()) && name.bytes().all(is_allowed) {
        return Ok(());
    }
    Err(ContractError::GroupName {
        most: MAX_GROUP_NAME_BYTES,
        name: name.to_owned(),
    }
    .into())
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;
    use crate::state::terms::Terms;

    fn groups(operator: &str, hosting: &str) -> ListingGroupsInput {
        ListingGroupsInput {
            operator: Some(operator.to_owned()),
            hosting: Some(hosting.to_owned()),
            jurisdiction: None,
        }
    }

    #[test]
    fn a_name_is_of_one_kind_and_keeps_its_number_while_somebody_is_in_it() {
        let mut storage = MockStorage::new();
        let mut names = GroupNames::load(&storage, &AllTerms::default()).unwrap();
        assert_eq!(names.enter_all(None), Ok([0; 3]));
        assert_eq!(names.enter_all(Some(&groups("a", "a"))), Ok([1, 2, 0]));
        assert_eq!(names.enter_all(Some(&groups("b", "a"))), Ok([3, 2, 0]));
        names.save(&mut storage);
        let terms = Terms {
            operator: 3,
            hosting: 2,
            ..Terms::default()
        };
        let mut all_terms = AllTerms::default();
        all_terms.set(7, terms);
        all_terms.save(&mut storage);

        // nobody is in the first any more
        let terms = AllTerms::load(&storage).unwrap();
        let mut names = GroupNames::load(&storage, &terms).unwrap();

        assert_eq!(names.enter_all(Some(&groups("c", "a"))), Ok([1, 2, 0]));
        assert_eq!(names.enter_all(Some(&groups("b", "d"))), Ok([3, 4, 0]));
    }

    #[test]
    fn forty_names_and_no_more() {
        let mut names = GroupNames { names: vec![] };
        for number in 0..20 {
            let (operator, hosting) = (format!("o{number}"), format!("h{number}"));
            names.enter_all(Some(&groups(&operator, &hosting))).unwrap();
        }
        assert_eq!(
            names.enter_all(Some(&groups("o19", "h19"))),
            Ok([39, 40, 0])
        );
        let refused = ContractError::TooManyGroups {
            most: 40,
            name: "o20".to_owned(),
        };
        assert_eq!(
            names.enter_all(Some(&groups("o20", "h19"))),
            Err(refused.into())
        );
    }

    #[test]
    fn names_are_lower_case_letters_digits_and_hyphens() {
        for name in ["a", "0", "-", &"z".repeat(32)] {
            assert_eq!(ensure_group_name(name), Ok(()), "{name}");
        }
        for name in ["", &"z".repeat(33), "A", "a b", "ä", "a_b"] {
            let refused = ContractError::GroupName {
                most: 32,
                name: name.to_owned(),
            };
            assert_eq!(ensure_group_name(name), Err(refused.into()), "{name}");
        }
    }

    #[test]
    fn texts_are_bounded_in_bytes_and_hold_no_control_characters() {
        let with = |name: &str| ListingInput {
            name: Some(name.to_owned()),
            ..ListingInput::default()
        };
        let read = |name: &str| read_texts(&with(name), 1).map(|listing| listing.name);
        assert_eq!(read(&"x".repeat(64)), Ok(Some("x".repeat(64))));
        let refused = |got, has_control| {
            Err(ContractError::ListingText {
                field: "name",
                most: 64,
                got,
                has_control,
            }
            .into())
        };
        assert_eq!(read(&"ä".repeat(33)), refused(66, false));
        for name in ["a\nb", "\u{7f}", "\u{85}"] {
            assert_eq!(read(name), refused(name.len(), true), "{name:?}");
        }
    }
}
