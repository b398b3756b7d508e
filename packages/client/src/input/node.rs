//! A JSON value that knows its path, and says it when it is not what it should be.

use cosmwasm_std::Decimal;

use super::Json;
use super::error::InputError;
use super::numbers;

/// A value with the path to it, as `validators[3].groups[1]`; empty at the top.
#[derive(Debug)]
pub struct Node {
    path: String,
    json: Json,
}

impl Node {
    /// The top of a file.
    pub fn top(json: Json) -> Self {
        Self::at(String::new(), json)
    }

    /// A value at a path that has a name of its own.
    pub fn at(path: String, json: Json) -> Self {
        Self { path, json }
    }

    /// The path to it, for messages.
    pub fn path(&self) -> &str {
        match self.path.as_str() {
            "" => "top level",
            path => path,
        }
    }

    /// The value itself.
    pub fn json(&self) -> &Json {
        &self.json
    }

    /// The value itself, to be given another path.
    pub fn into_json(self) -> Json {
        self.json
    }

    /// An object that may have any fields, none of them twice.
    pub fn open_object(self) -> Result<Object, InputError> {
        self.read_object(None)
    }

    /// An object with no other fields than these, and none of them twice.
    pub fn object(self, known: &[&'static str]) -> Result<Object, InputError> {
        self.read_object(Some(known))
    }

    fn read_object(self, known: Option<&[&'static str]>) -> Result<Object, InputError> {
        let fields = match self.json {
            Json::Object(fields) => fields,
            _ => return Err(self.wrong("an object")),
        };
        let mut object = Object {
            path: self.path,
            fields: Vec::with_capacity(fields.len()),
        };
        for (name, json) in fields {
            let path = object.path_of(&name);
            if let Some(known) = known.filter(|known| !known.contains(&name.as_str())) {
                let known = known.join(", ");
                return Err(InputError::UnknownField { path, known });
            }
            if object.fields.iter().any(|(other, _)| *other == name) {
                return Err(InputError::FieldTwice { path });
            }
            object.fields.push((name, json));
        }
        Ok(object)
    }

    /// An object whose names are free: its fields in their order, none of them twice.
    pub fn fields(self) -> Result<Vec<(String, Node)>, InputError> {
        let object = self.open_object()?;
        let path = |name: &str| object.path_of(name);
        let fields = object.fields.iter();
        Ok(fields
            .map(|(name, json)| (name.clone(), Node::at(path(name), json.clone())))
            .collect())
    }

    /// An array.
    pub fn array(self) -> Result<Vec<Node>, InputError> {
        let elements = match self.json {
            Json::Array(elements) => elements,
            _ => return Err(self.wrong("an array")),
        };
        let elements = elements.into_iter().enumerate();
        Ok(elements
            .map(|(index, json)| Node {
                path: format!("{}[{index}]", self.path),
                json,
            })
            .collect())
    }

    /// A name: a string that is not empty and can be shown on a line.
    pub fn name(&self) -> Result<String, InputError> {
        self.text(
            "a string that is not empty, without control characters",
            |text| {
                let is_name = !text.is_empty() && !text.chars().any(char::is_control);
                is_name.then(|| text.to_string())
            },
        )
    }

    /// An amount in base units.
    pub fn tokens(&self) -> Result<u128, InputError> {
        self.text(
            "an amount: a string of decimal digits, below 2^128",
            numbers::parse_tokens,
        )
    }

    /// A share, or any other ratio that is not negative.
    pub fn share(&self) -> Result<Decimal, InputError> {
        self.text(
            "a decimal number: a string as \"0.25\", with at most 18 places, below 2^128 x 10^-18",
            numbers::parse_share,
        )
    }

    /// An integer, not below 0: a number of something, or a time.
    pub fn count(&self) -> Result<u64, InputError> {
        self.number("an integer from 0 to 2^64 - 1, written as a number")
    }

    /// The same below 2^32.
    pub fn small_count(&self) -> Result<u32, InputError> {
        self.number("an integer from 0 to 2^32 - 1, written as a number")
    }

    fn number<T: std::str::FromStr>(&self, expected: &'static str) -> Result<T, InputError> {
        let parsed = match &self.json {
            Json::Number(number) => number.parse().ok(),
            _ => None,
        };
        parsed.ok_or_else(|| self.wrong(expected))
    }

    /// true or false.
    pub fn flag(&self) -> Result<bool, InputError> {
        match self.json {
            Json::Bool(flag) => Ok(flag),
            _ => Err(self.wrong("true or false")),
        }
    }

    /// What a text stands for.
    pub fn text<T>(
        &self,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, InputError> {
        let text = match &self.json {
            Json::Text(text) => Some(text),
            _ => None,
        };
        text.and_then(|text| parse(text))
            .ok_or_else(|| self.wrong(expected))
    }

    /// What to say when it is something else.
    pub fn wrong(&self, expected: &'static str) -> InputError {
        InputError::Wrong {
            path: self.path().to_string(),
            expected,
            found: self.json.to_string(),
        }
    }

    /// What to say when it is right alone, and cannot be here.
    pub fn impossible(&self, reason: impl Into<String>) -> InputError {
        InputError::Impossible {
            path: self.path().to_string(),
            reason: reason.into(),
        }
    }

    /// What to say when it names nothing.
    pub fn unknown(&self, kind: &'static str, name: String) -> InputError {
        InputError::Unknown {
            path: self.path().to_string(),
            kind,
            name,
        }
    }
}

/// An object whose fields are taken one by one.
#[derive(Debug)]
pub struct Object {
    path: String,
    fields: Vec<(String, Json)>,
}

impl Object {
    /// A field that has to be there.
    pub fn required(&mut self, name: &'static str) -> Result<Node, InputError> {
        let path = self.path_of(name);
        match self.take(name) {
            Some(json) => Ok(Node { path, json }),
            None => Err(InputError::Missing { path }),
        }
    }

    /// A field that may be absent or null, which mean the same.
    pub fn optional(&mut self, name: &'static str) -> Option<Node> {
        let path = self.path_of(name);
        match self.take(name) {
            None | Some(Json::Null) => None,
            Some(json) => Some(Node { path, json }),
        }
    }

    /// What to say when one of several fields has to be there.
    pub fn missing(&self, names: &str) -> InputError {
        let path = match self.path.as_str() {
            "" => names.to_string(),
            path => format!("{path}: {names}"),
        };
        InputError::Missing { path }
    }

    /// From here on another path, which tells more.
    pub fn rename(&mut self, path: String) {
        self.path = path;
    }

    fn take(&mut self, name: &str) -> Option<Json> {
        let index = self.fields.iter().position(|(field, _)| field == name)?;
        Some(self.fields.swap_remove(index).1)
    }

    fn path_of(&self, name: &str) -> String {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        match (name.bytes().all(is_word) && !name.is_empty(), &*self.path) {
            (true, "") => name.to_string(),
            (true, path) => format!("{path}.{name}"),
            (false, path) => format!("{path}[{name:?}]"),
        }
    }
}
