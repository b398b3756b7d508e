//! Builds a suite: `SuiteBuilder::base().with_seed(..).build()`.

use cosmwasm_std::{Coin, Decimal, coin};
use defenders_types::vault::InstantiateMsg;
use defenders_types::{
    AllocationPolicyInput, FeePolicyInput, ParametersInput, PowerSource, ShareInput,
};
use serde_json::Value;

use crate::chain::{ChainSpec, Code, RawQueries, Refusal, TestChain, ValidatorSpec};
use crate::choice;
use crate::deployment::{self, Deployment};
use crate::event::text;
use crate::invariants::Memory;
use crate::reader::Reader;
use crate::share::{founding_coins, share_cw20, share_denom};
use crate::snapshot::Reading;
use crate::suite::Suite;
use crate::units::{BLOCK, DENOM, HOUR, TOKEN, UNBONDING_TIME, json};

/// What a suite begins with.
#[derive(Clone)]
pub struct SuiteBuilder {
    /// The chain.
    pub chain: ChainSpec,
    /// Positions in `chain.validators` of those that the owner lists.
    pub listed: Vec<usize>,
    /// Tokens of the seed.
    pub seed: u128,
    /// Caps and floor.
    pub policy: AllocationPolicyInput,
    /// Parameters.
    pub parameters: ParametersInput,
    /// Where powers come from; an attester by the name of its account.
    pub power_source: PowerSource,
    /// Share of the rewards.
    pub performance_fee_rate: Decimal,
    /// Share of the fee.
    pub keeper_bounty_share: Decimal,
    /// Receives the fee; the account named "fees" unless given.
    pub fee_recipient: Option<String>,
    /// Whether the suite is handed over before the seed's test of the chain has come back.
    pub testing: bool,
    /// Owns the vault from the beginning; the account named "owner", which instantiates, unless given.
    pub owner: Option<String>,
    /// What the shares are.
    pub share: ShareInput,
    /// How the vault becomes its own admin.
    pub deployment: Deployment,
    /// The code of the vault and of its pot.
    pub codes: [Code; 2],
    /// Whether the powers are read before the suite is handed over.
    pub refreshed: bool,
}

impl SuiteBuilder {
    /// 4 large validators of 1 000 000 tokens each, then 10 small ones of 100 000, of which the
    /// small ones are listed: 5 000 000 tokens bonded. A third of them are 1 666 667 tokens, so
    /// the top third is two of the large ones. Headroom of each small one: the least of
    /// 3 % x 5 000 000 - 100 000 = 50 000 and 100 000 (match), so the capacity is 500 000.
    pub fn base() -> Self {
        let large = vec![1_000_000 * TOKEN; 4];
        let small = vec![100_000 * TOKEN; 10];
        let base = Self {
            chain: ChainSpec {
                denom: DENOM.into(),
                unbonding_time: UNBONDING_TIME,
                max_validators: 200,
                signed_blocks_window: 100,
                raw_queries: RawQueries::Grpc,
                denom_creation_fee: vec![coin(5, "uother"), coin(3, DENOM)],
                takes_denom_metadata: true,
                operators_sign: false,
                validators: vec![],
            },
            listed: vec![],
            seed: TOKEN,
            policy: AllocationPolicyInput::default(),
            parameters: ParametersInput::default(),
            power_source: PowerSource::Grpc,
            performance_fee_rate: Decimal::percent(10),
            keeper_bounty_share: Decimal::percent(10),
            fee_recipient: None,
            testing: false,
            owner: None,
            share: match choice::are_shares_coins() {
                true => share_denom(),
                false => share_cw20(),
            },
            deployment: Deployment::Predicted,
            codes: [Code::Vault, Code::RewardPot],
            refreshed: true,
        };
        base.with_validators(&large, &small)
    }

    /// Other validators: `others`, then the `listed`; base units.
    pub fn with_validators(mut self, others: &[u128], listed: &[u128]) -> Self {
        let spec = |tokens: &u128| ValidatorSpec {
            tokens: *tokens,
            commission_rate: Decimal::percent(5),
        };
        self.chain.validators = others.iter().chain(listed).map(spec).collect();
        self.listed = (others.len()..others.len() + listed.len()).collect();
        self
    }

