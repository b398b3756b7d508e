//! The simulated chain: cw-multi-test with strict staking. The only file that knows the
//! contracts' crates, to register their code.

mod bank;
mod faults;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Addr, BankMsg, Binary, Coin, CosmosMsg, Decimal, Empty, WasmMsg};
use cw_multi_test::{Contract, ContractWrapper, FailingModule, GovFailingModule, IbcFailingModule};
use defenders_governor::{cw3_flex_multisig, cw4_group};
use staking_sim::{
    ChainBuilder, GenesisValidator, Params, QueryProfile, SimChain, StargateRefusing,
};
use token_factory_sim::{SimTokenFactory, load_admin, load_metadata};

use bank::{BankFaults, StrictBank};

use crate::chain::{
    ChainSpec, Code, DenomInfo, Faults, Outcome, RawQueries, Refusal, Refused, TestChain, Tx,
};

/// From this many seconds on, blocks of a second may go before a jump in which validators enter
/// or leave the set, as a real chain needs.
const JUMP: u64 = 60;

/// Of operator addresses that are some, beside that of accounts.
const VALIDATOR_PREFIX: &str = "cosmwasmvaloper";

/// The contracts' own code, as cw-multi-test takes it.
pub fn contract(code: Code) -> Box<dyn Contract<Empty>> {
    match code {
        Code::Vault => {
            use defenders_vault::contract::{execute, instantiate, migrate, query, reply};
            let wrapper = ContractWrapper::new(execute, instantiate, query);
            Box::new(wrapper.with_reply(reply).with_migrate(migrate))
        }
        Code::RewardPot => {
            use defenders_reward_pot::contract::{execute, instantiate, migrate, query};
            let wrapper = ContractWrapper::new(execute, instantiate, query);
            Box::new(wrapper.with_migrate(migrate))
        }
        Code::NextVault => {
            use defenders_next_vault::{execute, instantiate, migrate, query, reply};
            let wrapper = ContractWrapper::new(execute, instantiate, query);
            Box::new(wrapper.with_reply(reply).with_migrate(migrate))
        }
        Code::EarlierVault | Code::EarlierRewardPot => {
            panic!("{code:?} is wasm alone, which runs on the real chain")
        }
        Code::Factory => {
            use defenders_factory::{execute, instantiate, query, reply};
            Box::new(ContractWrapper::new(execute, instantiate, query).with_reply(reply))
        }
        Code::ShareSink => {
            use defenders_share_sink::{execute, instantiate, migrate, query};
            let wrapper = ContractWrapper::new(execute, instantiate, query);
            Box::new(wrapper.with_migrate(migrate))
        }
        Code::Group => {
            use cw4_group::contract::{execute, instantiate, query};
            Box::new(ContractWrapper::new(execute, instantiate, query))
        }
        Code::Multisig => {
            use cw3_flex_multisig::contract::{execute, instantiate, query};
            Box::new(ContractWrapper::new(execute, instantiate, query))
        }
    }
}

/// With a token factory, and a bank that refuses to send to whom it may not.
type StrictChain = SimChain<
    FailingModule<Empty, Empty, Empty>,
    SimTokenFactory<StargateRefusing>,
    IbcFailingModule,
    GovFailingModule,
    StrictBank,
>;

/// cw-multi-test with the modules of `staking-sim`.
pub struct Sim {
    chain: StrictChain,
    /// Names of accounts by operator address.
    operators: BTreeMap<String, String>,
    absent: BTreeSet<String>,
    rewards: Vec<Coin>,
    unjailing: Vec<String>,
    refusals: BTreeSet<(String, Refused)>,
    /// Validators whose touch panics.
    panicking: Vec<String>,
    bank_faults: BankFaults,
    /// Validators that raw queries do not answer about.
    unreadable: Vec<String>,
    /// Whose delegations contracts are not shown.
    hidden: Vec<Addr>,
}

/// Operator addresses and the names of their accounts, in ascending address.
fn operators(spec: &ChainSpec) -> Vec<(String, String)> {
    let names = (0..spec.validators.len()).map(|position| format!("cosmosvaloper{position:03}"));
    let address = |name: &String| match spec.operators_sign {
        true => MockApi::default()
            .with_prefix(VALIDATOR_PREFIX)
            .addr_make(name)
            .into_string(),
        false => name.clone(),
    };
    let mut operators: Vec<_> = names.map(|name| (address(&name), name)).collect();
    operators.sort();
    operators
}

impl Sim {
    fn run(&mut self, tx: Tx) -> Result<Outcome, Refusal> {
        let (sender, msg): (String, CosmosMsg) = match tx {
            Tx::Instantiate {
                code_id,
                sender,
                admin,
                salt,
                msg,
                funds,
            } => {
                let (msg, label) = (Binary::from(msg.into_bytes()), "defenders".into());
                let msg = match salt {
                    None => WasmMsg::Instantiate {
                        admin,
                        code_id,
                        msg,
                        funds,
                        label,
                    },
                    Some(salt) => WasmMsg::Instantiate2 {
                        admin,
                        code_id,
                        msg,
                        funds,
                        label,
                        salt: Binary::from(salt.into_bytes()),
                    },
                };
                (sender, msg.into())
            }
            Tx::UpdateAdmin {
                sender,
                contract,
                admin,
            } => {
                let msg = WasmMsg::UpdateAdmin {
                    contract_addr: contract,
                    admin,
                };
                (sender, msg.into())
            }
            Tx::Migrate {
                sender,
                contract,
                code_id,
                msg,
            } => {
                let msg = WasmMsg::Migrate {
                    contract_addr: contract,
                    new_code_id: code_id,
                    msg: Binary::from(msg.into_bytes()),
                };
                (sender, msg.into())
            }
            Tx::Execute {
                sender,
                contract,
                msg,
                funds,
            } => {
                let msg = WasmMsg::Execute {
                    contract_addr: contract,
                    msg: Binary::from(msg.into_bytes()),
                    funds,
                };
                (sender, msg.into())
            }
            Tx::Send {
                sender,
                recipient,
                coins,
            } => {
                let msg = BankMsg::Send {
                    to_address: recipient,
                    amount: coins,
                };
                (sender, msg.into())
            }
            Tx::Stake { sender, msg } => (sender, msg.into()),
            Tx::Gov { .. } => panic!("the simulated chain has no governance of its own"),
        };
        let done = self.chain.run_tx(&Addr::unchecked(sender), msg);
        done.map(|response| Outcome {
            events: response.events,
            gas_used: 0,
        })
        .map_err(|error| Refusal {
            text: format!("{error:#}"),
        })
    }
}

