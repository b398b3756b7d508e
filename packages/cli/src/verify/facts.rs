//! What the chain says of a vault.

use defenders_client::chain::CodeInfo;
use defenders_client::verify::{Contract, Facts};
use defenders_node::{Node, NodeError, Status};
use defenders_types::QueryMsg;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::chain_facts::{read_code, read_contract};
use crate::multisig::{Count, Multisig};
use crate::session::{SessionError, Vault};

/// Asks the chain.
pub fn read_facts(node: &Node, vault: &Vault<'_>) -> Result<Facts, SessionError> {
    let status = node.status()?;
    let config = vault.config.clone();
    let pot_config = optional(node.smart::<Value>(&config.reward_pot, &json!({ "config": {} })))?;
    let text = |value: &Value, field: &str| {
        value
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string()
    };
    let owner = read_contract_with_code(node, &config.owner)?;
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
    Ok(Facts {
        threshold,
        weights,
        proposals,
        chain_id: status.chain_id,
        height: status.height,
        time: status.time,
        vault: read_contract_with_code(node, &vault.address)?,
        pot: read_contract_with_code(node, &config.reward_pot)?,
        owner,
        group: group
            .map(|group| read_contract_with_code(node, &group))
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

/// Asks the chain.
pub fn read_contract_with_code(node: &Node, address: &str) -> Result<Contract, SessionError> {
    let info = match read_contract(node, address) {
        Ok(info) => info,
        // an address of nobody's, or no address at all
        Err(NodeError::Query { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let code = info
        .as_ref()
        .map(|info| read_code(node, info.code_id))
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
    Ok(Contract {
        address: address.to_string(),
        info,
        code,
        codes,
        cw2,
    })
}

/// All codes that a contract has ever run. One that the chain does not tell of makes it unknown.
fn read_codes(node: &Node, contract: &str) -> Result<Option<Vec<CodeInfo>>, NodeError> {
    let Some(numbers) = optional(node.contract_codes(contract))? else {
        return Ok(None);
    };
    let codes: Result<Option<Vec<CodeInfo>>, NodeError> = numbers
        .into_iter()
        .map(|number| read_code(node, number))
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
