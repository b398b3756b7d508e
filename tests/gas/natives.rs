//! What a delegator signs without a vault, and what it costs on the same chain.

use defenders_suite::DENOM;
use serde_json::{Value, json};

use super::chain::Receipt;
use super::world::World;

/// A kind of native transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Native {
    /// To validators that the signer delegates to already, rewards pending.
    Delegate,
    /// A first unbonding entry with each validator, rewards pending.
    Undelegate,
    /// From each validator to another one, where the signer has stake too, rewards pending.
    Redelegate,
    /// Of rewards that are at least a unit each.
    Withdraw,
    /// Takes back an undelegation that has not matured.
    CancelUndelegation,
    /// Of coins to an account that has some.
    Send,
}

/// Tokens, base units, in each native message.
const TOKENS: u64 = 5_000_000;

impl Native {
    /// How tables and JSON name it.
    pub fn name(self) -> &'static str {
        match self {
            Native::Delegate => "delegate, rewards pending",
            Native::Undelegate => "undelegate, rewards pending",
            Native::Redelegate => "redelegate, rewards pending",
            Native::Withdraw => "withdraw rewards",
            Native::CancelUndelegation => "cancel an undelegation",
            Native::Send => "bank send",
        }
    }

    fn event(self) -> &'static str {
        match self {
            Native::Delegate => "delegate",
            Native::Undelegate => "unbond",
            Native::Redelegate => "redelegate",
            Native::Withdraw => "withdraw_rewards",
            Native::CancelUndelegation => "cancel_unbonding_delegation",
            Native::Send => "transfer",
        }
    }

    /// Rewards that each message pays out on its way.
    fn touches(self) -> u64 {
        match self {
            Native::Send => 0,
            Native::Redelegate => 2,
            _ => 1,
        }
    }
}

/// Measures a transaction of `count` native messages, to as many validators, from the world's
/// beginning.
pub fn measure(world: &World, native: Native, count: u64) -> u64 {
    world.begin();
    let delegator = &world.native;
    let coins = json!({"denom": DENOM, "amount": TOKENS.to_string()});
    let mut creation_height = Value::Null;
    if native == Native::CancelUndelegation {
        let validator = &world.listed[0];
        let message = staking("MsgUndelegate", delegator, validator, &coins);
        world.chain.tx(6, super::world::NATIVE, &[message]);
        creation_height = world.chain.height().to_string().into();
    }
    let count_usize = usize::try_from(count).unwrap();
    assert!(count_usize <= world.listed.len());
    let messages: Vec<Value> = (0..count_usize)
        .map(|i| {
            let validator = &world.listed[i];
            match native {
                Native::Delegate => staking("MsgDelegate", delegator, validator, &coins),
                Native::Undelegate => staking("MsgUndelegate", delegator, validator, &coins),
                Native::Redelegate => {
                    // no destination is a source: the chain refuses that
                    let to = &world.listed[count_usize + i];
                    json!({
                        "@type": "/cosmos.staking.v1beta1.MsgBeginRedelegate",
                        "delegator_address": delegator,
                        "validator_src_address": validator,
                        "validator_dst_address": to,
                        "amount": coins,
                    })
                }
                Native::Withdraw => json!({
                    "@type": "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward",
                    "delegator_address": delegator,
                    "validator_address": validator,
                }),
                Native::CancelUndelegation => {
                    let mut message =
                        staking("MsgCancelUnbondingDelegation", delegator, validator, &coins);
                    message["creation_height"] = creation_height.clone();
                    message
                }
                Native::Send => send(delegator, &world.alice, TOKENS),
            }
        })
        .collect();
    world.reward();
    let receipt = world.chain.tx(6, super::world::NATIVE, &messages);
    check(&receipt, native, count);
    receipt.gas
}

fn check(receipt: &Receipt, native: Native, count: u64) {
    let done = receipt.count(native.event());
    let of_fee = u64::from(native == Native::Send); // the fee is a transfer too
    assert_eq!(done, count + of_fee, "{native:?}");
    let rewarded = receipt.rewarded();
    assert_eq!(rewarded, count * native.touches(), "{native:?}: rewards");
}

fn staking(name: &str, delegator: &str, validator: &str, coins: &Value) -> Value {
    json!({
        "@type": format!("/cosmos.staking.v1beta1.{name}"),
        "delegator_address": delegator,
        "validator_address": validator,
        "amount": coins,
    })
}

/// A transfer of tokens.
pub fn send(from: &str, to: &str, tokens: u64) -> Value {
    json!({
        "@type": "/cosmos.bank.v1beta1.MsgSend",
        "from_address": from,
        "to_address": to,
        "amount": [{"denom": DENOM, "amount": tokens.to_string()}],
    })
}

/// A delegation, for setting up.
pub fn delegate(delegator: &str, validator: &str, tokens: u128) -> Value {
    let coins = json!({"denom": DENOM, "amount": tokens.to_string()});
    staking("MsgDelegate", delegator, validator, &coins)
}
