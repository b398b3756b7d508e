//! Looking at validators.

use std::collections::BTreeMap;

use defenders_node::read::{Block, SigningInfo, ValidatorInfo, ValidatorStatus};
use defenders_node::{Node, NodeError, Status};
use defenders_types::{ExplainResponse, QueryMsg};

use super::facts::{Facts, MissedBlock, VaultFacts};
use super::memory::Memory;
use crate::monitor::vault::name_of;
use crate::session::Vault;
use crate::validator_set::names::clean_name;

/// Most blocks that one look goes back.
const MOST_BLOCKS: u64 = 60;

/// What is seen of each validator, in the order in which they were named. `heights` of the memory say from where on
/// blocks are looked at.
pub fn look(
    node: &Node,
    vault: Option<&Vault<'_>>,
    wanted: &[String],
    memory: &Memory,
    status: &Status,
) -> Result<Vec<Facts>, NodeError> {
    let all = node.validators()?;
    let ranks = rank(&all);
    let infos: BTreeMap<String, SigningInfo> = node
        .signing_infos()?
        .into_iter()
        .filter_map(|info| Some((info.consensus_hex()?, info)))
        .collect();
    let slashing = node.slashing_params()?;
    let places = node.staking_params()?.max_validators;
    let seen_to = wanted
        .iter()
        .map(|address| memory.validators.get(address).map_or(0, |seen| seen.height))
        .min();
    let blocks = read_blocks(node, seen_to.unwrap_or(0), status.height)?;
    let mut facts = Vec::new();
    for address in wanted {
        let Some(validator) = all.iter().find(|it| it.address == *address) else {
            facts.push(Facts::removed(address, places));
            continue;
        };
        let consensus = validator.consensus_address.as_ref();
        let consensus = consensus.map(|address| address.to_uppercase());
        let info = consensus.as_ref().and_then(|address| infos.get(address));
        let is_bonded = validator.status == ValidatorStatus::Bonded;
        let owed_from = match memory.validators.get(address) {
            Some(seen) => seen.owes_votes_from(is_bonded),
            None => is_bonded.then_some(0),
        };
        facts.push(Facts {
            validator: address.clone(),
            name: clean_name(&validator.moniker).unwrap_or_else(|| address.clone()),
            is_removed: false,
            is_bonded,
            is_jailed: validator.is_jailed,
            is_tombstoned: info.is_some_and(|info| info.is_tombstoned),
            jailed_until: info.map_or(0, |info| info.jailed_until),
            rank: ranks.get(address).copied(),
            places,
            tokens: validator.tokens,
            missed: info.map(|info| info.missed_blocks),
            missed_allowed: slashing.window.saturating_sub(slashing.min_signed),
            missed_blocks: match (&consensus, owed_from) {
                (Some(address), Some(from)) => find_missed(&blocks, address, from),
                _ => Vec::new(),
            },
            commission: validator.commission_atomics,
            max_commission: validator.max_commission_atomics,
            max_change: validator.max_commission_change_atomics,
            vault: match vault {
                Some(vault) => ask_vault(vault, address)?,
                None => None,
            },
        });
    }
    Ok(facts)
}

/// Places by bonded tokens, from 1: who is not in the set has none, whatever it has.
fn rank(all: &[ValidatorInfo]) -> BTreeMap<String, usize> {
    let mut bonded: Vec<&ValidatorInfo> = all
        .iter()
        .filter(|validator| validator.status == ValidatorStatus::Bonded)
        .collect();
    bonded.sort_by(|a, b| (b.tokens, &a.address).cmp(&(a.tokens, &b.address)));
    let places = bonded.iter().enumerate();
    places
        .map(|(index, validator)| (validator.address.clone(), index + 1))
        .collect()
}

