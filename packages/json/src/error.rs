use thiserror::Error;

/// JSON that is not of the form that its reader wants. The words are those of `serde`, which people and
/// programs know.
#[derive(Error, Clone, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// A value of another kind.
    #[error("invalid type: {found}, expected {expected}")]
    OtherKind {
        /// What was written.
        found: &'static str,
        /// What is read here.
        expected: &'static str,
    },
    /// A value of the right kind that means nothing here.
    #[error("invalid value: `{found}`, expected {expected}")]
    Nonsense {
        /// What was written.
        found: String,
        /// What is read here.
        expected: &'static str,
    },
    /// A field that must be there is not.
    #[error("missing field `{field}`")]
    Missing {
        /// Its name.
        field: &'static str,
    },
    /// A field that is not known here, such as a misspelt one.
    #[error("unknown field `{field}`, {expected}")]
    Unknown {
        /// What was written.
        field: String,
        /// The known ones.
        expected: String,
    },
    /// A field that comes twice.
    #[error("duplicate field `{field}`")]
    Duplicate {
        /// Its name.
        field: String,
    },
    /// None of the variants.
    #[error("unknown variant `{variant}`, {expected}")]
    UnknownVariant {
        /// What was written.
        variant: String,
        /// The known ones.
        expected: String,
    },
    /// An error in a field's value.
    #[error("{field}: {error}")]
    In {
        /// The field's name.
        field: &'static str,
        /// What is wrong in it.
        error: Box<JsonError>,
    },
}
