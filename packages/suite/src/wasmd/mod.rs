//! The real chain behind the suite: wasmd's application with the real wasm of the contracts, by
//! `wasmd-chain`. Chosen by `DEFENDERS_CHAIN=wasmd`.

mod blocks;
mod faults;
mod genesis;
mod translate;
mod treasury;
mod view;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cosmwasm_std::Decimal;
use serde_json::Value;
use wasmd_chain::{Chain, Gas, Program, coin, msg};

use crate::chain::{
    ChainSpec, Code, DenomInfo, Faults, GovProposal, Outcome, Refusal, TestChain, Tx,
};
use genesis::{FEE, FEE_DENOM, TREASURY};
use translate::cheap;

/// A chain, and what a suite has asked of it for its next block.
pub struct Wasmd {
    chain: Chain,
    /// Names by the accounts that can sign.
    names: RefCell<BTreeMap<String, String>>,
    /// Accounts that can pay a fee.
    solvent: BTreeSet<String>,
    /// Names of validators by operator address.
    operators: BTreeMap<String, String>,
    absent: BTreeSet<String>,
    gifts: Vec<(String, Vec<wasmd_chain::Coin>)>,
    rewards: Vec<wasmd_chain::Coin>,
    /// Validator and height of double signs.
    evidence: Vec<(String, u64)>,
    /// Validator and what its operator's account signs in the next block.
    by_operators: Vec<(String, Value)>,
    /// What the program was told to do wrong.
    wrong: wasmd_chain::Faults,
    /// Delegator and validator of overstated delegations. They are part of the chain's state.
    overstated: Vec<(String, String)>,
    /// Seconds of blocks that were needed in between: the next one asked for is so much shorter.
    borrowed: u64,
    /// Of each transaction of the next block.
    gas_limit: Option<u64>,
}

/// A file that a script of the checkout builds.
pub fn built(path: impl AsRef<Path>, script: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = root.join(path);
    assert!(
        file.is_file(),
        "{} is missing: build it with {script}",
        file.display()
    );
    file
}

/// Wasm that lies in the checkout as it was built once.
fn earlier(code: Code) -> Option<PathBuf> {
    let file = match code {
        Code::EarlierVault => "vault.wasm.gz",
        Code::EarlierRewardPot => "reward_pot.wasm.gz",
        _ => return None,
    };
    let folder = "tests/on_chain/earlier";
    Some(built(format!("{folder}/{file}"), "git, which has it"))
}

impl TestChain for Wasmd {
    fn init(spec: &ChainSpec) -> Self {
        let program = Program::shared().unwrap_or_else(|error| panic!("{error}"));
        let operators = genesis::operators(&program, spec.validators.len());
        let genesis = genesis::of(spec, &operators);
        let mut chain = Self {
            chain: genesis.begin_on(&program).unwrap(),
            names: RefCell::default(),
            solvent: BTreeSet::new(),
            operators: operators.into_iter().collect(),
            absent: BTreeSet::new(),
            gifts: vec![],
            rewards: vec![],
            evidence: vec![],
            by_operators: vec![],
            wrong: wasmd_chain::Faults::default(),
            overstated: vec![],
            borrowed: 0,
            gas_limit: None,
        };
        chain.solvent = genesis::ACCOUNTS
            .iter()
            .map(|name| chain.account(name))
            .collect();
        chain
    }

    fn store(&mut self, code: Code) -> u64 {
        if let Some(path) = earlier(code) {
            let fee = [coin(FEE, FEE_DENOM)];
            return self.chain.store_with_fee(1, TREASURY, path, &fee).unwrap();
        }
        let file = match code {
            Code::Vault => "vault.wasm",
            Code::RewardPot => "reward_pot.wasm",
            Code::Group => "cw4_group.wasm",
            Code::Multisig => "cw3_flex_multisig.wasm",
            Code::NextVault => "next_vault.wasm",
            Code::Factory => "factory.wasm",
            Code::EarlierVault | Code::EarlierRewardPot => unreachable!("found above"),
            Code::ShareSink => "share_sink.wasm",
        };
        let path = built(format!("target/wasm/{file}"), "scripts/build-wasm.sh");
        let fee = [coin(FEE, FEE_DENOM)];
        self.chain.store_with_fee(1, TREASURY, path, &fee).unwrap()
    }

    fn account(&self, name: &str) -> String {
        let address = self.chain.account(name).unwrap();
        let mut names = self.names.borrow_mut();
        names.insert(address.clone(), name.into());
        address
    }

