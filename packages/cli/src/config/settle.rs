//! What holds: every value understood, with where it comes from.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use defenders_node::keys::KeyName;
use defenders_node::{Coin, GasPrice};
use zeroize::Zeroizing;

use super::args::{KeyringArgs, NodeArgs, SendArgs};
use super::collect::{Flags, Surroundings, collect};
use super::error::ConfigError;
use super::field::Field;
use super::gas_factor::GasFactor;
use super::origin::{Origin, Settled};
use super::values::Values;
use crate::proposal::Prefix;
use crate::terminal::Denom;

/// In the home folder, where keys are when nobody says another place.
const KEYRING: &str = ".defenders/keyring";
/// In the home folder, where notes are when nobody says another place.
const STATE: &str = ".local/state";
/// In that folder, or in the one that the environment names for such notes.
const OWN_STATE: &str = "defenders";

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
    /// The decimals of `denom`, with where they were written.
    pub denom_decimals: Option<Settled<u32>>,
    /// The vault.
    pub vault: Option<Settled<String>>,
    /// The multisig that owns it.
    pub multisig: Option<Settled<String>>,
    /// Price of a unit of gas.
    pub gas_price: Option<Settled<GasPrice>>,
    /// The most that it may be.
    pub max_gas_price: Option<Settled<GasPrice>>,
    /// Price of a unit of gas of a transaction that stores code, and the most that it may be.
    pub upload_gas_price: Option<Settled<GasPrice>>,
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
    /// Where the notes of what is under way are, whatever keyring a key comes from; `None` without a home folder.
    pub state: Option<Settled<PathBuf>>,
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
            denom_decimals: values.parse(Field::DenomDecimals)?,
            vault,
            multisig: values.address(Field::Multisig)?,
            gas_price: values.parse(Field::GasPrice)?,
            max_gas_price: values.parse(Field::MaxGasPrice)?,
            upload_gas_price: values.parse(Field::UploadGasPrice)?,
            gas_factor: values
                .parse(Field::GasFactor)?
                .unwrap_or_else(|| Settled::default(GasFactor::USUAL)),
            daily_fee_limit: values.parse(Field::DailyFeeLimit)?,
            from: values.parse(Field::From)?,
            keyring: values
                .path(Field::Keyring)?
                .or_else(|| Some(Settled::default(Path::new(home.as_ref()?).join(KEYRING)))),
            passphrase_file: values.path(Field::PassphraseFile)?,
            checksums: values.path(Field::Checksums)?,
            state: values
                .path(Field::State)?
                .or_else(|| Some(Settled::default(usual_state(around)?))),
            passphrase: OnceCell::new(),
        };
        config.ensure_one_chain()?;
        config.ensure_price_below_most()?;
        Ok(config)
    }

    /// The folder of the notes of what is under way. It is the user's, not the keyring's: one account has one.
    pub fn pending_folder(&self) -> Result<PathBuf, ConfigError> {
        let state = self.state.as_ref().ok_or(ConfigError::NoState)?;
        let folder = state.value.join("pending");
        // errors name it, and who reads them may stand elsewhere
        Ok(std::path::absolute(&folder).unwrap_or(folder))
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

/// As the XDG base directory specification has it: relative paths do not count.
fn usual_state(around: &Surroundings<'_>) -> Option<PathBuf> {
    let named = (around.variable)("XDG_STATE_HOME").map(PathBuf::from);
    let home = (around.variable)("HOME").filter(|home| !home.is_empty());
    named
        .filter(|folder| folder.is_absolute())
        .or_else(|| Some(Path::new(&home?).join(STATE)))
        .map(|folder| folder.join(OWN_STATE))
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
