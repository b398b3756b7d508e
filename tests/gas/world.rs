//! The chain on which all is measured: a vault whose every listed validator holds stake, users with
//! shares, and a delegator without a vault.

use cosmwasm_std::Decimal;
use defenders_suite::chain::TestChain;
use defenders_suite::messages::{deposit, list_validators, tick};
use defenders_suite::wasmd::{Wasmd, built};
use defenders_suite::{BLOCK, Suite, SuiteBuilder, TOKEN};
use defenders_types::{
    ConfigResponse, ExecuteMsg, Job, Parameters, QueryMsg, TotalsResponse, ValidatorInfo,
    ValidatorsResponse,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::chain::{Chain, Receipt};
use super::grouped;
use super::natives::{delegate, send};

/// Name of the delegator without a vault.
pub const NATIVE: &str = "walker";
/// Name of a user who holds shares.
pub const ALICE: &str = "alice";
/// Name of a user who has never deposited.
pub const BOB: &str = "bob";
/// Name of the depositor of nearly everything.
pub const WHALE: &str = "carol";
/// Name of who ticks.
pub const KEEPER: &str = "keeper";

/// Validators that are not listed. Together they hold half of the stake or more, so the fewest
/// that hold a third are among them.
const LARGE: usize = 4;
/// Tokens that they hold together at least: 3 % of all stake, the chain share cap, are then
/// 165 000 tokens and more, well above a listed validator's own.
const LARGE_TOKENS: u128 = 4_500_000 * TOKEN;
/// Tokens of each listed validator without the vault, plus `STEP` for each before it.
const EXTERNAL: u128 = 100_000 * TOKEN;
const STEP: u128 = 37 * TOKEN;
/// Tokens that the vault places per listed validator: 10 % of what others delegate to it.
const PER_VALIDATOR: u128 = 10_000 * TOKEN;
/// Tokens that the native delegator has with each validator.
const NATIVE_STAKE: u128 = 1_000 * TOKEN;
/// Tokens that everybody is given.
const PURSE: u64 = 100_000_000_000_000;
/// Ticks in a row after which something is wrong.
const PATIENCE: usize = 1_000;

/// What worlds differ in, besides their number of validators.
#[derive(Clone, Copy)]
pub struct Setting {
    /// Most redelegations and undelegations of a rebalance.
    pub max_moves: u32,
    /// Validators share operators, hosts and jurisdictions.
    pub has_groups: bool,
    /// Shares are coins of the bank, instead of a cw20.
    pub has_coins: bool,
}

impl Setting {
    /// The default of a vault, and a list that names no groups.
    pub const PLAIN: Self = Self {
        max_moves: 3,
        has_groups: false,
        has_coins: false,
    };
}

/// A chain with a vault.
pub struct World {
    /// Keeps the chain.
    _suite: Suite,
    /// The same chain, with gas.
    pub chain: Chain,
    beginning: Value,
    /// Address of the vault.
    pub vault: String,
    /// Operator addresses, listed.
    pub listed: Vec<String>,
    /// Operator addresses, not listed.
    pub large: Vec<String>,
    /// Address of the user with shares.
    pub alice: String,
    /// Address of the depositor of nearly everything.
    pub whale: String,
    /// Address of the delegator without a vault.
    pub native: String,
    /// Gas of a sync of a vault that nobody is listed in and that holds no stake.
    pub empty_sync: u64,
    /// Contract that passes queries on to the chain.
    pub reflect: String,
    /// Contract that only plans.
    pub plan_bench: String,
    reward: u128,
}

impl World {
    /// So many listed validators.
    pub fn new(validators: usize, reflect_wasm: &str, setting: Setting) -> Self {
        let external: Vec<u128> = (0..validators as u128)
            .map(|i| EXTERNAL + i * STEP)
            .collect();
        let all: u128 = external.iter().sum();
        let large = vec![all.max(LARGE_TOKENS) / LARGE as u128; LARGE];
        let mut builder = SuiteBuilder::base()
            .with_validators(&large, &external)
            .with_nobody_listed()
            .with_parameters(|parameters| {
                parameters.max_moves = setting.max_moves;
                if setting.has_groups {
                    // so that not the budget says how many moves there are
                    parameters.turnover_emergency = Decimal::one();
                }
            })
            .without_refresh();
        builder = match setting.has_coins {
            true => builder.with_coin_shares(),
            false => builder.with_cw20_shares(),
        };
        builder.chain.max_validators = u32::try_from(LARGE + validators).unwrap();
        let backend = Wasmd::init(&builder.chain);
        let chain = Chain::named(backend.name());
        let suite = builder.try_build_on(Box::new(backend)).unwrap();

        let mut world = Self {
            chain,
            beginning: Value::Null,
            vault: suite.vault.clone(),
            listed: suite.validators[LARGE..].to_vec(),
            large: suite.validators[..LARGE].to_vec(),
            alice: suite.user(ALICE),
            whale: suite.user(WHALE),
            native: suite.user(NATIVE),
            empty_sync: 0,
            reflect: String::new(),
            plan_bench: String::new(),
            reward: 2 * all.max(LARGE_TOKENS) / 1_000,
            _suite: suite,
        };
        world.hand_out();
        let keeper = world.user(KEEPER);
        world.reflect = world.chain.plain_contract(KEEPER, &keeper, reflect_wasm);
        let bench = built("target/wasm/plan_bench.wasm", "scripts/build-wasm.sh");
        let bench = bench.to_str().unwrap();
        world.plan_bench = world.chain.plain_contract(KEEPER, &keeper, bench);
        world.empty_sync = world.tick(Job::Sync).gas;
        world.fill(validators, setting.has_groups);
        world.beginning = world.chain.snapshot();
        world
    }

    /// Everybody gets tokens, and has signed once: a first signature costs more.
    fn hand_out(&self) {
        let treasury = self.user("treasury");
        let names = [ALICE, BOB, WHALE, KEEPER, NATIVE, "owner"];
        let gifts: Vec<Value> = names
            .iter()
            .map(|name| send(&treasury, &self.user(name), PURSE))
            .collect();
        self.chain.tx(BLOCK, "treasury", &gifts);
        for name in names {
            let own = self.user(name);
            self.chain.tx(BLOCK, name, &[send(&own, &own, 1)]);
        }
        for page in [&self.listed, &self.large]
            .into_iter()
            .flat_map(|all| all.chunks(25))
        {
            let messages: Vec<Value> = page
                .iter()
                .map(|validator| delegate(&self.native, validator, NATIVE_STAKE))
                .collect();
            self.chain.tx(BLOCK, NATIVE, &messages);
        }
    }

    /// Lists, reads the powers, takes deposits, and invests until every listed validator has stake.
    fn fill(&self, validators: usize, has_groups: bool) {
        for page in self.listed.chunks(100) {
            let listing = match has_groups {
                true => ExecuteMsg::ListValidators {
                    validators: grouped::listings(page),
                    valid_until: None,
                },
                false => list_validators(page),
            };
            self.execute(BLOCK, "owner", &listing, 0);
        }
        while self.is_due(Job::Refresh) {
            self.tick(Job::Refresh);
        }
        let tokens = PER_VALIDATOR * validators as u128;
        // the fill list reaches beyond what is idle, so a first filling leaves its last slots empty
        for part in [tokens / 2, tokens - tokens / 2] {
            self.execute(BLOCK, WHALE, &deposit(), part);
            self.invest_all();
        }
        self.execute(BLOCK, ALICE, &deposit(), 100 * TOKEN);
        self.invest_all();
        self.tick(Job::Sync);
        let infos = self.validators();
        assert_eq!(infos.len(), validators);
        for info in infos {
            assert!(!info.delegated.is_zero(), "{info:?} holds nothing");
        }
        assert_eq!(self.delegations(), validators);
    }

    /// Ticks `invest` until nothing can be placed.
    pub fn invest_all(&self) {
        for _ in 0..PATIENCE {
            if !self.is_due(Job::Invest) {
                return;
            }
            self.tick(Job::Invest);
        }
        panic!("invest stays due: {:?}", self.totals());
    }

    /// How many delegations the vault has.
    fn delegations(&self) -> usize {
        let told = self
            .chain
            .query("delegations", json!({"delegator_addr": self.vault}));
        told["delegation_responses"].as_array().map_or(0, Vec::len)
    }

    /// All validators that are listed or hold stake.
    pub fn validators(&self) -> Vec<ValidatorInfo> {
        let mut all: Vec<ValidatorInfo> = vec![];
        loop {
            let page: ValidatorsResponse = self.ask(&QueryMsg::Validators {
                start_after: all.last().map(|info| info.validator.clone()),
                limit: Some(30),
            });
            if page.validators.is_empty() {
                return all;
            }
            all.extend(page.validators);
        }
    }

    /// A staking query of the chain by way of a contract that does nothing else.
    pub fn pass_on(&self, query: &str, request: Value) -> (Value, u64) {
        self.pass_on_any(json!({"staking": {query: request}}))
    }

    /// Any query of the chain in this way.
    pub fn pass_on_any(&self, request: Value) -> (Value, u64) {
        let msg = json!({"chain": {"request": request}});
        self.chain.smart(&self.reflect, &msg)
    }

    /// The vault's parameters.
    pub fn parameters(&self) -> Parameters {
        let config: ConfigResponse = self.ask(&QueryMsg::Config {});
        config.parameters
    }

    /// Back to the beginning: fresh book, nothing requested, no entry.
    pub fn begin(&self) {
        self.chain.restore(&self.beginning);
    }

    /// At least a unit of reward for every delegation there is, from the next block on: a fee of
    /// 1/1000 of all stake.
    pub fn reward(&self) {
        let treasury = self.user("treasury");
        let fee = format!("{}ustake", self.reward);
        let message = send(&treasury, &treasury, 1);
        self.chain.paid_tx(BLOCK, "treasury", &fee, &[message]);
    }

    /// The address of a name.
    pub fn user(&self, name: &str) -> String {
        self._suite.user(name)
    }

    /// Calls the vault with tokens, in a block of its own.
    pub fn execute(&self, seconds: u64, name: &str, msg: &ExecuteMsg, tokens: u128) -> Receipt {
        let message = self.message(name, msg, tokens);
        self.chain.tx(seconds, name, &[message])
    }

    fn message(&self, name: &str, msg: &ExecuteMsg, tokens: u128) -> Value {
        let mut funds = vec![];
        if tokens > 0 {
            funds.push(json!({"denom": "ustake", "amount": tokens.to_string()}));
        }
        if let (ExecuteMsg::RequestWithdrawal { shares, .. }, Some(denom)) =
            (msg, &self._suite.share_denom)
        {
            funds.push(json!({"denom": denom, "amount": shares.unwrap().to_string()}));
        }
        json!({
            "@type": "/cosmwasm.wasm.v1.MsgExecuteContract",
            "sender": self.user(name),
            "contract": self.vault,
            "msg": serde_json::to_value(msg).unwrap(),
            "funds": funds,
        })
    }

    /// One job by the keeper.
    pub fn tick(&self, job: Job) -> Receipt {
        self.execute(BLOCK, KEEPER, &tick(Some(job)), 0)
    }

    /// Asks the vault.
    pub fn ask<T: DeserializeOwned>(&self, msg: &QueryMsg) -> T {
        let (answer, _) = self
            .chain
            .smart(&self.vault, &serde_json::to_value(msg).unwrap());
        serde_json::from_value(answer).unwrap()
    }

    /// The book.
    pub fn totals(&self) -> TotalsResponse {
        self.ask(&QueryMsg::Totals {})
    }

    /// Whether a job would run now.
    pub fn is_due(&self, job: Job) -> bool {
        let all: defenders_types::JobsResponse = self.ask(&QueryMsg::Jobs {});
        all.jobs.iter().any(|state| state.job == job && state.due)
    }
}
