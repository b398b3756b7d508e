//! The arguments that all commands share which speak to a chain.

use std::path::PathBuf;

/// Which chain, over which nodes.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Which chain")]
pub struct NodeArgs {
    /// RPC address of a node, as http://127.0.0.1:26657. May be repeated: they are tried in order.
    #[arg(long = "node", value_name = "URL")]
    pub nodes: Vec<String>,

    /// Name of the chain that every node must be of.
    #[arg(long, value_name = "ID")]
    pub chain_id: Option<String>,

    /// Address of the vault.
    #[arg(long, value_name = "ADDRESS")]
    pub vault: Option<String>,

    /// Address of the multisig that owns it.
    #[arg(long, value_name = "ADDRESS")]
    pub multisig: Option<String>,
}

/// Where keys are.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Where keys are")]
pub struct KeyringArgs {
    /// Folder of the keys. Default: .defenders/keyring in the home folder.
    #[arg(long, value_name = "FOLDER")]
    pub keyring: Option<PathBuf>,

    /// File whose first line is the passphrase. Without it the passphrase is asked for.
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// Who signs, for which fee, and what becomes of the transaction.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "How to send it")]
pub struct SendArgs {
    /// Name of the key that signs.
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,

    /// Sign with the key of the mnemonic in this file, instead of one of the keyring.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "keyring", "passphrase_file"])]
    pub mnemonic_file: Option<PathBuf>,

    /// Account whose key is elsewhere, as in a hardware wallet: for --generate-only.
    #[arg(long, value_name = "ADDRESS", requires = "generate_only", conflicts_with_all = ["from", "mnemonic_file"])]
    pub from_address: Option<String>,

    /// Price of a unit of gas, as 0.025uatom.
    #[arg(long, value_name = "PRICE")]
    pub gas_price: Option<String>,

    /// The most that a unit of gas may cost when the chain asks for more.
    #[arg(long, value_name = "PRICE")]
    pub max_gas_price: Option<String>,

    /// Gas to allow, as a multiple of what the simulation used: 1.2 to 5.
    #[arg(long, value_name = "FACTOR")]
    pub gas_factor: Option<String>,

    /// Text to put on the transaction.
    #[arg(long, value_name = "TEXT")]
    pub memo: Option<String>,

    /// Send without asking.
    #[arg(long)]
    pub yes: bool,

    /// Show what would be sent, and send nothing.
    #[arg(long, conflicts_with = "generate_only")]
    pub dry_run: bool,

    /// Write the unsigned transaction to this file, for other signers, and send nothing.
    #[arg(long, value_name = "FILE")]
    pub generate_only: Option<PathBuf>,

    /// Where keys are.
    #[command(flatten)]
    pub keyring: KeyringArgs,
}
