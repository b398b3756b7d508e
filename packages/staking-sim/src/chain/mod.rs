//! A chain to test on: a cw-multi-test application with these modules, and the levers of
//! block production that no message can pull.

mod builder;
mod control;
mod faults;
mod genesis;
mod read;

pub use builder::ChainBuilder;
pub use genesis::GenesisValidator;
pub use read::Redelegation;

use cosmwasm_std::Empty;
use cosmwasm_std::testing::{MockApi, MockStorage};
use cw_multi_test::{
    App, BankKeeper, CosmosRouter, FailingModule, GovFailingModule, IbcFailingModule, WasmKeeper,
};

use crate::distribution::SimDistribution;
use crate::env::{Env, ModuleAccounts, RouterBank};
use crate::error::Outcome;
use crate::staking::SimStaking;
use crate::wire::SimStargate;

/// The application type: cw-multi-test's own modules but for staking, distribution and the
/// protobuf handler.
pub type SimApp = App<
    BankKeeper,
    MockApi,
    MockStorage,
    FailingModule<Empty, Empty, Empty>,
    WasmKeeper<Empty, Empty>,
    SimStaking,
    SimDistribution,
    IbcFailingModule,
    GovFailingModule,
    SimStargate,
>;

/// An application and its chain.
pub struct Chain {
    /// Store, instantiate, execute and query here, as with any cw-multi-test application.
    pub app: SimApp,
    accounts: ModuleAccounts,
}

impl Chain {
    /// Runs a state transition in the open block.
    fn with_env<T>(&mut self, f: impl FnOnce(&mut Env<'_>) -> Outcome<T>) -> Outcome<T> {
        let block = self.app.block_info();
        self.app.init_modules(|router, api, storage| {
            let router: &dyn CosmosRouter<ExecC = Empty, QueryC = Empty> = router;
            let bank = RouterBank {
                api,
                router,
                block: &block,
            };
            f(&mut Env::new(api, storage, &bank, &block)?)
        })
    }
}
