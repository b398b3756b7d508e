//! What holds: every value understood, with where it comes from.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use defenders_node::keys::KeyName;
use defenders_node::{Coin, GasPrice};
use zeroize::Zeroizing;

use super::args::{KeyringArgs, NodeArgs, SendArgs};
use super::error::ConfigError;
use super::field::Field;
use super::gas_factor::GasFactor;
use super::origin::{Origin, Settled};
use super::raw::{Flags, Raw, Surroundings, collect};
use crate::proposal::{Prefix, parse_address};
use crate::terminal::Denom;

/// In the home folder, where keys are when nobody says another place.
const KEYRING: &str = ".defenders/keyring";

/// The settings of a run.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file that was found, from the working folder.
    pub file: Option<PathBuf>,
    /// Name of the chain.
    pub chain_id: Option<Settled<String>>,
    /// RPC addresses, tried in order.
    pub nodes: Option<Settled<Vec<String>>>,
    /// What the chain's addresses begin with.
    pub address_prefix: Option<Settled<String>>,
    /// Base denom of the staked coin.
    pub denom_base: Option<Settled<String>>,
    /// How the chain's users call it.
    pub denom: Option<Settled<Denom>>,
    /// The vault.
    pub vault: Option<Settled<String>>,
    /// The multisig that owns it.
    pub multisig: Option<Settled<String>>,
    /// Price of a unit of gas.
    pub gas_price: Option<Settled<GasPrice>>,
    /// The most that it may be.
    pub max_gas_price: Option<Settled<GasPrice>>,
    /// Gas to allow beyond what a simulation used.
    pub gas_factor: Settled<GasFactor>,
    /// The most that may be spent on fees in a day.
    pub daily_fee_limit: Option<Settled<Coin>>,
    /// The key that signs.
    pub from: Option<Settled<KeyName>>,
    /// Where keys are; `None` without a home folder.
    pub keyring: Option<Settled<PathBuf>>,
    /// Where the passphrase is; `None` asks for it.
    pub passphrase_file: Option<Settled<PathBuf>>,
    /// The list of checksums of the release that the vault should be.
    pub checksums: Option<Settled<PathBuf>>,
    /// What was read of it, or typed.
    pub(super) passphrase: OnceCell<Zeroizing<String>>,
}

impl Config {
    /// For a command that reads a chain.
    pub fn of_reader(node: &NodeArgs) -> Result<Self, ConfigError> {
        Self::of_flags(Flags::default().with_node(node))
    }

    /// For a command that reads a chain, and knows accounts by the names of their keys.
    pub fn of_viewer(node: &NodeArgs, keyring: &KeyringArgs) -> Result<Self, ConfigError> {
        Self::of_flags(Flags::default().with_node(node).with_keyring(keyring))
    }

    /// For a command that sends.
    pub fn of_sender(node: &NodeArgs, send: &SendArgs) -> Result<Self, ConfigError> {
        Self::of_flags(Flags::default().with_node(node).with_send(send))
    }

    /// For the keeper, which has a limit as well.
    pub fn of_keeper(
        node: &NodeArgs,
        send: &SendArgs,
        daily_fee_limit: Option<&str>,
    ) -> Result<Self, ConfigError> {
        let flags = Flags::default().with_node(node).with_send(send);
        Self::of_flags(flags.with_daily_fee_limit(daily_fee_limit))
    }

    /// For a command that wants keys only.
    pub fn of_keyring(keyring: &KeyringArgs) -> Result<Self, ConfigError> {
        Self::of_flags(Flags::default().with_keyring(keyring))
    }

    fn of_flags(flags: Flags) -> Result<Self, ConfigError> {
        let around = Surroundings {
            // a folder that was deleted has no file above it
            folder: std::env::current_dir().unwrap_or_default(),
            variable: &|name| std::env::var(name).ok(),
        };
        Self::settle(flags, &around)
    }

