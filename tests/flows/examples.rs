//! One example of every message, with every option given. A variant without an example, or an
//! option left out, fails the flows that go through them.

use std::collections::BTreeSet;

use cosmwasm_std::{Binary, Decimal, Timestamp, Uint128};
use cw20::{EmbeddedLogo, Expiration, Logo};
use defenders_suite::Suite;
use defenders_suite::share::share_cw20;
use defenders_types::{
    AllocationPolicyInput, BlockInput, ExecuteMsg, FeePolicyInput, InstantiateMsg, Job, LedgerKey,
    ListingGroupsInput, ListingInput, OwnContract, ParametersInput, PostedPower, PowerSource,
    QueryMsg, SettingInput, pot,
};
use serde::Serialize;
use serde_json::Value;

/// The vault's messages as they are generated from the types.
pub const VAULT: &str = include_str!("../../schema/vault.json");
/// The pot's.
pub const POT: &str = include_str!("../../schema/reward-pot.json");

const AMOUNT: Uint128 = Uint128::new(7);

/// The examples as JSON. They must be those of all variants that the schema knows.
pub fn all<T: Serialize>(schema: &str, kind: &str, examples: &[T]) -> Vec<Value> {
    let to_value = |example| serde_json::to_value(example).unwrap();
    let examples: Vec<Value> = examples.iter().map(to_value).collect();
    let names = examples.iter().flat_map(keys).collect::<BTreeSet<String>>();
    let schema: Value = serde_json::from_str(schema).unwrap();
    let variants = schema[kind]["oneOf"].as_array().unwrap().iter();
    let variants: BTreeSet<String> = variants.flat_map(|v| keys(&v["properties"])).collect();
    assert_eq!(names, variants, "every {kind} message has an example");
    for example in &examples {
        assert!(is_given(example), "{example} leaves an option out");
    }
    examples
}

fn keys(value: &Value) -> Vec<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