    fn operator_account(&self, validator: &str) -> String {
        self.account(&self.operators[validator])
    }

    fn fund(&mut self, address: &str, mut coins: Vec<cosmwasm_std::Coin>) {
        coins.retain(|coin| !coin.amount.is_zero());
        if !coins.is_empty() {
            let coins = translate::coins(&coins);
            self.gifts.push((address.into(), coins));
        }
    }

    fn block(&mut self, seconds: u64, txs: Vec<Tx>) -> Vec<Result<Outcome, Refusal>> {
        self.prepare(&txs);
        let borrowed = std::mem::take(&mut self.borrowed);
        let asked = seconds;
        let seconds = asked.saturating_sub(borrowed).max(1);
        self.borrowed = (seconds + borrowed).saturating_sub(asked);
        let mut sent = vec![];
        let gifts = self.gifts();
        if !gifts.is_empty() {
            sent.push(cheap(TREASURY, gifts));
        }
        let given = sent.len();
        for (validator, message) in std::mem::take(&mut self.by_operators) {
            sent.push(cheap(&self.operators[&validator], [message]));
        }
        let own = sent.len();
        let gas = self.gas_limit.take().map_or(Gas::Plenty, Gas::Limit);
        let mut signers = vec![];
        for tx in &txs {
            let (address, message) = translate::message(tx);
            let signer = self.name_of(address);
            if let Some(name) = &signer {
                sent.push(cheap(name, [message]).gas(gas));
            }
            signers.push(signer.ok_or_else(|| Refusal {
                text: format!("nobody can sign for {address}"),
            }));
        }
        let results = self.make(seconds, vec![], sent);
        for result in &results[..given] {
            assert!(result.is_ok(), "the treasury gives: {result:?}");
        }
        let mut results = results[own..].iter();
        let signers = signers.into_iter();
        signers
            .map(|signer| signer.and_then(|_| translate::outcome(results.next().unwrap())))
            .collect()
    }

    fn vote(&mut self, validator: &str, present: bool) {
        if present {
            self.absent.remove(validator);
        } else {
            self.absent.insert(validator.into());
        }
    }

    fn double_sign(&mut self, validator: &str, infraction_height: u64) {
        self.evidence.push((validator.into(), infraction_height));
    }

    fn unjail(&mut self, validator: &str) {
        let message = msg::unjail(validator);
        self.by_operators.push((validator.into(), message));
    }

    fn set_commission(&mut self, validator: &str, rate: Decimal) {
        let message = msg::edit_commission(validator, &rate.to_string());
        self.by_operators.push((validator.into(), message));
    }

    fn reward(&mut self, coins: Vec<cosmwasm_std::Coin>) {
        self.rewards.extend(translate::coins(&coins));
    }

    fn bonded_pool(&self) -> String {
        self.chain.module_account("bonded_tokens_pool").unwrap()
    }

    fn gov_account(&self) -> String {
        self.chain.module_account("gov").unwrap()
    }

    fn gov_proposal(&self, proposal_id: u64) -> GovProposal {
        let (status, [yes, no]) = self.chain.gov_proposal(proposal_id).unwrap();
        GovProposal {
            status,
            yes,
            no,
            voters: self.chain.gov_voters(proposal_id).unwrap(),
        }
    }

    fn denom_info(&self, denom: &str) -> DenomInfo {
        let metadata = self.chain.denom_metadata(denom).unwrap();
        let units = metadata.denom_units.into_iter();
        DenomInfo {
            admin: self.chain.denom_admin(denom).unwrap().unwrap_or_default(),
            units: units.map(|unit| (unit.denom, unit.exponent)).collect(),
            texts: [
                metadata.display,
                metadata.name,
                metadata.symbol,
                metadata.description,
            ],
        }
    }

    fn real(&mut self) -> &mut Chain {
        &mut self.chain
    }

    fn state(&self, contract: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.chain.contract_state(contract).unwrap()
    }

    fn limit_gas(&mut self, gas: u64) {
        self.gas_limit = Some(gas);
    }

    fn faults(&mut self) -> &mut dyn Faults {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::built;

    #[test]
    #[should_panic(expected = "build it with scripts/build-wasm.sh")]
    fn missing_file_names_the_script_that_builds_it() {
        built("target/wasm/no_such.wasm", "scripts/build-wasm.sh");
    }
}