    /// So many listed validators of 100 000 tokens beside the large ones.
    pub fn with_listed_count(self, count: usize) -> Self {
        self.with_validators(&[1_000_000 * TOKEN; 4], &vec![100_000 * TOKEN; count])
    }

    /// Lists nobody.
    pub fn with_nobody_listed(mut self) -> Self {
        self.listed = vec![];
        self
    }

    /// Validators that are run from accounts that sign.
    pub fn with_operators(mut self) -> Self {
        self.chain.operators_sign = true;
        self
    }

    /// What the validator at this position charges.
    pub fn with_commission(mut self, position: usize, percent: u64) -> Self {
        self.chain.validators[position].commission_rate = Decimal::percent(percent);
        self
    }

    /// Another seed.
    pub fn with_seed(mut self, tokens: u128) -> Self {
        self.seed = tokens;
        self
    }

    /// Another source of powers, on a chain that lets contracts use it and no other one.
    pub fn with_power_source(mut self, source: PowerSource) -> Self {
        self.chain.raw_queries = match source {
            PowerSource::Grpc => RawQueries::Grpc,
            PowerSource::Stargate => RawQueries::Stargate,
            _ => RawQueries::None,
        };
        self.power_source = source;
        self
    }

    /// What the chain lets contracts read a validator by.
    pub fn with_raw_queries(mut self, raw_queries: RawQueries) -> Self {
        self.chain.raw_queries = raw_queries;
        self
    }

    /// Changes caps and floor.
    pub fn with_policy(mut self, change: impl FnOnce(&mut AllocationPolicyInput)) -> Self {
        change(&mut self.policy);
        self
    }

    /// Changes periods and bounds.
    pub fn with_parameters(mut self, change: impl FnOnce(&mut ParametersInput)) -> Self {
        change(&mut self.parameters);
        self
    }

    /// All that leaves may leave in an epoch, of what the owner brings about half; and nothing moves to even
    /// the chain, so that stake stays where flows that are not about it expect it. Who refused is left alone
    /// no longer than a rebalance waits for the next.
    pub fn with_room_to_leave(self) -> Self {
        self.without_quality_moves().with_parameters(|parameters| {
            parameters.turnover_emergency = Decimal::one();
            parameters.retry_after = HOUR;
        })
    }

    /// Nothing moves to even the chain.
    pub fn without_quality_moves(self) -> Self {
        self.with_parameters(|parameters| parameters.turnover_quality = Decimal::zero())
    }

    /// Another fee: share of the rewards, and the keeper's share of that.
    pub fn with_fee(mut self, fee_percent: u64, bounty_percent: u64) -> Self {
        self.performance_fee_rate = Decimal::percent(fee_percent);
        self.keeper_bounty_share = Decimal::percent(bounty_percent);
        self
    }

    /// Shares of this kind, whatever the environment chooses.
    pub fn with_share(mut self, share: ShareInput) -> Self {
        self.share = share;
        self
    }

    /// Shares that are a cw20, whatever the environment chooses.
    pub fn with_cw20_shares(self) -> Self {
        self.with_share(share_cw20())
    }

    /// Shares that are coins, whatever the environment chooses.
    pub fn with_coin_shares(self) -> Self {
        self.with_share(share_denom())
    }

    /// What creating a denom costs on this chain.
    pub fn with_creation_fee(mut self, fee: Vec<Coin>) -> Self {
        self.chain.denom_creation_fee = fee;
        self
    }

    /// Hands the suite over while the seed's test of the chain unbonds. Otherwise it has come back and is
    /// settled: all of the seed is idle, and the ledger is empty.
    pub fn while_seed_unbonds(mut self) -> Self {
        self.testing = true;
        self
    }

    /// Hands the suite over before anybody has read the powers.
    pub fn without_refresh(mut self) -> Self {
        self.refreshed = false;
        self
    }

    /// Another way to become its own admin.
    pub fn deployed(mut self, deployment: Deployment) -> Self {
        self.deployment = deployment;
        self
    }

    /// The vault as it was before changes waited, on the real chain; its admin is the owner.
    pub fn earlier(mut self) -> Self {
        self.codes = [Code::EarlierVault, Code::EarlierRewardPot];
        self.with_cw20_shares().deployed(Deployment::Kept)
    }