    pub(super) fn settle(flags: Flags, around: &Surroundings<'_>) -> Result<Self, ConfigError> {
        let (file, values) = collect(flags, around)?;
        let values = Values(values);
        let vault = values.address(Field::Vault)?;
        let said = values.read(Field::AddressPrefix, |text| match is_prefix(text) {
            true => Ok(text.to_string()),
            false => Err("must be small letters and digits, as cosmos"),
        })?;
        let home = (around.variable)("HOME").filter(|home| !home.is_empty());
        let config = Self {
            file,
            chain_id: values.read(Field::ChainId, read_chain_id)?,
            nodes: values.nodes()?,
            address_prefix: said.or_else(|| prefix_of(vault.as_ref()?)),
            denom_base: values.read(Field::DenomBase, |text| {
                let coin = format!("1{text}").parse::<Coin>();
                coin.map(|coin| coin.denom)
                    .map_err(|_| "must be a base denom, as uatom")
            })?,
            denom: values.denom()?,
            vault,
            multisig: values.address(Field::Multisig)?,
            gas_price: values.parse(Field::GasPrice)?,
            max_gas_price: values.parse(Field::MaxGasPrice)?,
            gas_factor: values
                .parse(Field::GasFactor)?
                .unwrap_or_else(|| Settled::default(GasFactor::USUAL)),
            daily_fee_limit: values.parse(Field::DailyFeeLimit)?,
            from: values.parse(Field::From)?,
            keyring: values
                .path(Field::Keyring)?
                .or_else(|| Some(Settled::default(Path::new(&home?).join(KEYRING)))),
            passphrase_file: values.path(Field::PassphraseFile)?,
            checksums: values.path(Field::Checksums)?,
            passphrase: OnceCell::new(),
        };
        config.ensure_one_chain()?;
        config.ensure_price_below_most()?;
        Ok(config)
    }

    /// Addresses are of one chain.
    fn ensure_one_chain(&self) -> Result<(), ConfigError> {
        let Some(prefix) = &self.address_prefix else {
            return Ok(());
        };
        let other = match prefix.from {
            Origin::Vault => Field::Vault,
            _ => Field::AddressPrefix,
        };
        for (field, address) in [
            (Field::Vault, &self.vault),
            (Field::Multisig, &self.multisig),
        ] {
            let Some(address) = address else { continue };
            if prefix_of(address).is_none_or(|found| found.value != prefix.value) {
                return Err(ConfigError::Contradiction {
                    field,
                    from: address.from.clone(),
                    other,
                    other_from: match (&prefix.from, &self.vault) {
                        (Origin::Vault, Some(vault)) => vault.from.clone(),
                        (from, _) => from.clone(),
                    },
                    reason: format!("{} does not begin with {}1", address.value, prefix.value),
                });
            }
        }
        Ok(())
    }

    fn ensure_price_below_most(&self) -> Result<(), ConfigError> {
        let (Some(price), Some(most)) = (&self.gas_price, &self.max_gas_price) else {
            return Ok(());
        };
        let is_other = price.value.denom != most.value.denom;
        if !is_other && !price.value.is_above(&most.value) {
            return Ok(());
        }
        Err(ConfigError::Contradiction {
            field: Field::GasPrice,
            from: price.from.clone(),
            other: Field::MaxGasPrice,
            other_from: most.from.clone(),
            reason: match is_other {
                true => format!("{} and {} are of two denoms", price.value, most.value),
                false => format!("{} is above {}", price.value, most.value),
            },
        })
    }
}

/// What a command cannot do without.
pub fn require<T>(value: Option<&Settled<T>>, field: Field) -> Result<&T, ConfigError> {
    match value {
        Some(settled) => Ok(&settled.value),
        None => Err(ConfigError::Missing { field }),
    }
}

/// Values by setting.
struct Values(BTreeMap<Field, Settled<Raw>>);