/// The blocks after a height, the latest of them where there are many.
fn read_blocks(node: &Node, seen: u64, latest: u64) -> Result<Vec<Block>, NodeError> {
    let from = match seen {
        // nobody has looked before: what lies back is not news
        0 => latest,
        seen => seen.max(latest.saturating_sub(MOST_BLOCKS)),
    };
    let mut blocks = Vec::new();
    for height in from.saturating_add(1)..=latest {
        match node.block(height) {
            Ok(block) => blocks.push(block),
            // pruned meanwhile
            Err(NodeError::History { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(blocks)
}

/// In which blocks a vote lacks. A block has the votes for the one before it.
fn find_missed(blocks: &[Block], consensus: &str, seen: u64) -> Vec<MissedBlock> {
    let is_signer = |block: &Block| {
        let mut signers = block.signers.iter();
        signers.any(|signer| signer.eq_ignore_ascii_case(consensus))
    };
    blocks
        .iter()
        .filter(|block| block.height > seen && block.height > 1 && !is_signer(block))
        .map(|block| MissedBlock {
            height: block.height - 1,
            time: block.time,
            others: block
                .asked
                .saturating_sub(block.signers.len())
                .saturating_sub(1),
            others_asked: block.asked.saturating_sub(1),
        })
        .collect()
}

/// What the vault says; None of one that it does not know: it answers nothing about those.
fn ask_vault(vault: &Vault<'_>, address: &str) -> Result<Option<VaultFacts>, NodeError> {
    let question = QueryMsg::Explain {
        validator: address.to_string(),
    };
    let answer: ExplainResponse = match vault.ask(&question) {
        Ok(answer) => answer,
        Err(error @ NodeError::Query { .. }) => {
            let known = vault.validators()?;
            return match known.iter().any(|it| it.validator == address) {
                true => Err(error),
                false => Ok(None),
            };
        }
        Err(error) => return Err(error),
    };
    Ok(Some(VaultFacts {
        denom: vault.config.denom.clone(),
        delegated: answer.delegated.u128(),
        target: answer.target.u128(),
        exclusion: answer.exclusion.map(|reason| name_of(reason).to_string()),
        cleared_by: answer.cleared_by,
        binding: answer.binding.map(|cap| cap.as_str().to_string()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validator(address: &str, tokens: u128, status: ValidatorStatus) -> ValidatorInfo {
        ValidatorInfo {
            address: address.to_string(),
            moniker: String::new(),
            website: String::new(),
            status,
            is_jailed: false,
            tokens,
            delegator_shares_atomics: "999999999999999999999".to_string(),
            commission_atomics: 0,
            max_commission_atomics: 0,
            max_commission_change_atomics: 0,
            consensus_address: None,
        }
    }

    #[test]
    fn lesson_34_ranks_come_from_bonded_tokens_only() {
        let all = [
            validator("a", 5, ValidatorStatus::Bonded),
            validator("b", 100, ValidatorStatus::Unbonding),
            validator("c", 7, ValidatorStatus::Bonded),
            validator("d", 5, ValidatorStatus::Bonded),
        ];
        let ranks = rank(&all);
        let expected =
            [("a", 2), ("c", 1), ("d", 3)].map(|(name, place)| (name.to_string(), place));
        assert_eq!(ranks, BTreeMap::from(expected));
    }

    #[test]
    fn lesson_31_a_missed_block_says_how_many_others_missed_it() {
        let block = |height, signers: &[&str]| Block {
            height,
            time: height * 10,
            txs: Vec::new(),
            signers: signers.iter().map(ToString::to_string).collect(),
            asked: 4,
        };
        let blocks = [
            block(10, &["AA", "BB", "CC", "DD"]),
            block(11, &["aa", "CC", "DD"]),
            block(12, &["CC"]),
        ];
        let missed = |height, others| MissedBlock {
            height,
            time: (height + 1) * 10,
            others,
            others_asked: 3,
        };
        assert_eq!(find_missed(&blocks, "AA", 0), [missed(11, 2)]);
        assert_eq!(
            find_missed(&blocks, "BB", 0),
            [missed(10, 0), missed(11, 2)]
        );
        assert_eq!(find_missed(&blocks, "BB", 11), [missed(11, 2)]);
        assert_eq!(find_missed(&blocks, "CC", 0), []);
    }
}