    /// On the chosen chain. The vault must accept its instantiation.
    pub fn build(self) -> Suite {
        self.try_build().unwrap()
    }

    /// On the chosen chain; what the vault says to its instantiation.
    pub fn try_build(self) -> Result<Suite, Refusal> {
        let chain = choice::begin(&self.chain);
        self.try_build_on(chain)
    }

    /// On any chain that began with `self.chain`.
    pub fn try_build_on(self, mut chain: Box<dyn TestChain>) -> Result<Suite, Refusal> {
        let [code_id, reward_pot_code_id] = self.codes.map(|code| chain.store(code));
        let founder = chain.account("owner");
        let owner = self.owner.unwrap_or_else(|| founder.clone());
        let fees = self.fee_recipient;
        let fee_recipient = fees.unwrap_or_else(|| chain.account("fees"));
        let power_source = match self.power_source {
            PowerSource::Attested { attester } => PowerSource::Attested {
                attester: attester.map(|name| chain.account(&name)),
            },
            source => source,
        };
        let msg = InstantiateMsg {
            owner: owner.clone(),
            share: self.share.clone(),
            reward_pot_code_id,
            bonded_pool: chain.bonded_pool(),
            power_source: power_source.clone(),
            fee: FeePolicyInput {
                recipient: fee_recipient.clone(),
                performance_fee_rate: self.performance_fee_rate,
                keeper_bounty_share: self.keeper_bounty_share,
            },
            policy: Some(self.policy),
            parameters: Some(self.parameters),
        };
        let funds = founding_coins(self.seed, &self.share, &self.chain.denom_creation_fee);
        chain.fund(&founder, funds.clone());
        let msg = match self.codes[0] {
            Code::EarlierVault => earlier_message(&msg),
            _ => json(&msg),
        };
        let way = self.deployment;
        let tx = deployment::instantiation(way, &mut *chain, code_id, &founder, msg, funds);
        let outcome = chain.block(BLOCK, vec![tx.clone()]).remove(0)?;
        let instantiated = &outcome.named("instantiated")[0];
        let pot = text(instantiated, "reward_pot");
        let vault = outcome
            .events
            .iter()
            .find(|event| event.ty == "wasm-vault/instantiated")
            .map(|event| text(event, "_contract_address"))
            .unwrap_or_default();

        deployment::complete(way, &mut *chain, &founder, &vault)?;
        let addresses = chain.validators().into_iter().map(|v| v.validator);
        let validators: Vec<String> = addresses.collect();
        let listed = self.listed.iter().map(|i| validators[*i].clone()).collect();
        let share_denom = match &self.share {
            ShareInput::Cw20 { .. } => None,
            ShareInput::Denom { subdenom, .. } => Some(format!("factory/{vault}/{subdenom}")),
        };
        let reader = Reader {
            chain,
            vault,
            share_denom,
        };
        let memory = Memory::begin(&reader, &fee_recipient, self.seed, Reading::All);
        let mut suite = Suite {
            reader,
            pot,
            owner,
            fee_recipient,
            validators,
            listed,
            instantiate_outcome: outcome,
            instantiate_tx: tx,
            memory,
        };
        let config = suite.config();
        assert_eq!(config.reward_pot, suite.pot);
        if !self.testing {
            suite.wait_for_seed();
        }
        if !suite.listed.is_empty() {
            let listed = suite.listed.clone();
            for page in listed.chunks(100) {
                suite.list(page);
            }
        }
        if self.refreshed {
            if let PowerSource::Attested { .. } = power_source {
                let powers = suite.powers();
                suite.try_post(&powers).unwrap();
            }
            suite.keep();
        }
        Ok(suite)
    }
}

/// What the vault was told before its shares could be coins.
fn earlier_message(msg: &InstantiateMsg) -> String {
    let mut msg = serde_json::from_str::<Value>(&json(msg)).unwrap();
    let fields = msg.as_object_mut().unwrap();
    let mut share = fields.remove("share").unwrap();
    fields.append(share["cw20"].as_object_mut().unwrap());
    msg.to_string()
}
