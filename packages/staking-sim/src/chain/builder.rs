//! Making a [`Chain`].

use std::fmt::Debug;

use cosmwasm_std::testing::{MockApi, mock_env};
use cosmwasm_std::{Addr, BlockInfo, Coin, CustomMsg, CustomQuery, Empty, Uint128};
use cw_multi_test::{
    AppBuilder, Bank, BankKeeper, FailingModule, Gov, GovFailingModule, Ibc, IbcFailingModule,
    Module, Stargate, WasmKeeper,
};
use serde::de::DeserializeOwned;

use super::genesis::{self, Genesis};
use super::{Chain, GenesisValidator, SimChain};
use crate::distribution::SimDistribution;
use crate::env::ModuleAccounts;
use crate::error::Outcome;
use crate::params::{Params, QueryProfile};
use crate::staking::SimStaking;
use crate::wire::{SimStargate, StargateRefusing};

/// Collects what a chain begins with: its genesis, and the modules beside those of this crate.
pub struct ChainBuilder<
    CustomT = FailingModule<Empty, Empty, Empty>,
    StargateT = StargateRefusing,
    IbcT = IbcFailingModule,
    GovT = GovFailingModule,
    BankT = BankKeeper,
> where
    CustomT: Module,
{
    base: Base,
    wasm: WasmKeeper<CustomT::ExecT, CustomT::QueryT>,
    custom: CustomT,
    stargate: StargateT,
    ibc: IbcT,
    gov: GovT,
    bank: BankT,
}

/// What does not depend on the modules.
struct Base {
    genesis: Genesis,
    block: BlockInfo,
    api: MockApi,
}

impl Default for ChainBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl ChainBuilder {
    /// The SDK's parameters, no raw queries, no validators, cosmwasm-std's mock block; modules that
    /// refuse custom messages, IBC, governance and unknown protobuf messages; cw-multi-test's bank.
    pub fn new() -> Self {
        Self {
            base: Base {
                genesis: Genesis::default(),
                block: mock_env().block,
                api: MockApi::default(),
            },
            wasm: WasmKeeper::new(),
            custom: FailingModule::new(),
            stargate: StargateRefusing,
            ibc: IbcFailingModule::new(),
            gov: GovFailingModule::new(),
            bank: BankKeeper::new(),
        }
    }
}

/// Genesis.
impl<CustomT: Module, StargateT, IbcT, GovT, BankT>
    ChainBuilder<CustomT, StargateT, IbcT, GovT, BankT>
{
    /// With these parameters.
    pub fn params(mut self, params: Params) -> Self {
        self.base.genesis.params = params;
        self
    }

    /// With these raw query paths.
    pub fn profile(mut self, profile: QueryProfile) -> Self {
        self.base.genesis.profile = profile;
        self
    }

    /// With one more validator.
    pub fn validator(mut self, validator: GenesisValidator) -> Self {
        self.base.genesis.validators.push(validator);
        self
    }

    /// With more coins at an address.
    pub fn balance(mut self, address: &Addr, coins: impl Into<Vec<Coin>>) -> Self {
        let balance = (address.clone(), coins.into());
        self.base.genesis.balances.push(balance);
        self
    }

    /// With more of an account's tokens delegated to a validator of the genesis: minted, and part of
    /// its power from the first block on.
    pub fn delegation(
        mut self,
        delegator: &Addr,
        validator: &str,
        tokens: impl Into<Uint128>,
    ) -> Self {
        let delegation = (delegator.clone(), validator.to_string(), tokens.into());
        self.base.genesis.delegations.push(delegation);
        self
    }

    /// With this block open.
    pub fn block(mut self, block: BlockInfo) -> Self {
        self.base.block = block;
        self
    }

    /// With the addresses of this `MockApi`, for instance one with another prefix.
    pub fn api(mut self, api: MockApi) -> Self {
        self.base.api = api;
        self
    }
}

