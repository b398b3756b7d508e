//! Making a [`Chain`].

use cosmwasm_std::testing::{MockApi, mock_env};
use cosmwasm_std::{Addr, BlockInfo, Coin};
use cw_multi_test::AppBuilder;

use super::{Chain, GenesisValidator, genesis};
use crate::distribution::SimDistribution;
use crate::env::ModuleAccounts;
use crate::error::Outcome;
use crate::params::{Params, QueryProfile};
use crate::staking::SimStaking;
use crate::store::{OPEN_BLOCK, OpenBlock, PARAMS, PROFILE};
use crate::wire::SimStargate;

/// Collects what a chain begins with.
pub struct ChainBuilder {
    params: Params,
    profile: QueryProfile,
    validators: Vec<GenesisValidator>,
    balances: Vec<(Addr, Vec<Coin>)>,
    block: BlockInfo,
    api: MockApi,
}

impl Default for ChainBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl ChainBuilder {
    /// The SDK's parameters, no raw queries, no validators, cosmwasm-std's mock block.
    pub fn new() -> Self {
        Self {
            params: Params::default(),
            profile: QueryProfile::default(),
            validators: Vec::new(),
            balances: Vec::new(),
            block: mock_env().block,
            api: MockApi::default(),
        }
    }

    /// With these parameters.
    pub fn params(mut self, params: Params) -> Self {
        self.params = params;
        self
    }

    /// With these raw query paths.
    pub fn profile(mut self, profile: QueryProfile) -> Self {
        self.profile = profile;
        self
    }

    /// With one more validator.
    pub fn validator(mut self, validator: GenesisValidator) -> Self {
        self.validators.push(validator);
        self
    }

    /// With more coins at an address.
    pub fn balance(mut self, address: &Addr, coins: impl Into<Vec<Coin>>) -> Self {
        self.balances.push((address.clone(), coins.into()));
        self
    }

    /// With this block open.
    pub fn block(mut self, block: BlockInfo) -> Self {
        self.block = block;
        self
    }

    /// With the addresses of this `MockApi`, for instance one with another prefix.
    pub fn api(mut self, api: MockApi) -> Self {
        self.api = api;
        self
    }

    /// Builds the chain, its first block open. Fails when operator addresses are empty or
    /// given twice.
    pub fn try_build(self) -> Outcome<Chain> {
        let Self {
            params,
            profile,
            validators,
            balances,
            block,
            api,
        } = self;
        let accounts = ModuleAccounts::new(&api)?;
        let open = OpenBlock {
            height: block.height,
            time: block.time,
            is_ended: false,
        };
        let app = AppBuilder::new()
            .with_api(api)
            .with_block(block)
            .with_staking(SimStaking)
            .with_distribution(SimDistribution)
            .with_stargate(SimStargate)
            .build(|_, _, _| {});
        let mut chain = Chain { app, accounts };
        chain.with_env(|env| {
            PARAMS.save(env.storage, &params)?;
            PROFILE.save(env.storage, &profile)?;
            OPEN_BLOCK.save(env.storage, &open)?;
            genesis::initialize(env, &validators)?;
            balances
                .iter()
                .try_for_each(|(address, coins)| env.bank.mint(env.storage, address, coins.clone()))
        })?;
        Ok(chain)
    }

    /// As [`try_build`](Self::try_build).
    ///
    /// # Panics
    /// On a genesis that `try_build` refuses.
    pub fn build(self) -> Chain {
        match self.try_build() {
            Ok(chain) => chain,
            // a test that cannot set up its chain can only stop
            #[allow(clippy::panic)]
            Err(error) => panic!("invalid genesis: {error:?}"),
        }
    }
}
