//! The three places that values come from, and who of them is heard.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{KeyringArgs, NodeArgs, SendArgs};
use super::error::ConfigError;
use super::field::Field;
use super::file;
use super::origin::{Origin, Settled};
use super::raw::{Raw, RawValues};

/// What lies around the program.
pub struct Surroundings<'a> {
    /// The working folder.
    pub folder: PathBuf,
    /// The environment.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
}

/// What the arguments say.
#[derive(Default)]
pub struct Flags(BTreeMap<Field, Raw>);

impl Flags {
    fn set(&mut self, field: Field, value: Option<String>) {
        self.0.extend(value.map(|value| (field, Raw::One(value))));
    }

    fn set_path(&mut self, field: Field, value: Option<&PathBuf>) {
        self.set(field, value.map(|path| path.to_string_lossy().into_owned()));
    }

    /// With what these say.
    #[must_use]
    pub fn with_node(mut self, args: &NodeArgs) -> Self {
        if !args.nodes.is_empty() {
            self.0.insert(Field::Nodes, Raw::Many(args.nodes.clone()));
        }
        self.set(Field::ChainId, args.chain_id.clone());
        self.set(Field::Vault, args.vault.clone());
        self.set(Field::Multisig, args.multisig.clone());
        self
    }

    /// With what these say.
    #[must_use]
    pub fn with_keyring(mut self, args: &KeyringArgs) -> Self {
        self.set_path(Field::Keyring, args.keyring.as_ref());
        self.set_path(Field::PassphraseFile, args.passphrase_file.as_ref());
        self
    }

    /// With what these say.
    #[must_use]
    pub fn with_send(mut self, args: &SendArgs) -> Self {
        self.set(Field::From, args.from.clone());
        self.set(Field::GasPrice, args.gas_price.clone());
        self.set(Field::MaxGasPrice, args.max_gas_price.clone());
        self.set(Field::GasFactor, args.gas_factor.clone());
        self.with_keyring(&args.keyring)
    }

    /// With the most that a day's fees may be.
    #[must_use]
    pub fn with_daily_fee_limit(mut self, limit: Option<&str>) -> Self {
        self.set(Field::DailyFeeLimit, limit.map(str::to_string));
        self
    }
}

/// All values, each by the strongest who said it, and the file that was found.
pub fn collect(
    flags: Flags,
    around: &Surroundings<'_>,
) -> Result<(Option<PathBuf>, RawValues), ConfigError> {
    let shown = file::find(&around.folder);
    let mut values = match &shown {
        Some(shown) => file::read(&around.folder.join(shown), shown)?,
        None => BTreeMap::new(),
    };
    let above = shown
        .as_deref()
        .and_then(Path::parent)
        .map(Path::to_path_buf);
    for field in [
        Field::Keyring,
        Field::PassphraseFile,
        Field::Checksums,
        Field::State,
    ] {
        if let (
            Some(Settled {
                value: Raw::One(path),
                ..
            }),
            Some(above),
        ) = (values.get_mut(&field), &above)
        {
            // an empty one is refused as such
            if !path.is_empty() {
                *path = resolve(path, above, around);
            }
        }
    }
    for field in Field::ALL {
        let said = field
            .variable()
            .and_then(|name| Some((name, (around.variable)(name)?)));
        if let Some((name, text)) = said.filter(|(_, text)| !text.is_empty()) {
            let value = match field {
                Field::Nodes => {
                    Raw::Many(text.split(',').map(|it| it.trim().to_string()).collect())
                }
                _ => Raw::One(text),
            };
            let from = Origin::Variable(name);
            values.insert(field, Settled { value, from });
        }
    }
    for (field, value) in flags.0 {
        let from = Origin::Flag(field.flag().unwrap_or(field.name()));
        values.insert(field, Settled { value, from });
    }
    Ok((shown, values))
}

/// Paths in the file are seen from the file; no shell has read them.
fn resolve(path: &str, above: &Path, around: &Surroundings<'_>) -> String {
    let home = path.strip_prefix("~/").zip((around.variable)("HOME"));
    let path = match home {
        Some((rest, home)) => Path::new(&home).join(rest),
        None => above.join(path),
    };
    path.to_string_lossy().into_owned()
}
