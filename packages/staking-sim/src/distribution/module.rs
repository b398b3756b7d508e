//! The distribution module as cw-multi-test sees it.

use cosmwasm_std::{
    Addr, Api, Binary, BlockInfo, CustomMsg, CustomQuery, DistributionMsg, DistributionQuery,
    Empty, Querier, Storage,
};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, CosmosRouter, Distribution, Module};
use serde::de::DeserializeOwned;

use super::{fund_community_pool, query, set_withdraw_address, withdraw_reward};
use crate::env::{Env, RouterBank};
use crate::error::ChainError;
use crate::wire::responses;

/// x/distribution. Holds nothing itself: all state is in the storage.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimDistribution;

impl Module for SimDistribution {
    type ExecT = DistributionMsg;
    type QueryT = DistributionQuery;
    type SudoT = Empty;

    fn execute<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        sender: Addr,
        msg: DistributionMsg,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        let bank = RouterBank { api, router, block };
        let mut env = Env::new(api, storage, &bank, block)?;
        let data = match msg {
            DistributionMsg::SetWithdrawAddress { address } => {
                let address = api
                    .addr_validate(&address)
                    .map_err(|_| ChainError::InvalidAddress { address })?;
                set_withdraw_address(&mut env, &sender, &address)?;
                responses::empty()
            }
            DistributionMsg::WithdrawDelegatorReward { validator } => {
                responses::withdrawn(&withdraw_reward(&mut env, &sender, &validator)?)
            }
            DistributionMsg::FundCommunityPool { amount } => {
                fund_community_pool(&mut env, &sender, &amount)?;
                responses::empty()
            }
            _ => {
                return Err(ChainError::unregistered("unsupported distribution message").into());
            }
        };
        Ok(AppResponse {
            data: Some(Binary::new(data)),
            ..Default::default()
        })
    }

    fn query(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        _querier: &dyn Querier,
        block: &BlockInfo,
        request: DistributionQuery,
    ) -> AnyResult<Binary> {
        Ok(query::query(api, storage, block, request)?)
    }

    fn sudo<ExecC, QueryC>(
        &self,
        _api: &dyn Api,
        _storage: &mut dyn Storage,
        _router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        _block: &BlockInfo,
        _msg: Empty,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        Err(ChainError::unregistered("x/distribution has no privileged message").into())
    }
}

impl Distribution for SimDistribution {}
