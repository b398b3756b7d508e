//! What the chain says of a vault.

use cw_utils::ThresholdResponse;
use defenders_types::{
    ChangesResponse, ConfigResponse, HealthResponse, OwnershipResponse, SolvencyResponse,
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::chain::{CodeInfo, ContractInfo};
use crate::multisig::Count;

/// A contract with its code.
#[derive(Debug, Clone, Deserialize)]
pub struct Contract {
    /// Its address.
    pub address: String,
    /// As the chain has it; None when there is none.
    pub info: Option<ContractInfo>,
    /// Its code.
    pub code: Option<CodeInfo>,
    /// All codes that it has ever run, this one too; None where the chain does not tell.
    pub codes: Option<Vec<CodeInfo>>,
    /// What it calls itself: name and version.
    pub cw2: Option<(String, String)>,
}

/// What the chain says. What an owner answers that is no multisig may be anything: what does not fit is None.
#[derive(Debug, Deserialize)]
pub struct Facts {
    /// The chain.
    pub chain_id: String,
    /// The height of the node at that moment.
    pub height: u64,
    /// The time of its latest block, seconds.
    pub time: u64,
    /// The vault.
    pub vault: Contract,
    /// Its pot.
    pub pot: Contract,
    /// Its owner; no contract where one key signs for it.
    pub owner: Contract,
    /// The group of the owner, where the owner is a multisig.
    pub group: Option<Contract>,
    /// Who may change the members of the group.
    pub group_admin: Option<String>,
    /// What it takes that the owner decides, where it is a multisig that tells.
    #[serde(deserialize_with = "read_or_none")]
    pub threshold: Option<ThresholdResponse>,
    /// The weight of each of its voters, where it tells all of them.
    #[serde(deserialize_with = "read_or_none")]
    pub weights: Option<Vec<u64>>,
    /// Its proposals with their votes, where it is a multisig that tells: those that may still do something; others
    /// are passed over.
    pub proposals: Option<Vec<Count>>,
    /// The vault's settings.
    pub config: ConfigResponse,
    /// Its owner, and who was offered to be.
    pub ownership: OwnershipResponse,
    /// What waits.
    pub changes: ChangesResponse,
    /// How it is.
    pub health: HealthResponse,
    /// Whether it has what it owes.
    pub solvency: SolvencyResponse,
    /// Whom the pot obeys, and of which denom.
    pub pot_config: Option<(String, String)>,
    /// What the chain stakes.
    pub bond_denom: String,
    /// The account that holds all bonded stake; None where the chain does not tell.
    pub bonded_pool: Option<String>,
}

impl Contract {
    /// Who may replace its code.
    pub fn admin(&self) -> Option<&str> {
        self.info.as_ref()?.admin.as_deref()
    }
}

fn read_or_none<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}
