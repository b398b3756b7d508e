//! Objects, field by field, and variants of enums.

use crate::{Errors, FromJson, Json, JsonError};

/// The fields of one object that are not read yet.
pub struct Fields<'a> {
    unread: Vec<(String, Json)>,
    errors: &'a mut Errors,
}

impl<'a> Fields<'a> {
    fn of(json: Json, known: &[&str], errors: &'a mut Errors) -> Self {
        let fields = Self::among(json, errors);
        for (index, (field, _)) in fields.unread.iter().enumerate() {
            let is_known = known.contains(&field.as_str());
            let mut before = fields.unread.iter().take(index);
            if is_known && !before.any(|(other, _)| other == field) {
                continue;
            }
            let field = field.clone();
            fields.errors.note(if is_known {
                JsonError::Duplicate { field }
            } else {
                let names = known.iter().map(|name| (*name).to_owned());
                let expected = one_of(names.collect());
                JsonError::Unknown { field, expected }
            });
            break;
        }
        fields
    }

    /// An object that may have any fields: the last of those with one name counts.
    /// Notes [`JsonError::OtherKind`].
    pub fn among(json: Json, errors: &'a mut Errors) -> Self {
        let unread = match json {
            Json::Object(unread) => unread,
            other => {
                errors.note(other.is_not("an object"));
                vec![]
            }
        };
        Self { unread, errors }
    }

    /// Takes a field out.
    fn take(&mut self, name: &str) -> Option<Json> {
        let place = self.unread.iter().rposition(|(field, _)| field == name)?;
        Some(self.unread.remove(place).1)
    }

    /// Reads a field. Notes [`JsonError::Missing`], and what is wrong in it as [`JsonError::In`].
    pub fn read<T: FromJson>(&mut self, name: &'static str) -> T {
        let Some(json) = self.take(name) else {
            return T::absent(name, self.errors);
        };
        let was_empty = self.errors.is_empty();
        let value = T::read(json, self.errors);
        if was_empty {
            self.errors.place_in(name);
        }
        value
    }
}

/// One variant of an enum: its name alone as a string, or an object with its name as the only field.
pub struct Variant {
    name: String,
    body: Option<Json>,
}

impl Variant {
    /// The variant as written. Notes [`JsonError::OtherKind`], and an object with more than one field, or
    /// none.
    pub fn of(json: Json, errors: &mut Errors) -> Self {
        const EXPECTED: &str = "one variant by its name";
        let (name, body) = match json {
            Json::Text(name) => (name, None),
            Json::Object(mut fields) if fields.len() == 1 => match fields.pop() {
                Some((name, body)) => (name, Some(body)),
                None => (String::new(), None),
            },
            Json::Object(fields) => {
                errors.note(JsonError::Nonsense {
                    found: format!("an object with {} fields", fields.len()),
                    expected: EXPECTED,
                });
                (String::new(), None)
            }
            other => {
                errors.note(other.is_not(EXPECTED));
                (String::new(), None)
            }
        };
        Self { name, body }
    }

    /// Whether it is the variant with this name in Rust.
    #[must_use]
    pub fn is(&self, variant: &str) -> bool {
        is_snake_of(&self.name, variant)
    }

    // what follows takes parts out of it and not itself: it would be copied for each variant

    /// Takes its content. Notes [`JsonError::OtherKind`]: its name alone.
    pub fn take_body(&mut self, errors: &mut Errors) -> Json {
        self.body.take().unwrap_or_else(|| {
            errors.note(Json::Text(String::new()).is_not("an object"));
            Json::Null
        })
    }

    /// Takes its content, as [`Json::take_fields`].
    pub fn take_fields<'a>(&mut self, known: &[&str], errors: &'a mut Errors) -> Fields<'a> {
        let body = self.take_body(errors);
        Fields::of(body, known, errors)
    }

    /// It must have no content. Notes [`JsonError::OtherKind`].
    pub fn ensure_bare(&self, errors: &mut Errors) {
        match &self.body {
            None => {}
            Some(other) => errors.note(other.is_not("a variant without content")),
        }
    }

    /// Notes [`JsonError::UnknownVariant`], which names the variants, given by their names in Rust.
    pub fn is_none_of(&self, known: &[&str], errors: &mut Errors) {
        errors.note(JsonError::UnknownVariant {
            variant: self.name.clone(),
            expected: one_of(known.iter().map(|variant| snake_of(variant)).collect()),
        });
    }
}

impl Json {
    /// The fields of an object that has fields with these names, each at most once, and no others.
    /// Notes [`JsonError::OtherKind`], [`JsonError::Unknown`], [`JsonError::Duplicate`].
    pub fn take_fields<'a>(self, known: &[&str], errors: &'a mut Errors) -> Fields<'a> {
        Fields::of(self, known, errors)
    }

    /// An error: something else is read here.
    #[must_use]
    pub const fn is_not(&self, expected: &'static str) -> JsonError {
        JsonError::OtherKind {
            found: self.kind(),
            expected,
        }
    }
}

/// Whether a text is a Rust name in snake case, as `serde` writes it.
#[must_use]
fn is_snake_of(text: &str, camel: &str) -> bool {
    let mut rest = text.bytes();
    camel.bytes().enumerate().all(|(index, letter)| {
        let stands_apart = index > 0 && letter.is_ascii_uppercase();
        (!stands_apart || rest.next() == Some(b'_'))
            && rest.next() == Some(letter.to_ascii_lowercase())
    }) && rest.next().is_none()
}

pub(crate) fn snake_of(camel: &str) -> String {
    let mut snake = String::new();
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Lists what is known, in the words of `serde`.
fn one_of(known: Vec<String>) -> String {
    match known.as_slice() {
        [] => "there are none".to_owned(),
        [one] => format!("expected `{one}`"),
        [one, other] => format!("expected `{one}` or `{other}`"),
        many => format!("expected one of `{}`", many.join("`, `")),
    }
}
