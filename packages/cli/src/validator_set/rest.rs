//! What a chain answers at `/cosmos/staking/v1beta1/validators`, or its program to `query staking
//! validators --output json`: one page, or several pages put together, as an array or simply one
//! after the other.

use cosmwasm_std::{Decimal, Uint128};

use super::answers::ensure_is_set;
use super::names::clean_name;
use super::{SetValidator, Status, ensure_usable, parse_rate};
use crate::input::{InputError, Json, Node, Object, numbers};

/// A set as read, and what is odd about it without being wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct RestSet {
    /// In ascending operator address.
    pub validators: Vec<SetValidator>,
    /// Why validators seem to be missing.
    pub missing: Option<String>,
}

/// Reads one or more pages.
pub fn parse_pages(text: &str) -> Result<RestSet, InputError> {
    let values = serde_json::Deserializer::from_str(text)
        .into_iter::<Json>()
        .collect::<Result<Vec<_>, _>>()?;
    let mut reader = Reader::default();
    for value in values {
        match value {
            Json::Array(elements) => elements
                .into_iter()
                .try_for_each(|element| reader.read_page_or_validator(element))?,
            page => reader.read_page(page)?,
        }
    }
    let missing = reader.missing();
    Ok(RestSet {
        validators: ensure_usable(reader.validators)?,
        missing,
    })
}

#[derive(Default)]
struct Reader {
    pages: usize,
    has_next_page: bool,
    /// What the pages say that there are, 0 when they say nothing.
    total: u64,
    validators: Vec<(String, SetValidator)>,
}

impl Reader {
    fn read_page_or_validator(&mut self, value: Json) -> Result<(), InputError> {
        if value.field("operator_address").is_some() {
            return self.read_validator(value);
        }
        self.read_page(value)
    }

    fn read_page(&mut self, page: Json) -> Result<(), InputError> {
        self.pages += 1;
        let path = format!("page {}", self.pages);
        ensure_is_set(&path, &page)?;
        let next_key = page.field("pagination").and_then(|it| it.field("next_key"));
        self.has_next_page = matches!(next_key, Some(Json::Text(key)) if !key.is_empty());
        let total = page.field("pagination").and_then(|it| it.field("total"));
        let total = total
            .and_then(Json::text)
            .and_then(|text| text.parse().ok());
        self.total = self.total.max(total.unwrap_or_default());
        let mut page = match &page {
            Json::Object(_) => Node::at(path, page).open_object()?,
            _ => return Err(Node::at(path, page).wrong("an object with `validators`")),
        };
        for validator in page.required("validators")?.array()? {
            self.read_validator(validator.into_json())?;
        }
        Ok(())
    }

    fn missing(&self) -> Option<String> {
        let found = self.validators.len();
        let why = if self.has_next_page {
            "the last page names a next one".to_string()
        } else if usize::try_from(self.total).is_ok_and(|total| total > found) {
            format!(
                "the pages say that there are {}, and have {found}",
                self.total
            )
        } else {
            return None;
        };
        Some(format!(
            "validators are missing, {why}: ask again with ?pagination.limit=500, or put all pages \
             into one file"
        ))
    }

    fn read_validator(&mut self, value: Json) -> Result<(), InputError> {
        let path = format!("validator {}", self.validators.len() + 1);
        let fields = Node::at(path.clone(), value).open_object()?;
        self.validators.push((path, read_validator(fields)?));
        Ok(())
    }
}

fn read_validator(mut fields: Object) -> Result<SetValidator, InputError> {
    let operator = fields
        .required("operator_address")?
        .text("an operator address", parse_operator)?;
    fields.rename(format!("validator {operator}"));
    let status = fields.required("status")?;
    let commission = fields.required("commission")?;
    let mut commission = commission.open_object()?;
    let mut rates = commission.required("commission_rates")?.open_object()?;
    let rate = rates.required("rate")?;
    let is_numbered = matches!(status.json(), Json::Number(_));
    Ok(SetValidator {
        status: match is_numbered {
            true => read_numbered_status(&status, &rate)?,
            false => read_status(&status)?,
        },
        jailed: match fields.optional("jailed") {
            Some(flag) => flag.flag()?,
            None => false, // programs leave out what is false
        },
        tokens: Uint128::new(fields.required("tokens")?.tokens()?),
        commission_rate: read_rate(&rate, is_numbered)?,
        name: match fields.optional("description") {
            Some(description) => read_moniker(description),
            None => None,
        },
        operator,
    })
}

fn parse_operator(text: &str) -> Option<String> {
    let is_part = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    let is_word = !text.is_empty() && text.bytes().all(is_part);
    is_word.then(|| text.to_string())
}

fn read_status(status: &Node) -> Result<Status, InputError> {
    status.text(
        "BOND_STATUS_BONDED, BOND_STATUS_UNBONDING or BOND_STATUS_UNBONDED",
        |text| match text {
            "BOND_STATUS_BONDED" => Some(Status::Bonded),
            "BOND_STATUS_UNBONDING" => Some(Status::Unbonding),
            "BOND_STATUS_UNBONDED" => Some(Status::Unbonded),
            _ => None,
        },
    )
}

/// Programs of SDK 0.50 print the numbers of the protocol, and rates as integers of 10^-18. Before
/// 0.40 there were other numbers, and rates with a point: 2 was bonded, which is unbonding now.
fn read_numbered_status(status: &Node, rate: &Node) -> Result<Status, InputError> {
    if rate.json().text().is_some_and(|text| text.contains('.')) {
        return Err(InputError::LooksLike {
            path: format!("{}: ", status.path()),
            what: "a legacy answer, whose status numbers 0 to 2 newer programs count otherwise"
                .to_string(),
            instead: "ask the REST endpoint /cosmos/staking/v1beta1/validators",
        });
    }
    match status.count()? {
        1 => Ok(Status::Unbonded),
        2 => Ok(Status::Unbonding),
        3 => Ok(Status::Bonded),
        _ => Err(status.wrong("a status from 1 (unbonded) to 3 (bonded), or its name")),
    }
}

/// A decimal; or an integer of 10^-18, which is what an integer above 1 must be.
fn read_rate(rate: &Node, is_atomic: bool) -> Result<Decimal, InputError> {
    rate.text("a decimal in [0, 1] as a string", |text| {
        let atomics = || numbers::parse_tokens(text).map(Decimal::raw);
        let atomics = || atomics().filter(|rate| *rate <= Decimal::one());
        match (is_atomic, parse_rate(text)) {
            (true, _) => atomics(),
            (false, Some(rate)) => Some(rate),
            (false, None) if text.len() > 9 => atomics(),
            (false, None) => None,
        }
    })
}

/// The name that the operator gives itself; other fields of a description are free text too.
fn read_moniker(description: Node) -> Option<String> {
    let moniker = description.json().field("moniker");
    moniker.and_then(Json::text).and_then(clean_name)
}

#[cfg(test)]
mod tests;