impl Values {
    fn read<T, E: Display>(
        &self,
        field: Field,
        understand: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<Settled<T>>, ConfigError> {
        let Some(Settled {
            value: Raw::One(text),
            from,
        }) = self.0.get(&field)
        else {
            return Ok(None);
        };
        match understand(text) {
            Ok(value) => Ok(Some(Settled {
                value,
                from: from.clone(),
            })),
            Err(reason) => Err(wrong(field, from, reason)),
        }
    }

    fn parse<T: FromStr<Err: Display>>(
        &self,
        field: Field,
    ) -> Result<Option<Settled<T>>, ConfigError> {
        self.read(field, T::from_str)
    }

    fn path(&self, field: Field) -> Result<Option<Settled<PathBuf>>, ConfigError> {
        self.read(field, |text| match text.is_empty() {
            true => Err("must be a path"),
            false => Ok(PathBuf::from(text)),
        })
    }

    fn address(&self, field: Field) -> Result<Option<Settled<String>>, ConfigError> {
        self.read(field, |text| {
            let read = parse_address(text).and_then(|text| match Prefix::of(&text) {
                Some(prefix) if prefix.is_operator() => Err("it is an operator's"),
                _ => Ok(text),
            });
            read.map_err(|reason| format!("{text:?} is not the address wanted here: {reason}"))
        })
    }

    fn nodes(&self) -> Result<Option<Settled<Vec<String>>>, ConfigError> {
        let Some(Settled { value, from }) = self.0.get(&Field::Nodes) else {
            return Ok(None);
        };
        let value = match value {
            Raw::One(text) => vec![text.clone()],
            Raw::Many(texts) => texts.clone(),
        };
        if value.is_empty() {
            return Err(wrong(Field::Nodes, from, "must name a node"));
        }
        for url in &value {
            ensure_url(url).map_err(|reason| wrong(Field::Nodes, from, reason))?;
        }
        Ok(Some(Settled {
            value,
            from: from.clone(),
        }))
    }

    /// Symbol and decimals say nothing without each other.
    fn denom(&self) -> Result<Option<Settled<Denom>>, ConfigError> {
        let symbol = self.parse::<String>(Field::DenomSymbol)?;
        let decimals = self.parse::<String>(Field::DenomDecimals)?;
        match (symbol, decimals) {
            (None, None) => Ok(None),
            (Some(Settled { value, from }), None) => {
                let reason = format!("denom.decimals is missing beside {value:?}");
                Err(wrong(Field::DenomSymbol, &from, reason))
            }
            (None, Some(Settled { from, .. })) => {
                let reason = "denom.symbol is missing beside it";
                Err(wrong(Field::DenomDecimals, &from, reason))
            }
            (Some(symbol), Some(decimals)) => {
                let denom = format!("{}:{}", symbol.value, decimals.value);
                match denom.parse() {
                    Ok(value) => Ok(Some(Settled {
                        value,
                        from: symbol.from,
                    })),
                    Err(_) => {
                        let reason = format!(
                            "{denom:?} is no symbol with 0 to 38 decimals, as symbol \"ATOM\", decimals 6"
                        );
                        Err(wrong(Field::DenomSymbol, &symbol.from, reason))
                    }
                }
            }
        }
    }
}

fn wrong(field: Field, from: &Origin, reason: impl Display) -> ConfigError {
    ConfigError::Value {
        field,
        from: from.clone(),
        reason: reason.to_string(),
    }
}

fn prefix_of(address: &Settled<String>) -> Option<Settled<String>> {
    let value = Prefix::of(&address.value)?.as_str().to_string();
    Some(Settled {
        value,
        from: Origin::Vault,
    })
}

fn is_prefix(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=32).contains(&text.len()) && text.bytes().all(is_plain)
}

fn read_chain_id(text: &str) -> Result<String, &'static str> {
    match (1..=50).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(text.to_string()),
        // CometBFT's bound
        false => Err("must have 1 to 50 letters and no spaces, as cosmoshub-4"),
    }
}

fn ensure_url(url: &str) -> Result<(), String> {
    let host = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"));
    let is_url = |host: &str| {
        !host.is_empty()
            && !host.starts_with([':', '/'])
            && host.bytes().all(|byte| byte.is_ascii_graphic())
    };
    match host.is_some_and(is_url) {
        true => Ok(()),
        false => Err(format!(
            "{url:?} is no address of a node: it begins with http:// or https://, as http://127.0.0.1:26657"
        )),
    }
}
