//! The model's side: `staking-sim`, fed with the same steps.

use std::str::FromStr;

use anybuf::Anybuf;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{
    Addr, AnyMsg, BankMsg, BlockInfo, Coin, CosmosMsg, Decimal, DistributionMsg, QueryRequest,
    StakingMsg, Timestamp, coin, from_json, to_json_vec,
};
use cw_multi_test::Executor;
use serde_json::Value;
use staking_sim::{
    Chain, ChainBuilder, ChainError, DecCoins, GenesisValidator, Params, QueryProfile, Status,
    compute_consensus_address,
};

use crate::real::Real;
use crate::real_view::signing;
use crate::setting::{DELEGATORS, DENOM, GENESIS_SECONDS, REWARD, REWARD_PURSE, Setting, purse};
use crate::step::{Op, Step, Tx};
use crate::view::{View, coins};

pub struct Model {
    pub chain: Chain,
    pub accounts: Vec<Addr>,
    /// What the last block's transactions paid: rewards of the next.
    fees: Vec<Coin>,
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

fn dec_coins(found: &DecCoins) -> String {
    let pairs = found.to_std().into_iter().map(|coin| {
        let amount = found.amount_of(&coin.denom);
        (coin.denom, amount.to_string())
    });
    coins(pairs)
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
        let mut chain = builder.build();
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
        let fee = [(tx.fee_reward, REWARD), (tx.fee_stake, DENOM)];
        let fee = fee.into_iter().filter(|(amount, _)| *amount > 0);
        let fee: Vec<Coin> = fee.map(|(amount, denom)| coin(amount, denom)).collect();
        let paid = BankMsg::Burn {
            amount: fee.clone(),
        };
        self.chain.app.execute(sender.clone(), paid.into()).unwrap();
        self.collect(fee);

        if let Op::Unjail { validator } = &tx.op {
            return match self.chain.unjail(validator) {
                Ok(()) => "done".into(),
                Err(error) => error.to_string(),
            };
        }
        let msg = message(&sender, &tx.op);
        match self.chain.app.execute(sender, msg) {
            Ok(_) => "done".into(),
            Err(error) => match error.downcast_ref::<ChainError>() {
                Some(known) => known.to_string(),
                None => format!("{error:?}"),
            },
        }
    }

    fn collect(&mut self, fee: Vec<Coin>) {
        for paid in fee {
            match self.fees.iter_mut().find(|sum| sum.denom == paid.denom) {
                Some(sum) => sum.amount += paid.amount,
                None => self.fees.push(paid),
            }
        }
    }

    /// The state after the last block.
    pub fn view(&self) -> View {
        let mut view = View::new();
        let bonded = self.chain.bonded_tokens();
        view.insert("pool bonded".into(), bonded.to_string());
        for validator in self.chain.validators() {
            let operator = &validator.operator;
            let mut put =
                |what: &str, value: String| view.insert(format!("{operator} {what}"), value);
            put("tokens", validator.tokens.to_string());
            put("shares", validator.delegator_shares.to_string());
            let status = match validator.status {
                Status::Bonded => "BOND_STATUS_BONDED",
                Status::Unbonding => "BOND_STATUS_UNBONDING",
                Status::Unbonded => "BOND_STATUS_UNBONDED",
            };
            put("status", status.into());
            put("jailed", validator.jailed.to_string());
            put("unbonding", {
                let (height, time) = (validator.unbonding_height, validator.unbonding_time);
                format!("height {height} until {}", time.seconds())
            });
            put(
                "outstanding",
                dec_coins(&self.chain.outstanding_rewards(operator)),
            );
            put("commission", dec_coins(&self.chain.commission(operator)));
            if let Some(told) = self.signing(operator) {
                put("signing", told);
            }
        }
        for (name, account) in DELEGATORS.iter().zip(&self.accounts) {
            self.view_delegator(&mut view, name, account);
        }
        if let Some(halt) = self.chain.halted() {
            view.insert("halted".into(), halt);
        }
        view
    }

    /// The signing record as a contract would ask for it.
    fn signing(&self, operator: &str) -> Option<String> {
        let address = compute_consensus_address(operator).unwrap();
        #[allow(
            deprecated,
            reason = "its answer is the proto-JSON that the real chain tells"
        )]
        let request: QueryRequest = QueryRequest::Stargate {
            path: "/cosmos.slashing.v1beta1.Query/SigningInfo".into(),
            data: Anybuf::new().append_string(1, address).into_vec().into(),
        };
        let querier = self.chain.app.wrap();
        let raw = cosmwasm_std::Querier::raw_query(&*querier, &to_json_vec(&request).unwrap());
        let told = raw.unwrap().into_result().ok()?;
        let told: Value = from_json(told).ok()?;
        Some(signing(&told["val_signing_info"]))
    }

    fn view_delegator(&self, view: &mut View, name: &str, account: &Addr) {
        let mut put = |what: String, value: String| view.insert(format!("{name} {what}"), value);
        for (validator, tokens) in self.chain.delegations(account) {
            let delegators = self.chain.delegators(&validator);
            let own = delegators.iter().find(|(whose, _)| whose == account);
            let (_, shares) = own.unwrap();
            put(format!("at {validator}"), format!("{tokens} for {shares}"));
            let earned = self.chain.pending_rewards(account, &validator);
            let earned = earned
                .into_iter()
                .map(|coin| (coin.denom, coin.amount.to_string()));
            put(format!("earned at {validator}"), coins(earned));
        }
        let mut leaving = View::new();
        for (validator, entry) in self.chain.all_unbonding_entries(account) {
            let shown = leaving.entry(format!("leaves {validator}")).or_default();
            let (from, until) = (entry.creation_height, entry.completion_time.seconds());
            let (balance, initial) = (entry.balance, entry.initial_balance);
            *shown += &format!("[{from}..{until}: {balance} of {initial}]");
        }
        for moved in self.chain.redelegations(account) {
            let (src, dst, entry) = (moved.src_validator, moved.dst_validator, moved.entry);
            let shown = leaving.entry(format!("moves {src} to {dst}")).or_default();
            let (from, until) = (entry.creation_height, entry.completion_time.seconds());
            let (initial, shares) = (entry.initial_balance, entry.shares_dst);
            *shown += &format!("[{from}..{until}: {initial} as {shares}]");
        }
        for (what, value) in leaving {
            put(what, value);
        }
        let owned = [REWARD, DENOM].map(|denom| {
            let balance = self.chain.balance(account, denom);
            (denom.to_owned(), balance.to_string())
        });
        put("owns".into(), coins(owned));
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
        Op::Unjail { validator } => unreachable!("{validator} has no message of a contract"),
    }
}
