//! Listings as a person writes them.

use cosmwasm_std::Uint128;
use defenders_types::{ListingGroupsInput, ListingInfo, ListingInput};

use super::scope::Scope;
use super::times::read_time_or_days;
use crate::input::{InputError, Node, Object, hint};
use crate::proposal::read_operator;

/// Most validators of a message.
const MOST: usize = 100;
/// The furthest end of a listing.
const MOST_DAYS: u64 = 400;

/// The validators to list.
pub fn read_all(node: Node, scope: &mut Scope) -> Result<Vec<ListingInput>, InputError> {
    let nodes = read_nodes(node)?.into_iter();
    nodes.map(|node| read(node, scope)).collect()
}

/// The validators to drain.
pub fn read_operators(node: Node, scope: &mut Scope) -> Result<Vec<String>, InputError> {
    let nodes = read_nodes(node)?;
    let names = nodes.iter().map(|node| {
        let validator = scope.name_validator(node)?;
        ensure_listed(node, &validator, scope)?;
        Ok(validator)
    });
    names.collect()
}

/// The validators that fail in the snapshot: those may be listed or drained as well.
pub fn read_failed(node: Node, scope: &Scope) -> Result<Vec<String>, InputError> {
    let mut names = Vec::new();
    for node in read_nodes(node)? {
        let name = read_operator(&scope.prefix, &node)?;
        if names.contains(&name) {
            return Err(node.impossible(format!("{name:?} is given twice")));
        }
        names.push(name);
    }
    Ok(names)
}

/// The listings as they are, with another end: nothing is raised.
pub fn renew_all(
    node: Node,
    ends_at: u64,
    scope: &mut Scope,
) -> Result<Vec<ListingInput>, InputError> {
    if scope.context.listings.is_none() {
        return Err(node.impossible(
            "to repeat what the listings say, give the vault's answer to {\"validators\": {}} \
             with --listings",
        ));
    }
    let nodes = read_nodes(node)?;
    let listings = nodes.iter().map(|node| {
        let validator = scope.name_validator(node)?;
        ensure_listed(node, &validator, scope)?;
        match scope.context.listing(&validator) {
            Some(listing) => Ok(renew(validator, listing, ends_at)),
            None => Err(node.impossible(format!("{validator} is not listed"))),
        }
    });
    listings.collect()
}

fn renew(validator: String, listing: &ListingInfo, ends_at: u64) -> ListingInput {
    let ListingInfo {
        name,
        website,
        contact,
        reason,
        operator,
        hosting,
        jurisdiction,
        max_tokens,
        ..
    } = listing.clone();
    let groups = ListingGroupsInput {
        operator,
        hosting,
        jurisdiction,
    };
    ListingInput {
        validator,
        name,
        website,
        contact,
        reason,
        groups: (groups != ListingGroupsInput::default()).then_some(groups),
        max_tokens,
        ends_at: Some(ends_at),
    }
}

/// When it is known who is listed.
fn ensure_listed(node: &Node, validator: &str, scope: &Scope) -> Result<(), InputError> {
    let Some(listings) = &scope.context.listings else {
        return Ok(());
    };
    if scope.context.listing(validator).is_some() {
        return Ok(());
    }
    let listed = listings.values().filter(|info| info.listed);
    let hint = hint(validator, listed.map(|info| info.validator.as_str()));
    Err(InputError::Misnamed {
        path: node.path().to_string(),
        kind: "listed validator",
        name: validator.to_string(),
        hint,
    })
}

fn read_nodes(node: Node) -> Result<Vec<Node>, InputError> {
    let number = node.wrong("1 to 100 validators");
    let nodes = node.array()?;
    match (1..=MOST).contains(&nodes.len()) {
        true => Ok(nodes),
        false => Err(number),
    }
}

fn read(node: Node, scope: &mut Scope) -> Result<ListingInput, InputError> {
    let mut row = node.object(&[
        "validator",
        "name",
        "website",
        "contact",
        "reason",
        "groups",
        "max_tokens",
        "ends_at",
        "ends_in_days",
    ])?;
    let tokens = row.optional("max_tokens");
    Ok(ListingInput {
        validator: scope.name_validator(&row.required("validator")?)?,
        name: read_words(&mut row, "name", 64)?,
        website: read_words(&mut row, "website", 128)?,
        contact: read_words(&mut row, "contact", 128)?,
        reason: read_words(&mut row, "reason", 280)?,
        groups: row.optional("groups").map(read_groups).transpose()?,
        max_tokens: tokens
            .map(|node| node.tokens().map(Uint128::new))
            .transpose()?,
        ends_at: read_optional_end(&mut row, scope)?,
    })
}

fn read_words(
    row: &mut Object,
    field: &'static str,
    bytes: usize,
) -> Result<Option<String>, InputError> {
    let Some(node) = row.optional(field) else {
        return Ok(None);
    };
    let text = node.name()?;
    match text.len() <= bytes {
        true => Ok(Some(text)),
        false => Err(node.impossible(format!("{} bytes are more than {bytes}", text.len()))),
    }
}

fn read_groups(node: Node) -> Result<ListingGroupsInput, InputError> {
    let mut groups = node.object(&["operator", "hosting", "jurisdiction"])?;
    let mut read = |field| {
        let node = groups.optional(field);
        node.map(|node| read_group(&node)).transpose()
    };
    Ok(ListingGroupsInput {
        operator: read("operator")?,
        hosting: read("hosting")?,
        jurisdiction: read("jurisdiction")?,
    })
}

fn read_group(node: &Node) -> Result<String, InputError> {
    node.text("a group: 1 to 32 of a-z, 0-9 and -", |text| {
        let is_letter =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_group = (1..=32).contains(&text.len()) && text.bytes().all(is_letter);
        is_group.then(|| text.to_string())
    })
}

/// The end that has to be given.
pub fn read_end(act: &mut Object, scope: &Scope) -> Result<u64, InputError> {
    match read_optional_end(act, scope)? {
        Some(end) => Ok(end),
        None => Err(act.missing("ends_at or ends_in_days")),
    }
}

fn read_optional_end(row: &mut Object, scope: &Scope) -> Result<Option<u64>, InputError> {
    let fields = ("ends_at", "ends_in_days");
    read_time_or_days(row, fields, scope.context.now, MOST_DAYS)
}
