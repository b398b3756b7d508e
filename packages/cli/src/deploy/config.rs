//! The file that says what to deploy.

use std::path::{Path, PathBuf};

use defenders_node::Coin;
use defenders_types::{
    AllocationPolicyInput, FeePolicyInput, ParametersInput, PowerSource, ShareInput,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::checksums::hash_of;
use crate::input::{InputError, read_text};
use crate::session::SessionError;

/// What to deploy. Paths are as seen from the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeployConfig {
    /// What the vault's contract is called on the chain.
    pub label: String,
    /// The folder of the contracts, with `checksums.txt`.
    pub wasm: PathBuf,
    /// Tokens of the seed, with their denom.
    pub seed: String,
    /// What the chain takes for a new denom, where shares are coins.
    #[serde(default)]
    pub denom_creation_fee: Vec<String>,
    /// Tells vaults of one wallet and code apart.
    #[serde(default = "usual_salt")]
    pub salt: String,
    /// Who owns it.
    pub multisig: MultisigConfig,
    /// What the vault is made with: its own message, in TOML.
    pub vault: VaultConfig,
    /// What its owner decides first.
    pub first: Option<FirstConfig>,
    /// SHA-256 of what contracts are made with: what stands was made with it, and another one would change nothing.
    #[serde(skip)]
    pub fingerprint: String,
}

/// What only says how a deployment is gone about, and may change while it is under way.
const NOT_MADE_WITH: [&str; 2] = ["wasm", "first"];

fn compute_fingerprint(text: &str) -> Option<String> {
    let mut table: toml::Table = text.parse().ok()?;
    for key in NOT_MADE_WITH {
        table.remove(key);
    }
    Some(hash_of(table.to_string().as_bytes()))
}

fn usual_salt() -> String {
    "defenders".to_string()
}

/// Who owns it: a multisig that stands, or members of a new one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MultisigConfig {
    /// One that stands.
    pub address: Option<String>,
    /// Weight of the yes votes that carry a proposal.
    #[serde(default)]
    pub threshold: u64,
    /// How long members may vote.
    #[serde(default)]
    pub voting_days: u64,
    /// Members of a new one.
    #[serde(default)]
    pub members: Vec<MemberConfig>,
}

/// A member.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberConfig {
    /// Its account.
    pub address: String,
    /// Its weight, 1 unless given.
    #[serde(default = "one")]
    pub weight: u64,
}

fn one() -> u64 {
    1
}

/// The vault's own message, but for what follows from the rest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultConfig {
    /// What the shares are.
    pub share: toml::Value,
    /// Where powers come from.
    pub power_source: toml::Value,
    /// Share of the rewards.
    pub fee: toml::Value,
    /// Caps and floor.
    pub policy: Option<toml::Value>,
    /// Parameters.
    pub parameters: Option<toml::Value>,
}

/// What its owner decides first, and who helps with it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstConfig {
    /// The acts, in the words of `propose`, without `vault`.
    pub proposal: PathBuf,
    /// Keys of this keyring that vote yes; other members vote by themselves.
    #[serde(default)]
    pub voters: Vec<String>,
    /// The first deposit, with its denom.
    pub deposit: Option<String>,
}

/// The vault's message as its contract reads it.
pub struct VaultParts {
    /// What the shares are.
    pub share: ShareInput,
    /// Where powers come from.
    pub power_source: PowerSource,
    /// Share of the rewards.
    pub fee: FeePolicyInput,
    /// Caps and floor.
    pub policy: Option<AllocationPolicyInput>,
    /// Parameters.
    pub parameters: Option<ParametersInput>,
}

/// Reads the file; every field is understood before anything is sent.
pub fn read_config(file: &Path) -> Result<DeployConfig, SessionError> {
    let text = read_text(file).map_err(|error| error.in_file(file))?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut config: DeployConfig =
        toml::from_str(&text).map_err(|error| impossible(file, &error.to_string()))?;
    config.fingerprint = compute_fingerprint(&text).unwrap_or_default();
    config.wasm = folder.join(&config.wasm);
    if let Some(first) = &mut config.first {
        first.proposal = folder.join(&first.proposal);
    }
    config
        .ensure_sound()
        .map_err(|reason| impossible(file, &reason))?;
    Ok(config)
}

fn impossible(file: &Path, reason: &str) -> SessionError {
    let error = InputError::Impossible {
        path: "deployment".to_string(),
        reason: reason.trim_end().to_string(),
    };
    error.in_file(file).into()
}

impl DeployConfig {
    fn ensure_sound(&self) -> Result<(), String> {
        self.seed()?;
        self.creation_fee()?;
        self.vault.parts()?;
        if let Some(first) = &self.first
            && let Some(deposit) = &first.deposit
        {
            coin("first.deposit", deposit)?;
        }
        let multisig = &self.multisig;
        let weight: u64 = multisig.members.iter().map(|member| member.weight).sum();
        match &multisig.address {
            Some(_) if !multisig.members.is_empty() => {
                Err("multisig: give an address, or members of a new one, not both".to_string())
            }
            Some(_) => Ok(()),
            None if multisig.members.is_empty() => {
                Err("multisig: give an address, or members of a new one".to_string())
            }
            None if multisig.threshold == 0 || multisig.threshold > weight => Err(format!(
                "multisig.threshold {} is not from 1 to the members' weight, {weight}",
                multisig.threshold
            )),
            None if !(1..=30).contains(&multisig.voting_days) => Err(format!(
                "multisig.voting_days {} is not from 1 to 30",
                multisig.voting_days
            )),
            None => Ok(()),
        }
    }

    /// The seed.
    pub fn seed(&self) -> Result<Coin, String> {
        coin("seed", &self.seed)
    }

    /// What the chain takes for a denom.
    pub fn creation_fee(&self) -> Result<Vec<Coin>, String> {
        self.denom_creation_fee
            .iter()
            .map(|text| coin("denom_creation_fee", text))
            .collect()
    }
}

impl VaultConfig {
    /// As the contract reads it.
    pub fn parts(&self) -> Result<VaultParts, String> {
        Ok(VaultParts {
            share: read("vault.share", &self.share)?,
            power_source: read("vault.power_source", &self.power_source)?,
            fee: read("vault.fee", &self.fee)?,
            policy: self
                .policy
                .as_ref()
                .map(|value| read("vault.policy", value))
                .transpose()?,
            parameters: self
                .parameters
                .as_ref()
                .map(|value| read("vault.parameters", value))
                .transpose()?,
        })
    }
}

fn coin(field: &str, text: &str) -> Result<Coin, String> {
    text.parse().map_err(|error| format!("{field}: {error}"))
}

fn read<T: DeserializeOwned>(field: &str, value: &toml::Value) -> Result<T, String> {
    let json = serde_json::to_value(value).map_err(|error| format!("{field}: {error}"))?;
    serde_json::from_value(json).map_err(|error| format!("{field}: {error}"))
}