/// Modules.
impl<CustomT: Module, StargateT, IbcT, GovT, BankT>
    ChainBuilder<CustomT, StargateT, IbcT, GovT, BankT>
{
    /// With this custom module. Its `ExecT` and `QueryT` become the custom message and query of all
    /// contracts; a wasm keeper given before is lost.
    pub fn custom<NewT>(self, custom: NewT) -> ChainBuilder<NewT, StargateT, IbcT, GovT, BankT>
    where
        NewT: Module,
        NewT::ExecT: CustomMsg + DeserializeOwned + 'static,
        NewT::QueryT: CustomQuery + DeserializeOwned + 'static,
    {
        ChainBuilder {
            base: self.base,
            wasm: WasmKeeper::new(),
            custom,
            stargate: self.stargate,
            ibc: self.ibc,
            gov: self.gov,
            bank: self.bank,
        }
    }

    /// With this handler of all protobuf messages and queries that are not staking's or distribution's.
    pub fn stargate<NewT>(self, stargate: NewT) -> ChainBuilder<CustomT, NewT, IbcT, GovT, BankT> {
        ChainBuilder {
            base: self.base,
            wasm: self.wasm,
            custom: self.custom,
            stargate,
            ibc: self.ibc,
            gov: self.gov,
            bank: self.bank,
        }
    }

    /// With this IBC module.
    pub fn ibc<NewT>(self, ibc: NewT) -> ChainBuilder<CustomT, StargateT, NewT, GovT, BankT> {
        ChainBuilder {
            base: self.base,
            wasm: self.wasm,
            custom: self.custom,
            stargate: self.stargate,
            ibc,
            gov: self.gov,
            bank: self.bank,
        }
    }

    /// With this governance module.
    pub fn gov<NewT>(self, gov: NewT) -> ChainBuilder<CustomT, StargateT, IbcT, NewT, BankT> {
        ChainBuilder {
            base: self.base,
            wasm: self.wasm,
            custom: self.custom,
            stargate: self.stargate,
            ibc: self.ibc,
            gov,
            bank: self.bank,
        }
    }

    /// With this bank. Staking moves coins by it: `BankMsg::Send` from and to the module accounts,
    /// `BankSudo::Mint`, and `BankMsg::Burn` by the pools.
    pub fn bank<NewT>(self, bank: NewT) -> ChainBuilder<CustomT, StargateT, IbcT, GovT, NewT> {
        ChainBuilder {
            base: self.base,
            wasm: self.wasm,
            custom: self.custom,
            stargate: self.stargate,
            ibc: self.ibc,
            gov: self.gov,
            bank,
        }
    }

    /// With this wasm keeper, for instance one that makes contract addresses in another way.
    pub fn wasm(mut self, wasm: WasmKeeper<CustomT::ExecT, CustomT::QueryT>) -> Self {
        self.wasm = wasm;
        self
    }
}

impl<CustomT, StargateT, IbcT, GovT, BankT> ChainBuilder<CustomT, StargateT, IbcT, GovT, BankT>
where
    CustomT: Module,
    CustomT::ExecT: CustomMsg + DeserializeOwned + 'static,
    CustomT::QueryT: CustomQuery + Debug + DeserializeOwned + 'static,
    StargateT: Stargate,
    IbcT: Ibc,
    GovT: Gov,
    BankT: Bank,
{
    /// Builds the chain, its first block open. Fails when an operator address is empty or given twice,
    /// and when a delegation is to nobody or of nothing.
    pub fn try_build(self) -> Outcome<SimChain<CustomT, StargateT, IbcT, GovT, BankT>> {
        let Base {
            genesis,
            block,
            api,
        } = self.base;
        let accounts = ModuleAccounts::new(&api)?;
        let app = AppBuilder::new_custom()
            .with_api(api)
            .with_block(block)
            .with_custom(self.custom)
            .with_wasm(self.wasm)
            .with_bank(self.bank)
            .with_staking(SimStaking)
            .with_distribution(SimDistribution)
            .with_ibc(self.ibc)
            .with_gov(self.gov)
            .with_stargate(SimStargate::beside(self.stargate))
            .build(|_, _, _| {});
        let mut chain = Chain { app, accounts };
        chain.with_env(|env| genesis::initialize(env, &genesis))?;
        Ok(chain)
    }

    /// As [`try_build`](Self::try_build).
    ///
    /// # Panics
    /// On a genesis that `try_build` refuses.
    pub fn build(self) -> SimChain<CustomT, StargateT, IbcT, GovT, BankT> {
        match self.try_build() {
            Ok(chain) => chain,
            // a test that cannot set up its chain can only stop
            #[allow(clippy::panic)]
            Err(error) => panic!("invalid genesis: {error:?}"),
        }
    }
}
