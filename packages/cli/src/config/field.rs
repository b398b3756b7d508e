//! What can be set, and what it is called in the file, in the environment and among the flags.

/// The file of the settings.
pub const FILE: &str = "defenders.toml";

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Name of the chain.
    ChainId,
    /// RPC addresses, tried in order.
    Nodes,
    /// What the chain's addresses begin with.
    AddressPrefix,
    /// Base denom of the staked coin.
    DenomBase,
    /// How the chain's users call it.
    DenomSymbol,
    /// Base units of it, as a power of ten.
    DenomDecimals,
    /// The vault.
    Vault,
    /// The multisig that owns it.
    Multisig,
    /// Price of a unit of gas.
    GasPrice,
    /// The most that it may be.
    MaxGasPrice,
    /// Gas to allow beyond what a simulation used.
    GasFactor,
    /// The most that may be spent on fees in a day.
    DailyFeeLimit,
    /// The key that signs.
    From,
    /// Price of a unit of gas of a transaction that stores code.
    UploadGasPrice,
    /// Where keys are.
    Keyring,
    /// Where the passphrase is.
    PassphraseFile,
    /// The list of checksums of the release that the vault should be.
    Checksums,
    /// Where the notes of what is under way are.
    State,
}

impl Field {
    /// In the order in which they are told.
    pub const ALL: [Field; 18] = [
        Field::ChainId,
        Field::Nodes,
        Field::AddressPrefix,
        Field::DenomBase,
        Field::DenomSymbol,
        Field::DenomDecimals,
        Field::Vault,
        Field::Multisig,
        Field::GasPrice,
        Field::MaxGasPrice,
        Field::UploadGasPrice,
        Field::GasFactor,
        Field::DailyFeeLimit,
        Field::From,
        Field::Keyring,
        Field::PassphraseFile,
        Field::Checksums,
        Field::State,
    ];

    /// In `defenders.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Field::ChainId => "chain_id",
            Field::Nodes => "nodes",
            Field::AddressPrefix => "address_prefix",
            Field::DenomBase => "denom.base",
            Field::DenomSymbol => "denom.symbol",
            Field::DenomDecimals => "denom.decimals",
            Field::Vault => "vault",
            Field::Multisig => "multisig",
            Field::GasPrice => "gas_price",
            Field::MaxGasPrice => "max_gas_price",
            Field::GasFactor => "gas_factor",
            Field::DailyFeeLimit => "daily_fee_limit",
            Field::From => "from",
            Field::Keyring => "keyring",
            Field::PassphraseFile => "passphrase_file",
            Field::Checksums => "checksums",
            Field::UploadGasPrice => "upload_gas_price",
            Field::State => "state",
        }
    }

    /// In the environment.
    pub fn variable(self) -> Option<&'static str> {
        match self {
            Field::ChainId => Some("DEFENDERS_CHAIN_ID"),
            Field::Nodes => Some("DEFENDERS_NODE"),
            Field::Vault => Some("DEFENDERS_VAULT"),
            Field::Multisig => Some("DEFENDERS_MULTISIG"),
            Field::GasPrice => Some("DEFENDERS_GAS_PRICE"),
            Field::From => Some("DEFENDERS_FROM"),
            Field::Keyring => Some("DEFENDERS_KEYRING"),
            Field::PassphraseFile => Some("DEFENDERS_PASSPHRASE_FILE"),
            Field::State => Some("DEFENDERS_STATE"),
            Field::AddressPrefix
            | Field::DenomBase
            | Field::DenomSymbol
            | Field::DenomDecimals
            | Field::MaxGasPrice
            | Field::UploadGasPrice
            | Field::GasFactor
            | Field::DailyFeeLimit
            | Field::Checksums => None,
        }
    }

    /// Among the arguments.
    pub fn flag(self) -> Option<&'static str> {
        match self {
            Field::ChainId => Some("--chain-id"),
            Field::Nodes => Some("--node"),
            Field::Vault => Some("--vault"),
            Field::Multisig => Some("--multisig"),
            Field::GasPrice => Some("--gas-price"),
            Field::MaxGasPrice => Some("--max-gas-price"),
            Field::GasFactor => Some("--gas-factor"),
            Field::From => Some("--from"),
            Field::Keyring => Some("--keyring"),
            Field::PassphraseFile => Some("--passphrase-file"),
            Field::DailyFeeLimit => Some("--daily-fee-limit"),
            Field::Checksums => Some("--checksums"),
            Field::AddressPrefix
            | Field::DenomBase
            | Field::DenomSymbol
            | Field::DenomDecimals
            | Field::UploadGasPrice
            | Field::State => None,
        }
    }

    /// How somebody who lacks it can give it.
    pub fn tell_ways(self) -> String {
        let flag = self.flag().map(str::to_string);
        let variable = self.variable().map(|name| format!("the variable {name}"));
        let file = format!("{} in {}", self.name(), FILE);
        let ways: Vec<String> = [flag, variable, Some(file)].into_iter().flatten().collect();
        match ways.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        }
    }
}