impl TestChain for Sim {
    fn init(spec: &ChainSpec) -> Self {
        let params = Params {
            unbonding_time: spec.unbonding_time,
            max_validators: spec.max_validators,
            signed_blocks_window: spec.signed_blocks_window,
            bond_denom: spec.denom.clone(),
            ..Params::default()
        };
        let profile = match spec.raw_queries {
            RawQueries::Grpc => QueryProfile::Hub,
            RawQueries::Stargate => QueryProfile::Osmosis,
            RawQueries::None => QueryProfile::None,
        };
        let fee = spec.denom_creation_fee.clone();
        let mut factory = SimTokenFactory::beside(StargateRefusing).creation_fee(fee);
        if !spec.takes_denom_metadata {
            factory = factory.refusing_metadata();
        }
        let builder = ChainBuilder::new().params(params).profile(profile);
        let bank_faults = BankFaults::default();
        let bank = StrictBank::new(bank_faults.clone());
        let builder = builder.stargate(factory).bank(bank);
        let operators = operators(spec);
        let validators = spec.validators.iter().enumerate();
        let builder = validators.fold(builder, |builder, (position, validator)| {
            let (operator, name) = &operators[position];
            let account = MockApi::default().addr_make(name);
            let genesis = GenesisValidator::new(operator, account, validator.tokens);
            builder.validator(genesis.commission_rate(validator.commission_rate))
        });
        Self {
            chain: builder.build(),
            operators: operators.into_iter().collect(),
            absent: BTreeSet::new(),
            rewards: vec![],
            unjailing: vec![],
            refusals: BTreeSet::new(),
            panicking: vec![],
            bank_faults,
            unreadable: vec![],
            hidden: vec![],
        }
    }

    fn store(&mut self, code: Code) -> u64 {
        self.chain.app.store_code(contract(code))
    }

    fn account(&self, name: &str) -> String {
        self.chain.app.api().addr_make(name).into_string()
    }

    fn operator_account(&self, validator: &str) -> String {
        self.account(&self.operators[validator])
    }

    fn fund(&mut self, address: &str, coins: Vec<Coin>) {
        self.chain.mint(&Addr::unchecked(address), coins);
    }

    fn block(&mut self, seconds: u64, txs: Vec<Tx>) -> Vec<Result<Outcome, Refusal>> {
        if seconds < JUMP {
            self.chain.next_block(seconds);
        } else {
            self.chain.advance(seconds);
        }
        let rewards = std::mem::take(&mut self.rewards);
        if !rewards.is_empty() {
            self.chain.allocate_rewards(&rewards);
        }
        for validator in std::mem::take(&mut self.unjailing) {
            let _ = self.chain.unjail(&validator); // as on a chain, the operator may be refused
        }
        let results = txs.into_iter().map(|tx| self.run(tx)).collect();
        assert_eq!(self.chain.halted(), None, "the simulated chain halted");
        results
    }

    fn vote(&mut self, validator: &str, present: bool) {
        if present {
            self.absent.remove(validator);
        } else {
            self.absent.insert(validator.into());
        }
        let absent: Vec<String> = self.absent.iter().cloned().collect();
        self.chain.set_absent(&absent);
    }

    fn double_sign(&mut self, validator: &str, infraction_height: u64) {
        self.chain.double_sign(validator, infraction_height);
    }

    fn unjail(&mut self, validator: &str) {
        self.unjailing.push(validator.into());
    }

    fn set_commission(&mut self, validator: &str, rate: Decimal) {
        self.chain.set_commission_rate(validator, rate).unwrap();
    }

    fn reward(&mut self, coins: Vec<Coin>) {
        self.rewards.extend(coins);
    }

    fn bonded_pool(&self) -> String {
        self.chain.bonded_pool_address().into_string()
    }

    fn denom_info(&self, denom: &str) -> DenomInfo {
        let storage = self.chain.app.storage();
        let metadata = load_metadata(storage, denom).unwrap().unwrap();
        let units = metadata.units.into_iter();
        DenomInfo {
            admin: load_admin(storage, denom).unwrap().unwrap(),
            units: units.map(|unit| (unit.denom, unit.exponent)).collect(),
            texts: [
                metadata.display,
                metadata.name,
                metadata.symbol,
                metadata.description,
            ],
        }
    }

    fn state(&self, contract: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.chain.app.dump_wasm_raw(&Addr::unchecked(contract))
    }

    fn limit_gas(&mut self, gas: u64) {
        panic!("the simulated chain meters no gas, and cannot stop at {gas}");
    }

    fn faults(&mut self) -> &mut dyn Faults {
        self
    }
}
