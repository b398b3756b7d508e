//! A chain to test on: a cw-multi-test application with these modules, and the levers of
//! block production that no message can pull.

mod application;
mod builder;
mod control;
mod faults;
mod genesis;
mod read;

pub use application::{Application, SimApp, SimChain};
pub use builder::ChainBuilder;
pub use genesis::GenesisValidator;
pub use read::Redelegation;

use crate::env::{Env, ModuleAccounts, RouterBank};
use crate::error::Outcome;

/// An application and its chain.
pub struct Chain<AppT = SimApp> {
    /// Store, instantiate, execute and query here, as with any cw-multi-test application.
    pub app: AppT,
    accounts: ModuleAccounts,
}

impl<AppT: Application> Chain<AppT> {
    /// Runs a state transition in the open block.
    fn with_env<T>(&mut self, f: impl FnOnce(&mut Env<'_>) -> Outcome<T>) -> Outcome<T> {
        let block = self.app.open_block();
        self.app.transition(|router, api, storage| {
            let bank = RouterBank {
                api,
                router,
                block: &block,
            };
            f(&mut Env::new(api, storage, &bank, &block)?)
        })
    }
}
