use crate::{Json, JsonError};

/// A type that is read from [`Json`].
///
/// Reading never stops early: what cannot be read is noted in [`Errors`], and [`FromJson::blank`] stands in
/// for it. So the code for a struct is one call per field, without a way out after each, which had to drop
/// the fields before it: on chain, that is most of what a decoder weighs.
pub trait FromJson: Sized {
    /// Any value, cheap to make. Nobody sees it: where it is used there is an error.
    fn blank() -> Self;

    /// Reads it, and notes what is not as it should be.
    fn read(json: Json, errors: &mut Errors) -> Self;

    /// What a field that is not there means: by default an error.
    fn absent(field: &'static str, errors: &mut Errors) -> Self {
        errors.note(JsonError::Missing { field });
        Self::blank()
    }
}

/// The first error that a reader met.
#[derive(Default)]
pub struct Errors(Option<JsonError>);

impl Errors {
    /// Notes an error, unless there is one already.
    pub fn note(&mut self, error: JsonError) {
        if self.0.is_none() {
            self.0 = Some(error);
        }
    }

    /// Whether there is none yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Says of the error in which field it is.
    pub(crate) fn place_in(&mut self, field: &'static str) {
        self.0 = self.0.take().map(|error| JsonError::In {
            field,
            error: Box::new(error),
        });
    }
}

/// Reads a type.
///
/// # Errors
/// The first that was met.
pub fn read<T: FromJson>(json: Json) -> Result<T, JsonError> {
    let mut errors = Errors::default();
    let value = T::read(json, &mut errors);
    match errors.0 {
        None => Ok(value),
        Some(error) => Err(error),
    }
}
