//! A small chain and its usual questions.

use anybuf::Anybuf;
use cosmwasm_std::{
    Addr, AnyMsg, Coin, CosmosMsg, Decimal, DistributionMsg, StakingMsg, Uint128, coin, coins,
};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, Executor};
use staking_sim::{Application, Chain, ChainBuilder, Dec18, GenesisValidator, Params};

pub const DENOM: &str = "stake";
pub const DAY: u64 = 24 * 60 * 60;
pub const UNBONDING: u64 = 21 * DAY;
/// One unit of voting power.
pub const POWER: u128 = 1_000_000;

pub fn account(name: &str) -> Addr {
    cosmwasm_std::testing::MockApi::default().addr_make(name)
}

pub fn alice() -> Addr {
    account("alice")
}

pub fn operator(validator: &str) -> Addr {
    account(&format!("operator of {validator}"))
}

/// Validators `a`, `b`, `c` of 300, 200 and 100 units of power, alice with 10^12.
pub fn builder() -> ChainBuilder {
    builder_with(
        Params::default(),
        &[("a", 300 * POWER), ("b", 200 * POWER), ("c", 100 * POWER)],
    )
}

pub fn builder_with(params: Params, validators: &[(&str, u128)]) -> ChainBuilder {
    let mut builder = ChainBuilder::new()
        .params(params)
        .balance(&alice(), coins(1_000_000 * POWER, DENOM));
    for (name, tokens) in validators {
        builder = builder.validator(GenesisValidator::new(*name, operator(name), *tokens));
    }
    builder
}

pub fn chain() -> Chain {
    builder().build()
}

pub fn stake(amount: u128) -> Coin {
    coin(amount, DENOM)
}

pub fn run(chain: &mut Chain, sender: &Addr, msg: impl Into<CosmosMsg>) -> AnyResult<AppResponse> {
    chain.app.execute(sender.clone(), msg.into())
}

pub fn delegate(chain: &mut Chain, who: &Addr, to: &str, amount: u128) -> AnyResult<AppResponse> {
    let msg = StakingMsg::Delegate {
        validator: to.into(),
        amount: stake(amount),
    };
    run(chain, who, msg)
}

pub fn undelegate(
    chain: &mut Chain,
    who: &Addr,
    from: &str,
    amount: u128,
) -> AnyResult<AppResponse> {
    let msg = StakingMsg::Undelegate {
        validator: from.into(),
        amount: stake(amount),
    };
    run(chain, who, msg)
}

pub fn redelegate(
    chain: &mut Chain,
    who: &Addr,
    src: &str,
    dst: &str,
    amount: u128,
) -> AnyResult<AppResponse> {
    let msg = StakingMsg::Redelegate {
        src_validator: src.into(),
        dst_validator: dst.into(),
        amount: stake(amount),
    };
    run(chain, who, msg)
}

pub fn withdraw(chain: &mut Chain, who: &Addr, from: &str) -> AnyResult<AppResponse> {
    run(
        chain,
        who,
        DistributionMsg::WithdrawDelegatorReward {
            validator: from.into(),
        },
    )
}

/// `MsgCancelUnbondingDelegation` of the entry begun at `height`.
pub fn cancel_unbonding(
    chain: &mut Chain,
    who: &Addr,
    from: &str,
    amount: u128,
    height: u64,
) -> AnyResult<AppResponse> {
    run(chain, who, cancelling(who, from, amount, height))
}

/// That message.
pub fn cancelling(who: &Addr, from: &str, amount: u128, height: u64) -> CosmosMsg {
    let coin = Anybuf::new()
        .append_string(1, DENOM)
        .append_string(2, amount.to_string());
    let value = Anybuf::new()
        .append_string(1, who)
        .append_string(2, from)
        .append_message(3, &coin)
        .append_int64(4, i64::try_from(height).expect("height"));
    let type_url = "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation".to_string();
    CosmosMsg::Any(AnyMsg {
        type_url,
        value: value.into_vec().into(),
    })
}

/// First line of a refusal.
pub fn refusal(result: AnyResult<AppResponse>) -> String {
    result.expect_err("refused").to_string()
}

pub fn staking_code(code: u32) -> String {
    format!("codespace: staking, code: {code}")
}

pub fn tokens(amount: u128) -> Uint128 {
    Uint128::new(amount)
}

/// Nothing failed outside of messages, and the pools hold what they should.
pub fn assert_sound(chain: &Chain) {
    assert_sound_app(chain);
}

/// The same of a chain with other modules.
pub fn assert_sound_app<AppT: Application>(chain: &Chain<AppT>) {
    assert_eq!(chain.halted(), None);
    let (mut bonded, mut not_bonded) = (0, chain.unbonding_tokens().u128());
    for validator in chain.validators() {
        if validator.is_bonded() {
            bonded += validator.tokens.u128();
        } else {
            not_bonded += validator.tokens.u128();
        }
    }
    assert_eq!(chain.bonded_tokens().u128(), bonded, "bonded pool");
    let pool = chain.balance(&chain.not_bonded_pool_address(), DENOM);
    assert_eq!(pool.u128(), not_bonded, "not-bonded pool");
}

/// `a` with 300 units of its operator's and 100 of alice's, `b` with 100, no commission.
pub fn chain_without_commission() -> Chain {
    let mut builder = ChainBuilder::new().balance(&alice(), [stake(1_000 * POWER)]);
    for (name, power) in [("a", 300), ("b", 100)] {
        builder = builder.validator(
            GenesisValidator::new(name, operator(name), power * POWER)
                .commission_rate(Decimal::zero()),
        );
    }
    let mut chain = builder.build();
    delegate(&mut chain, &alice(), "a", 100 * POWER).unwrap();
    // the new power takes two blocks to vote
    for _ in 0..3 {
        chain.next_block(5);
    }
    chain
}

/// Whatever is owed lies in the distribution account.
pub fn assert_covered(chain: &Chain, denom: &str) {
    let mut owed = chain.community_pool();
    for validator in chain.validators() {
        owed = owed
            .checked_add(&chain.outstanding_rewards(&validator.operator))
            .unwrap();
    }
    let held = chain.balance(&chain.distribution_address(), denom);
    assert_eq!(owed.amount_of(denom), Dec18::from_int(held));
}
