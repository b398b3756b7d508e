//! The real chain behind the suite: wasmd's application with the real wasm of the contracts, in
//! the child process of `client`. Chosen by `DEFENDERS_CHAIN=wasmd`.

pub mod client;
mod faults;
mod genesis;
mod requests;
pub mod time;
mod treasury;
mod view;
mod wire;
mod wrong;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use cosmwasm_std::Coin;
use serde_json::{Value, json};

use crate::chain::{ChainSpec, Code, Faults, Outcome, Refusal, TestChain, Tx};
use genesis::{FEE, TREASURY};
use wire::{list, number, text};
use wrong::Wrong;

static CHAINS: AtomicU64 = AtomicU64::new(0);

/// One chain of the process.
pub struct Wasmd {
    chain: String,
    height: u64,
    time: u64,
    /// Names by the accounts that can sign.
    names: RefCell<BTreeMap<String, String>>,
    /// Accounts that can pay a fee.
    solvent: BTreeSet<String>,
    /// Names of validators by operator address.
    operators: BTreeMap<String, String>,
    absent: BTreeSet<String>,
    gifts: Vec<(String, Vec<Coin>)>,
    rewards: Vec<Coin>,
    evidence: Vec<Value>,
    unjailing: Vec<String>,
    /// What the program was told to do wrong.
    wrong: Wrong,
    /// Seconds of blocks that were needed in between: the next one asked for is so much shorter.
    borrowed: u64,
    /// Of each transaction of the next block.
    gas_limit: Option<u64>,
}

impl TestChain for Wasmd {
    fn init(spec: &ChainSpec) -> Self {
        let operators = genesis::operators(spec.validators.len());
        let number_of_chain = CHAINS.fetch_add(1, Ordering::Relaxed);
        let mut chain = Self {
            chain: format!("suite-{number_of_chain}"),
            height: 0,
            time: 0,
            names: RefCell::default(),
            solvent: BTreeSet::new(),
            operators: operators.iter().cloned().collect(),
            absent: BTreeSet::new(),
            gifts: vec![],
            rewards: vec![],
            evidence: vec![],
            unjailing: vec![],
            wrong: Wrong::default(),
            borrowed: 0,
            gas_limit: None,
        };
        let genesis = genesis::of(spec, &operators);
        let told = chain.demand("init", genesis);
        chain.stands_at(&told);
        chain.solvent = genesis::ACCOUNTS
            .iter()
            .map(|name| chain.account(name))
            .collect();
        chain
    }

    fn store(&mut self, code: Code) -> u64 {
        let file = match code {
            Code::Vault => "vault.wasm",
            Code::RewardPot => "reward_pot.wasm",
            Code::Group => "cw4_group.wasm",
            Code::Multisig => "cw3_flex_multisig.wasm",
            Code::ShareSink => "share_sink.wasm",
        };
        let path = client::built(format!("target/wasm/{file}"), "scripts/build-wasm.sh");
        let request = json!({"signer": TREASURY, "path": path, "advance": 1, "fee": FEE});
        let told = self.demand("store", request);
        self.stands_at(&told);
        number(&told["code_id"])
    }

    fn account(&self, name: &str) -> String {
        let mut found = genesis::addresses(&[name.to_owned()]);
        let (address, _) = found.remove(name).unwrap();
        let mut names = self.names.borrow_mut();
        names.insert(address.clone(), name.into());
        address
    }

    fn fund(&mut self, address: &str, mut coins: Vec<Coin>) {
        coins.retain(|coin| !coin.amount.is_zero());
        if !coins.is_empty() {
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
            sent.push(json!({"signer": TREASURY, "fee": FEE, "msgs": gifts}));
        }
        let given = sent.len();
        for validator in std::mem::take(&mut self.unjailing) {
            let (signer, message) = (&self.operators[&validator], wire::unjail(&validator));
            sent.push(json!({"signer": signer, "fee": FEE, "msgs": [message]}));
        }
        let own = sent.len();
        let mut signers = vec![];
        for tx in &txs {
            let (address, message) = wire::message(tx);
            let signer = self.name_of(address);
            if let Some(name) = &signer {
                let mut tx = json!({"signer": name, "fee": FEE, "msgs": [message]});
                if let Some(gas) = self.gas_limit {
                    tx["gas"] = gas.into();
                }
                sent.push(tx);
            }
            signers.push(signer.ok_or_else(|| Refusal {
                text: format!("nobody can sign for {address}"),
            }));
        }
        self.gas_limit = None;
        let results = self.make(seconds, json!([]), sent);
        for result in &results[..given] {
            assert_eq!(result["code"], 0, "the treasury gives: {result}");
        }
        let mut results = results[own..].iter();
        let signers = signers.into_iter();
        signers
            .map(|signer| signer.and_then(|_| wire::outcome(results.next().unwrap())))
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
        let evidence = json!({"validator": validator, "height": infraction_height});
        self.evidence.push(evidence);
    }

    fn unjail(&mut self, validator: &str) {
        self.unjailing.push(validator.into());
    }

    fn reward(&mut self, coins: Vec<Coin>) {
        self.rewards.extend(coins);
    }

    fn bonded_pool(&self) -> String {
        let query = "/cosmos.auth.v1beta1.Query/ModuleAccountByName";
        let told = self.native(query, json!({"name": "bonded_tokens_pool"}));
        text(&told["account"]["base_account"]["address"])
    }

    fn state(&self, contract: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
        let told = self.native("contract_state", json!({"address": contract}));
        list(&told["models"]).iter().map(wire::stored).collect()
    }

    fn limit_gas(&mut self, gas: u64) {
        self.gas_limit = Some(gas);
    }

    fn faults(&mut self) -> &mut dyn Faults {
        self
    }
}

impl Drop for Wasmd {
    fn drop(&mut self) {
        let _ = client::ask(&self.request("drop", json!({}))); // the chain may have died of the test
    }
}
