//! Where a value comes from.

use std::fmt;
use std::path::PathBuf;

/// Where a value comes from, in rising order of strength.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said it.
    Default,
    /// It follows from the vault's address.
    Vault,
    /// `defenders.toml`.
    File {
        /// Its path.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// A variable of the environment.
    Variable(&'static str),
    /// An argument.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::Vault => f.write_str("the vault's address"),
            Origin::File { file, line } => write!(f, "{}:{line}", file.display()),
            Origin::Variable(name) | Origin::Flag(name) => f.write_str(name),
        }
    }
}

/// A value, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled<T> {
    /// What holds.
    pub value: T,
    /// Who said so.
    pub from: Origin,
}

impl<T> Settled<T> {
    /// What nobody said.
    pub fn default(value: T) -> Self {
        Self {
            value,
            from: Origin::Default,
        }
    }
}
