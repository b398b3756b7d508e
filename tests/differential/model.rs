//! The model's side: `staking-sim` with `token-factory-sim`, fed with the same steps.

use std::str::FromStr;

use anybuf::Anybuf;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{
    Addr, AnyMsg, BankMsg, BlockInfo, Coin, CosmosMsg, Decimal, DistributionMsg, Empty, StakingMsg,
    Timestamp, coin,
};
use cw_multi_test::{Executor, FailingModule};
use staking_sim::{
    ChainBuilder, ChainError, GenesisValidator, Params, QueryProfile, SimChain, StargateRefusing,
};
use token_factory_sim::{FactoryError, SimTokenFactory};

use crate::denom_sides::{refusal, to_message};
use crate::real::Real;
use crate::setting::{DELEGATORS, DENOM, GENESIS_SECONDS, REWARD, REWARD_PURSE, Setting, purse};
use crate::step::{Op, Step, Tx};

/// Staking and a token factory.
pub type ModelChain =
    SimChain<FailingModule<Empty, Empty, Empty>, SimTokenFactory<StargateRefusing>>;

pub struct Model {
    pub chain: ModelChain,
    pub accounts: Vec<Addr>,
    /// What the last block's transactions paid: rewards of the next.
    fees: Vec<Coin>,
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

impl Model {
    /// The same genesis, its first block ended.
    pub fn new(setting: &Setting, real: &Real) -> Self {
        let accounts: Vec<Addr> = real.accounts.iter().map(Addr::unchecked).collect();
        let params = Params {
            unbonding_time: setting.unbonding_seconds,
            max_validators: setting.max_validators,
            max_entries: setting.max_entries,
            bond_denom: DENOM.into(),
            signed_blocks_window: setting.window,
            min_signed_per_window: decimal(setting.min_signed),
            downtime_jail_duration: setting.jail_seconds,
            slash_fraction_downtime: decimal(setting.slash_downtime),
            slash_fraction_double_sign: decimal(setting.slash_double_sign),
            community_tax: decimal(setting.community_tax),
            ..Params::default()
        };
        let mut builder = ChainBuilder::new()
            .params(params)
            .profile(QueryProfile::All)
            .api(MockApi::default().with_prefix("wasm"))
            .block(BlockInfo {
                height: 1,
                time: Timestamp::from_seconds(GENESIS_SECONDS),
                chain_id: "model".into(),
            });
        for (index, validator) in setting.validators.iter().enumerate() {
            let account = Addr::unchecked(&real.operator_accounts[index]);
            let genesis = GenesisValidator::new(&real.operators[index], account, validator.tokens)
                .commission_rate(decimal(validator.commission))
                .min_self_delegation(validator.min_self_delegation);
            builder = builder.validator(genesis);
        }
        for (name, account) in DELEGATORS.iter().zip(&accounts) {
            let coins = [
                coin(purse(name).into(), DENOM),
                coin(REWARD_PURSE.into(), REWARD),
            ];
            builder = builder.balance(account, coins);
        }
        let (stake, reward) = setting.creation_fee;
        let fee = [coin(stake.into(), DENOM), coin(reward.into(), REWARD)];
        let mut factory = SimTokenFactory::beside(StargateRefusing).creation_fee(fee);
        if !setting.takes_denom_metadata {
            factory = factory.refusing_metadata();
        }
        let mut chain = builder.stargate(factory).build();
        chain.end_block();
        Self {
            chain,
            accounts,
            fees: vec![],
        }
    }

    /// Makes the step's block after `settled` ordinary ones, a second apart.
    pub fn make(&mut self, step: &Step, settled: u64) -> Vec<String> {
        self.chain.set_absent(&step.absent);
        let fees = std::mem::take(&mut self.fees);
        self.chain.set_block_rewards(&fees);
        for _ in 0..settled {
            self.chain.next_block(1);
            self.chain.end_block();
            self.chain.set_block_rewards(&[]);
        }
        for (validator, height) in &step.evidence {
            self.chain.double_sign(validator, *height);
        }
        self.chain.next_block(step.advance - settled);
        let results = step.txs.iter().map(|tx| self.run(tx)).collect();
        self.chain.end_block();
        results
    }

    fn run(&mut self, tx: &Tx) -> String {
        let who = DELEGATORS.iter().position(|name| *name == tx.who).unwrap();
        let sender = self.accounts[who].clone();
        if !tx.is_flawed {
            self.pay(&sender, tx);
        }

        if let Op::Unjail { validator } = &tx.op {
            return match self.chain.unjail(validator) {
                Ok(()) => "done".into(),
                Err(error) => error.to_string(),
            };
        }
        let msg = message(&sender, &tx.op);
        match self.chain.app.execute(sender, msg) {
            Ok(_) => "done".into(),
            Err(error) => {
                if let Some(known) = error.downcast_ref::<ChainError>() {
                    return known.to_string();
                }
                match error.downcast_ref::<FactoryError>() {
                    Some(known) => refusal(&known.to_string(), &known.text.to_string()),
                    None => format!("{error:?}"),
                }
            }
        }
    }

    fn pay(&mut self, sender: &Addr, tx: &Tx) {
        let fee = [(tx.fee_reward, REWARD), (tx.fee_stake, DENOM)];
        let fee = fee.into_iter().filter(|(amount, _)| *amount > 0);
        let fee: Vec<Coin> = fee.map(|(amount, denom)| coin(amount, denom)).collect();
        let paid = BankMsg::Burn {
            amount: fee.clone(),
        };
        self.chain.app.execute(sender.clone(), paid.into()).unwrap();
        self.collect(fee);
    }

    fn collect(&mut self, fee: Vec<Coin>) {
        for paid in fee {
            match self.fees.iter_mut().find(|sum| sum.denom == paid.denom) {
                Some(sum) => sum.amount += paid.amount,
                None => self.fees.push(paid),
            }
        }
    }
}

fn message(sender: &Addr, op: &Op) -> CosmosMsg {
    match op.clone() {
        Op::Delegate { validator, tokens } => StakingMsg::Delegate {
            validator,
            amount: coin(tokens, DENOM),
        }
        .into(),
        Op::Undelegate { validator, tokens } => StakingMsg::Undelegate {
            validator,
            amount: coin(tokens, DENOM),
        }
        .into(),
        Op::Redelegate { src, dst, tokens } => StakingMsg::Redelegate {
            src_validator: src,
            dst_validator: dst,
            amount: coin(tokens, DENOM),
        }
        .into(),
        Op::Cancel {
            validator,
            tokens,
            height,
        } => {
            let amount = Anybuf::new()
                .append_string(1, DENOM)
                .append_string(2, tokens.to_string());
            let value = Anybuf::new()
                .append_string(1, sender)
                .append_string(2, validator)
                .append_message(3, &amount)
                .append_int64(4, i64::try_from(height).unwrap());
            CosmosMsg::Any(AnyMsg {
                type_url: "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation".into(),
                value: value.into_vec().into(),
            })
        }
        Op::Withdraw { validator } => DistributionMsg::WithdrawDelegatorReward { validator }.into(),
        Op::WithdrawTo { account } => {
            DistributionMsg::SetWithdrawAddress { address: account }.into()
        }
        Op::Denom(deed) => to_message(sender, &deed),
        Op::Unjail { validator } => unreachable!("{validator} has no message of a contract"),
    }
}
