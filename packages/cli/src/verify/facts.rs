//! What the chain says of a vault.

use cw_utils::ThresholdResponse;
use defenders_node::read::{CodeInfo, ContractInfo};
use defenders_node::{Node, NodeError, Status};
use defenders_types::{
    ChangesResponse, ConfigResponse, HealthResponse, OwnershipResponse, QueryMsg, SolvencyResponse,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::multisig::{Count, Multisig};
use crate::session::{SessionError, Vault};

/// A contract with its code.
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

/// What the chain says.
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
    pub threshold: Option<ThresholdResponse>,
    /// The weight of each of its voters, where it tells all of them.
    pub weights: Option<Vec<u64>>,
    /// Its proposals that may still do something, where it is a multisig that tells.
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

impl Facts {
    /// Asks the chain.
    pub fn read(node: &Node, vault: &Vault<'_>) -> Result<Self, SessionError> {
        let status = node.status()?;
        let config = vault.config.clone();
        let pot_config =
            optional(node.smart::<Value>(&config.reward_pot, &json!({ "config": {} })))?;
        let text = |value: &Value, field: &str| {
            value
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_string()
        };
        let owner = Contract::read(node, &config.owner)?;
        let terms = match owner.info {
            Some(_) => optional(node.smart::<Value>(&config.owner, &json!({ "config": {} })))?,
            None => None,
        };
        let group = terms
            .as_ref()
            .map(|terms| text(terms, "group_addr"))
            .filter(|group| !group.is_empty());
        let group_admin = match &group {
            Some(group) => optional(node.smart::<Value>(group, &json!({ "admin": {} })))?,
            None => None,
        };
        let proposals = match owner.info {
            Some(_) => read_proposals(node, &config.owner, &status)?,
            None => None,
        };
        let (threshold, weights) = match owner.info {
            Some(_) => (
                optional(node.smart(&config.owner, &json!({ "threshold": {} })))?,
                read_weights(node, &config.owner)?,
            ),
            None => (None, None),
        };
        Ok(Self {
            threshold,
            weights,
            proposals,
            chain_id: status.chain_id,
            height: status.height,
            time: status.time,
            vault: Contract::read(node, &vault.address)?,
            pot: Contract::read(node, &config.reward_pot)?,
            owner,
            group: group
                .map(|group| Contract::read(node, &group))
                .transpose()?,
            // null is nobody; an answer without it says nothing
            group_admin: group_admin
                .filter(|answer| answer.get("admin").is_some())
                .map(|answer| text(&answer, "admin")),
            ownership: vault.ask(&QueryMsg::Ownership {})?,
            changes: vault.ask(&QueryMsg::Changes {})?,
            health: vault.ask(&QueryMsg::Health {})?,
            solvency: vault.ask(&QueryMsg::Solvency {})?,
            pot_config: pot_config.map(|answer| (text(&answer, "vault"), text(&answer, "denom"))),
            bond_denom: node.staking_params()?.bond_denom,
            bonded_pool: optional(node.module_account("bonded_tokens_pool"))?,
            config,
        })
    }
}

impl Contract {
    /// Asks the chain.
    pub fn read(node: &Node, address: &str) -> Result<Self, SessionError> {
        let info = match node.contract_info(address) {
            Ok(info) => info,
            // an address of nobody's, or no address at all
            Err(NodeError::Query { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let code = info
            .as_ref()
            .map(|info| node.code_info(info.code_id))
            .transpose()?
            .flatten();
        let codes = match info {
            Some(_) => read_codes(node, address)?,
            None => None,
        };
        let cw2 = match info {
            Some(_) => node.raw_state(address, b"contract_info")?,
            None => None,
        };
        let cw2 = cw2.and_then(|bytes| {
            let value: Value = serde_json::from_slice(&bytes).ok()?;
            let text = |field: &str| value.get(field)?.as_str().map(str::to_string);
            Some((text("contract")?, text("version")?))
        });
        Ok(Self {
            address: address.to_string(),
            info,
            code,
            codes,
            cw2,
        })
    }

    /// Who may replace its code.
    pub fn admin(&self) -> Option<&str> {
        self.info.as_ref()?.admin.as_deref()
    }
}

/// All codes that a contract has ever run. One that the chain does not tell of makes it unknown.
fn read_codes(node: &Node, contract: &str) -> Result<Option<Vec<CodeInfo>>, NodeError> {
    let Some(numbers) = optional(node.contract_codes(contract))? else {
        return Ok(None);
    };
    let codes: Result<Option<Vec<CodeInfo>>, NodeError> = numbers
        .into_iter()
        .map(|number| node.code_info(number))
        .collect();
    Ok(codes?.filter(|codes| !codes.is_empty()))
}

/// A page of voters of a multisig.
#[derive(Deserialize)]
struct Voters {
    voters: Vec<Voter>,
}

#[derive(Deserialize)]
struct Voter {
    addr: String,
    weight: u64,
}

/// The weights of all who vote; None where it does not tell, or tells without end.
fn read_weights(node: &Node, multisig: &str) -> Result<Option<Vec<u64>>, NodeError> {
    const PAGE: usize = 30;
    const MOST_PAGES: usize = 100;
    let mut weights = Vec::new();
    let mut after: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let question = json!({ "list_voters": { "start_after": after, "limit": PAGE } });
        let Some(page) = optional(node.smart::<Voters>(multisig, &question))? else {
            return Ok(None);
        };
        let is_last = page.voters.len() < PAGE;
        after = page.voters.last().map(|voter| voter.addr.clone());
        weights.extend(page.voters.iter().map(|voter| voter.weight));
        if is_last {
            return Ok(Some(weights));
        }
    }
    Ok(None)
}

/// None where the contract tells no proposals as cw3 does.
fn read_proposals(
    node: &Node,
    owner: &str,
    status: &Status,
) -> Result<Option<Vec<Count>>, SessionError> {
    match Multisig::at(node, owner).pending(status) {
        Ok(pending) => Ok(Some(pending)),
        Err(SessionError::Node(NodeError::Query { .. } | NodeError::Undecodable { .. })) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What a contract refuses to answer is not known.
fn optional<T>(answer: Result<T, NodeError>) -> Result<Option<T>, NodeError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(NodeError::Query { .. } | NodeError::Undecodable { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