/// Whether nothing in it is null.
pub fn is_given(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty() && items.iter().all(is_given),
        Value::Object(fields) => fields.values().all(is_given),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Every message that changes the vault.
pub fn executes(suite: &Suite) -> Vec<ExecuteMsg> {
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let validator = suite.validators[0].clone();
    let expires = Some(Expiration::AtHeight(1_000_000));
    let msg = Binary::from(b"{}");
    vec![
        ExecuteMsg::Deposit {
            amount: Some(AMOUNT),
            recipient: Some(bob.clone()),
            delegate: Some(true),
            min_shares_out: Some(AMOUNT),
        },
        ExecuteMsg::RequestWithdrawal {
            shares: Some(AMOUNT),
            recipient: Some(bob.clone()),
            min_tokens_out: Some(AMOUNT),
        },
        ExecuteMsg::CancelWithdrawal { batch_id: 1 },
        ExecuteMsg::Claim {
            batch_id: 1,
            recipient: Some(bob.clone()),
        },
        ExecuteMsg::Tick {
            job: Some(Job::Sync),
            skip: Some(vec![validator.clone()]),
        },
        ExecuteMsg::ClaimFee {
            recipient: Some(bob.clone()),
        },
        ExecuteMsg::ListValidators {
            validators: vec![ListingInput {
                validator: validator.clone(),
                name: Some("Small & Co".into()),
                website: Some("https://small.example".into()),
                contact: Some("ops@small.example".into()),
                reason: Some("small".into()),
                groups: Some(ListingGroupsInput {
                    operator: Some("small".into()),
                    hosting: Some("north".into()),
                    jurisdiction: Some("is".into()),
                }),
                max_tokens: Some(Uint128::new(1_000_000_000)),
                ends_at: Some(1_766_275_200),
            }],
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::DrainValidators {
            validators: vec![validator.clone()],
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::SetOwnMaximum {
            validator: validator.clone(),
            tokens: Some(Uint128::new(500)),
        },
        ExecuteMsg::AcceptSnapshot {
            failed: vec![validator],
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::PostPowers {
            page: 1,
            of: 1,
            powers: vec![PostedPower {
                validator: suite.validators[0].clone(),
                tokens: AMOUNT,
            }],
        },
        ExecuteMsg::ProposeSettings {
            settings: vec![SettingInput {
                name: "performance_fee_rate".into(),
                value: Some("0.02".into()),
            }],
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::ScheduleUpgrade {
            contract: OwnContract::RewardPot,
            code_id: 1,
            checksum: "00".repeat(32),
            msg: Some(msg.clone()),
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::ApplyChange { id: 0 },
        ExecuteMsg::CancelChange {
            id: 0,
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::PutBrakeOn {
            until: Some(u64::MAX),
        },
        ExecuteMsg::TakeBrakeOff {
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::ArmBrake {
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::TransferOwnership {
            new_owner: bob.clone(),
            expires_at: Some(u64::MAX),
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::AcceptOwnership {},
        ExecuteMsg::CancelOwnershipTransfer {
            valid_until: Some(u64::MAX),
        },
        ExecuteMsg::Transfer {
            recipient: bob.clone(),
            amount: AMOUNT,
        },
        ExecuteMsg::Send {
            contract: bob.clone(),
            amount: AMOUNT,
            msg: msg.clone(),
        },
        ExecuteMsg::IncreaseAllowance {
            spender: bob.clone(),
            amount: AMOUNT,
            expires,
        },
        ExecuteMsg::DecreaseAllowance {
            spender: bob.clone(),
            amount: AMOUNT,
            expires,
        },
        ExecuteMsg::TransferFrom {
            owner: alice.clone(),
            recipient: bob.clone(),
            amount: AMOUNT,
        },
        ExecuteMsg::SendFrom {
            owner: alice,
            contract: bob.clone(),
            amount: AMOUNT,
            msg,
        },
        ExecuteMsg::UpdateMarketing {
            project: Some("https://defenders.example".into()),
            description: Some("Stake for the small".into()),
            marketing: Some(bob),
        },
        logo(),
    ]
}

/// A logo of which only the first bytes are one.
pub fn logo() -> ExecuteMsg {
    let png = Binary::from(b"\x89PNG\r\n\x1a\n");
    ExecuteMsg::UploadLogo(Logo::Embedded(EmbeddedLogo::Png(png)))
}

/// Every question to the vault, which has an answer once there is an unbonding entry, an
/// allowance from Alice to Bob, and a logo.
pub fn queries(suite: &Suite) -> Vec<QueryMsg> {
    let (alice, bob) = (suite.user("alice"), suite.user("bob"));
    let (zero, limit) = (String::new(), Some(30));
    let start_after = Some(zero);
    vec![
        QueryMsg::Config {},
        QueryMsg::Ownership {},
        QueryMsg::Totals {},
        QueryMsg::Rate {},
        QueryMsg::PreviewDeposit { amount: AMOUNT },
        QueryMsg::ConvertToShares { amount: AMOUNT },
        QueryMsg::ConvertToAssets { amount: AMOUNT },
        QueryMsg::Position {
            owner: alice.clone(),
            start_after: Some(0),
            limit,
        },
        QueryMsg::Batch { batch_id: 1 },
        QueryMsg::Batches {
            start_after: Some(0),
            limit,
        },
        QueryMsg::Validators {
            start_after: start_after.clone(),
            limit,
        },
        QueryMsg::Ledger {
            start_after: Some(LedgerKey {
                completion_time: Timestamp::from_nanos(0),
                validator: suite.validators[0].clone(),
            }),
            limit,
        },
        QueryMsg::Changes {},
        QueryMsg::WorstCase {},
        QueryMsg::Brake {},
        QueryMsg::Jobs {},
        QueryMsg::Plan {
            at: Some(BlockInput {
                height: suite.chain.height() + 1,
                time: Timestamp::from_seconds(suite.now() + 6),
            }),
        },
        QueryMsg::Explain {
            validator: suite.listed[0].clone(),
        },
        QueryMsg::Health {},
        QueryMsg::RateHistory {
            start_after: Some(0),
            limit,
        },
        QueryMsg::RedemptionRate {
            denom: suite.vault.clone(),
            params: Some(Binary::from(b"{}")),
        },
        QueryMsg::Solvency {},
        QueryMsg::FeeOwed {
            recipient: bob.clone(),
        },
        QueryMsg::Balance {
            address: alice.clone(),
        },
        QueryMsg::TokenInfo {},
        QueryMsg::Minter {},
        QueryMsg::Allowance {
            owner: alice.clone(),
            spender: bob.clone(),
        },
        QueryMsg::AllAllowances {
            owner: alice.clone(),
            start_after: Some(alice.clone()),
            limit,
        },
        QueryMsg::AllSpenderAllowances {
            spender: bob,
            start_after: Some(suite.vault.clone()),
            limit,
        },
        QueryMsg::AllAccounts {
            start_after: Some(suite.vault.clone()),
            limit,
        },
        QueryMsg::MarketingInfo {},
        QueryMsg::DownloadLogo {},
    ]
}

/// The name of a message.
pub fn name_of<T: Serialize>(message: &T) -> String {
    let message = serde_json::to_value(message).unwrap();
    message.as_object().unwrap().keys().next().unwrap().clone()
}

/// What creates another vault on the suite's chain.
pub fn instantiation(suite: &Suite, reward_pot_code_id: u64) -> InstantiateMsg {
    InstantiateMsg {
        owner: suite.owner.clone(),
        share: share_cw20(),
        reward_pot_code_id,
        bonded_pool: suite.chain.bonded_pool(),
        power_source: PowerSource::Grpc,
        fee: FeePolicyInput {
            recipient: suite.fee_recipient.clone(),
            performance_fee_rate: Decimal::percent(10),
            keeper_bounty_share: Decimal::percent(10),
        },
        policy: Some(AllocationPolicyInput {
            bond_factor: Some(Decimal::percent(500)),
            max_commission_ceiling: Some(Decimal::percent(50)),
            ..AllocationPolicyInput::default()
        }),
        parameters: Some(ParametersInput::default()),
    }
}

/// Every message that changes the pot.
pub fn pot_executes() -> Vec<pot::ExecuteMsg> {
    vec![pot::ExecuteMsg::Release {}]
}

/// Every question to the pot.
pub fn pot_queries() -> Vec<pot::QueryMsg> {
    vec![pot::QueryMsg::Config {}, pot::QueryMsg::Balances {}]
}
