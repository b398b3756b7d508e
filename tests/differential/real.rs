//! The real chain's side: wasmd's application, in the child process of `wasmd-chain`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::denom_sides::{refusal, to_json};
use crate::setting::{DELEGATORS, DENOM, GENESIS_SECONDS, REWARD, REWARD_PURSE, Setting, purse};
use crate::step::{Op, Step, Tx};
use wasmd_chain::{Error, Program};

/// A name that no validator has.
const NOBODY: &str = "nobody";

/// What the chain made of a step.
pub enum Made {
    /// One line per transaction, and the number of ordinary blocks made before.
    Block { results: Vec<String>, settled: u64 },
    /// No block: the protocol's name of the reason, and its text.
    Refused { name: String, message: String },
}

pub struct Real {
    pub chain: String,
    /// Operator addresses of the validators, in the order of the setting.
    pub operators: Vec<String>,
    /// An operator address without a validator.
    pub nobody: String,
    /// Accounts of the validators' operators.
    pub operator_accounts: Vec<String>,
    /// Accounts of the delegators.
    pub accounts: Vec<String>,
    /// Operator addresses by consensus address.
    pub consensus: BTreeMap<String, String>,
}

/// Asks the program.
pub fn ask(request: &Value) -> Result<Value, Error> {
    Program::shared()?.ask(request)
}

/// Asks what the program must serve.
pub fn demand(request: &Value) -> Value {
    ask(request).unwrap_or_else(|error| panic!("{error}"))
}

/// Most numbers of proto-JSON are strings.
pub fn text(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.into(),
        None => value.to_string(),
    }
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

impl Real {
    pub fn new(chain: &str, setting: &Setting) -> Self {
        let mut names: Vec<&str> = DELEGATORS.to_vec();
        names.push(NOBODY);
        let told = demand(&json!({"op": "addresses", "names": names}));
        let addresses = &told["addresses"];
        let accounts = DELEGATORS.map(|name| text(&addresses[name]["account"]));
        let nobody = text(&addresses[NOBODY]["operator"]);

        let purse = |name: &str| format!("{}{DENOM},{REWARD_PURSE}{REWARD}", purse(name));
        let validators: Vec<Value> = setting
            .validators
            .iter()
            .map(|validator| {
                json!({
                    "name": validator.name,
                    "tokens": validator.tokens.to_string(),
                    "commission": validator.commission,
                    "min_self_delegation": validator.min_self_delegation.to_string(),
                    "coins": purse(&validator.name),
                })
            })
            .collect();
        let users = DELEGATORS.iter().filter(|name| !name.starts_with("val-"));
        let users: Vec<Value> = users
            .map(|name| json!({"name": name, "coins": purse(name)}))
            .collect();
        let (stake, reward) = setting.creation_fee;
        let genesis = demand(&json!({
            "op": "init",
            "chain": chain,
            "time_seconds": GENESIS_SECONDS,
            "accounts": users,
            "validators": validators,
            "params": {
                "unbonding_seconds": setting.unbonding_seconds,
                "max_validators": setting.max_validators,
                "max_entries": setting.max_entries,
                "signed_blocks_window": setting.window,
                "min_signed_per_window": setting.min_signed,
                "downtime_jail_seconds": setting.jail_seconds,
                "slash_fraction_downtime": setting.slash_downtime,
                "slash_fraction_double_sign": setting.slash_double_sign,
                "inflation": "0",
                "community_tax": setting.community_tax,
                "denom_creation_fee": format!("{stake}{DENOM},{reward}{REWARD}"),
                "refuse_denom_metadata": !setting.takes_denom_metadata,
            },
        }));
        let genesis = list(&genesis["validators"]);
        let consensus = genesis
            .iter()
            .map(|validator| (text(&validator["consensus"]), text(&validator["operator"])));
        Self {
            chain: chain.into(),
            operators: genesis.iter().map(|one| text(&one["operator"])).collect(),
            operator_accounts: genesis.iter().map(|one| text(&one["account"])).collect(),
            nobody,
            accounts: accounts.to_vec(),
            consensus: consensus.collect(),
        }
    }

