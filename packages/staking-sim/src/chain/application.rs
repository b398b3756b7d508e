//! The application below a [`Chain`]: which ones there are, and what a chain needs of them.

use cosmwasm_std::testing::{MockApi, MockStorage};
use cosmwasm_std::{Addr, Api, BlockInfo, Coin, CosmosMsg, CustomMsg, CustomQuery, Empty, Storage};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{
    App, AppResponse, Bank, BankKeeper, CosmosRouter, Executor, FailingModule, Gov,
    GovFailingModule, Ibc, IbcFailingModule, Module, Stargate, WasmKeeper,
};
use serde::de::DeserializeOwned;

use super::Chain;
use crate::distribution::SimDistribution;
use crate::error::Outcome;
use crate::staking::SimStaking;
use crate::wire::{SimStargate, StargateRefusing};

/// A cw-multi-test application with the modules of this crate. All other modules may be one's own: the
/// custom one, which brings the types of custom messages and queries, the handler of protobuf messages
/// and queries that this crate does not know, IBC, governance and the bank.
pub type SimApp<
    CustomT = FailingModule<Empty, Empty, Empty>,
    StargateT = StargateRefusing,
    IbcT = IbcFailingModule,
    GovT = GovFailingModule,
    BankT = BankKeeper,
> = App<
    BankT,
    MockApi,
    MockStorage,
    CustomT,
    WasmKeeper<<CustomT as Module>::ExecT, <CustomT as Module>::QueryT>,
    SimStaking,
    SimDistribution,
    IbcT,
    GovT,
    SimStargate<StargateT>,
>;

/// A chain with modules of one's own, in the order of [`SimApp`]: `SimChain<MyModule, MyHandler>`.
pub type SimChain<
    CustomT = FailingModule<Empty, Empty, Empty>,
    StargateT = StargateRefusing,
    IbcT = IbcFailingModule,
    GovT = GovFailingModule,
    BankT = BankKeeper,
> = Chain<SimApp<CustomT, StargateT, IbcT, GovT, BankT>>;

/// What a [`Chain`] needs of its application. Every [`SimApp`] has it, whatever its other
/// modules; there is nothing to implement.
pub trait Application: sealed::Sealed {
    /// The custom messages of contracts.
    type ExecC: CustomMsg + DeserializeOwned + 'static;
    /// The custom queries of contracts.
    type QueryC: CustomQuery + DeserializeOwned + 'static;

    /// All state.
    fn state(&self) -> &dyn Storage;

    /// All state, to be changed.
    fn state_mut(&mut self) -> &mut dyn Storage;

    /// The block that is open.
    fn open_block(&self) -> BlockInfo;

    /// Opens the next block.
    fn turn_to(&mut self, block: BlockInfo);

    /// Runs a transaction of one message.
    fn run(&mut self, sender: Addr, msg: CosmosMsg<Self::ExecC>) -> AnyResult<AppResponse>;

    /// Runs a state transition that sends messages of its own.
    fn transition<T>(
        &mut self,
        f: impl FnOnce(
            &dyn CosmosRouter<ExecC = Self::ExecC, QueryC = Self::QueryC>,
            &dyn Api,
            &mut dyn Storage,
        ) -> Outcome<T>,
    ) -> Outcome<T>;

    /// What an account has of a denom.
    fn balance_of(&self, address: &Addr, denom: &str) -> Coin;

    /// What there is of a denom.
    fn supply_of(&self, denom: &str) -> Coin;
}

mod sealed {
    pub trait Sealed {}
}

impl<CustomT, StargateT, IbcT, GovT, BankT> sealed::Sealed
    for SimApp<CustomT, StargateT, IbcT, GovT, BankT>
where
    CustomT: Module,
{
}

impl<CustomT, StargateT, IbcT, GovT, BankT> Application
    for SimApp<CustomT, StargateT, IbcT, GovT, BankT>
where
    CustomT: Module,
    CustomT::ExecT: CustomMsg + DeserializeOwned + 'static,
    CustomT::QueryT: CustomQuery + DeserializeOwned + 'static,
    StargateT: Stargate,
    IbcT: Ibc,
    GovT: Gov,
    BankT: Bank,
{
    type ExecC = CustomT::ExecT;
    type QueryC = CustomT::QueryT;

    fn state(&self) -> &dyn Storage {
        self.storage()
    }

    fn state_mut(&mut self) -> &mut dyn Storage {
        self.storage_mut()
    }

    fn open_block(&self) -> BlockInfo {
        self.block_info()
    }

    fn turn_to(&mut self, block: BlockInfo) {
        self.set_block(block);
    }

    fn run(&mut self, sender: Addr, msg: CosmosMsg<Self::ExecC>) -> AnyResult<AppResponse> {
        self.execute(sender, msg)
    }

    fn transition<T>(
        &mut self,
        f: impl FnOnce(
            &dyn CosmosRouter<ExecC = Self::ExecC, QueryC = Self::QueryC>,
            &dyn Api,
            &mut dyn Storage,
        ) -> Outcome<T>,
    ) -> Outcome<T> {
        self.init_modules(|router, api, storage| f(router, api, storage))
    }

    fn balance_of(&self, address: &Addr, denom: &str) -> Coin {
        let balance = self.wrap().query_balance(address, denom);
        balance.unwrap_or_else(|_| Coin::new(0u128, denom))
    }

    fn supply_of(&self, denom: &str) -> Coin {
        let supply = self.wrap().query_supply(denom);
        supply.unwrap_or_else(|_| Coin::new(0u128, denom))
    }
}
