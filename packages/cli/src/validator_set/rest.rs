//! What a chain answers at `/cosmos/staking/v1beta1/validators`: one page, or several pages put
//! together, as an array or simply one after the other.

use serde_json::{Map, Value};

use super::{SetError, SetValidator, Status, ensure_usable, parse_rate, parse_tokens};

/// A set as read, and what is odd about it without being wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct RestSet {
    /// In ascending operator address.
    pub validators: Vec<SetValidator>,
    /// The last page names a next one: validators are missing.
    pub is_cut_off: bool,
}

/// Reads one or more pages.
pub fn parse_pages(text: &str) -> Result<RestSet, SetError> {
    let values = serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| SetError::Json(error.to_string()))?;
    let mut reader = Reader::default();
    for value in values {
        match value {
            Value::Array(elements) => elements
                .into_iter()
                .try_for_each(|element| reader.read_page_or_validator(element))?,
            page => reader.read_page(page)?,
        }
    }
    Ok(RestSet {
        validators: ensure_usable(reader.validators)?,
        is_cut_off: reader.has_next_page,
    })
}

#[derive(Default)]
struct Reader {
    pages: usize,
    has_next_page: bool,
    validators: Vec<SetValidator>,
}

impl Reader {
    fn read_page_or_validator(&mut self, value: Value) -> Result<(), SetError> {
        if value.get("operator_address").is_some() {
            return self.read_validator(value);
        }
        self.read_page(value)
    }

    fn read_page(&mut self, page: Value) -> Result<(), SetError> {
        self.pages += 1;
        let path = format!("page {}", self.pages);
        let Value::Object(mut page) = page else {
            return Err(wrong_shape(path, "an object with `validators`", &page));
        };
        let next_key = page.get("pagination").and_then(|it| it.get("next_key"));
        self.has_next_page = matches!(next_key, Some(Value::String(key)) if !key.is_empty());
        match page.remove("validators") {
            Some(Value::Array(validators)) => validators
                .into_iter()
                .try_for_each(|validator| self.read_validator(validator)),
            Some(other) => Err(wrong_shape(
                format!("{path}, field `validators`"),
                "an array",
                &other,
            )),
            None => Err(SetError::Missing {
                validator: path,
                field: "validators",
            }),
        }
    }

    fn read_validator(&mut self, value: Value) -> Result<(), SetError> {
        let path = format!("validator {}", self.validators.len() + 1);
        let Value::Object(fields) = value else {
            return Err(wrong_shape(path, "an object", &value));
        };
        self.validators.push(parse_validator(&path, &fields)?);
        Ok(())
    }
}

fn parse_validator(path: &str, fields: &Map<String, Value>) -> Result<SetValidator, SetError> {
    let operator =
        Field::of(path, fields, "operator_address")?.parse_with("an operator address", |text| {
            let is_part = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
            let is_word = !text.is_empty() && text.bytes().all(is_part);
            is_word.then(|| text.to_string())
        })?;
    let name = format!("validator {operator}");
    Ok(SetValidator {
        status: Field::of(&name, fields, "status")?.parse_with(
            "BOND_STATUS_BONDED, BOND_STATUS_UNBONDING or BOND_STATUS_UNBONDED",
            |text| match text {
                "BOND_STATUS_BONDED" => Some(Status::Bonded),
                "BOND_STATUS_UNBONDING" => Some(Status::Unbonding),
                "BOND_STATUS_UNBONDED" => Some(Status::Unbonded),
                _ => None,
            },
        )?,
        jailed: Field::of(&name, fields, "jailed")?.as_bool()?,
        tokens: Field::of(&name, fields, "tokens")?
            .parse_with("an unsigned integer as a string", parse_tokens)?,
        commission_rate: Field::of(&name, fields, "commission.commission_rates.rate")?
            .parse_with("a decimal in [0, 1] as a string", parse_rate)?,
        operator,
    })
}

/// A field of a validator, which knows how to complain.
struct Field<'a> {
    validator: &'a str,
    path: &'static str,
    value: &'a Value,
}

impl<'a> Field<'a> {
    fn of(
        validator: &'a str,
        fields: &'a Map<String, Value>,
        path: &'static str,
    ) -> Result<Self, SetError> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let steps = rest.split('.').filter(|step| !step.is_empty());
        let value = steps
            .fold(fields.get(first), |value, step| value?.get(step))
            .ok_or_else(|| SetError::Missing {
                validator: validator.to_string(),
                field: path,
            })?;
        Ok(Self {
            validator,
            path,
            value,
        })
    }

    fn parse_with<T>(
        &self,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, SetError> {
        let text = self.value.as_str();
        text.and_then(parse).ok_or_else(|| self.wrong(expected))
    }

    fn as_bool(&self) -> Result<bool, SetError> {
        let flag = self.value.as_bool();
        flag.ok_or_else(|| self.wrong("true or false"))
    }

    fn wrong(&self, expected: &'static str) -> SetError {
        SetError::Field {
            validator: self.validator.to_string(),
            field: self.path,
            expected,
            found: self.value.to_string(),
        }
    }
}

fn wrong_shape(path: String, expected: &'static str, value: &Value) -> SetError {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    SetError::Shape {
        path,
        expected,
        found,
    }
}

#[cfg(test)]
mod tests;