    pub fn make(&self, step: &Step) -> Made {
        let evidence = step.evidence.iter();
        let evidence: Vec<Value> = evidence
            .map(|(operator, height)| json!({"validator": self.name(operator), "height": height}))
            .collect();
        let absent: Vec<String> = step.absent.iter().map(|one| self.name(one)).collect();
        let txs: Vec<Value> = step.txs.iter().map(|tx| self.tx(tx)).collect();
        let told = ask(&json!({
            "op": "block",
            "chain": self.chain,
            "advance": step.advance,
            "absent": absent,
            "evidence": evidence,
            "txs": txs,
        }));
        match told {
            Ok(told) => Made::Block {
                results: list(&told["txs"])
                    .iter()
                    .zip(&step.txs)
                    .map(result)
                    .collect(),
                settled: list(&told["settled"]).len() as u64,
            },
            Err(Error::Unserved { name, message, .. }) => Made::Refused { name, message },
            Err(error) => panic!("{error}"),
        }
    }

    /// Genesis name of a validator, which outlives the validator.
    fn name(&self, operator: &str) -> String {
        let index = self.operators.iter().position(|one| one == operator);
        format!("val-{}", index.unwrap())
    }

    fn tx(&self, tx: &Tx) -> Value {
        let mut fee = format!("{}{REWARD}", tx.fee_reward);
        if tx.fee_stake > 0 {
            fee = format!("{fee},{}{DENOM}", tx.fee_stake);
        }
        json!({"signer": tx.who, "fee": fee, "msgs": [self.message(tx)]})
    }

    fn message(&self, tx: &Tx) -> Value {
        let who = DELEGATORS.iter().position(|name| *name == tx.who).unwrap();
        let sender = &self.accounts[who];
        let amount = |tokens: &u128| json!({"denom": DENOM, "amount": tokens.to_string()});
        let staking = |name: &str| format!("/cosmos.staking.v1beta1.{name}");
        let distribution = |name: &str| format!("/cosmos.distribution.v1beta1.{name}");
        match &tx.op {
            Op::Delegate { validator, tokens } => json!({
                "@type": staking("MsgDelegate"), "delegator_address": sender,
                "validator_address": validator, "amount": amount(tokens),
            }),
            Op::Undelegate { validator, tokens } => json!({
                "@type": staking("MsgUndelegate"), "delegator_address": sender,
                "validator_address": validator, "amount": amount(tokens),
            }),
            Op::Redelegate { src, dst, tokens } => json!({
                "@type": staking("MsgBeginRedelegate"), "delegator_address": sender,
                "validator_src_address": src, "validator_dst_address": dst,
                "amount": amount(tokens),
            }),
            Op::Cancel {
                validator,
                tokens,
                height,
            } => json!({
                "@type": staking("MsgCancelUnbondingDelegation"), "delegator_address": sender,
                "validator_address": validator, "amount": amount(tokens),
                "creation_height": height.to_string(),
            }),
            Op::Withdraw { validator } => json!({
                "@type": distribution("MsgWithdrawDelegatorReward"),
                "delegator_address": sender, "validator_address": validator,
            }),
            Op::WithdrawTo { account } => json!({
                "@type": distribution("MsgSetWithdrawAddress"),
                "delegator_address": sender, "withdraw_address": account,
            }),
            Op::Denom(deed) => to_json(sender, deed),
            Op::Unjail { validator } => json!({
                "@type": "/cosmos.slashing.v1beta1.MsgUnjail", "validator_addr": validator,
            }),
        }
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        let _ = ask(&json!({"op": "drop", "chain": self.chain})); // it may have died of the test
    }
}

fn result((told, tx): (&Value, &Tx)) -> String {
    match told["code"].as_u64() {
        Some(0) => "done".into(),
        code => {
            let codespace = told["codespace"].as_str().unwrap_or_default();
            let code = format!("codespace: {codespace}, code: {}", code.unwrap());
            match tx.op {
                Op::Denom(_) => refusal(&code, &text(&told["log"])),
                _ => code,
            }
        }
    }
}
