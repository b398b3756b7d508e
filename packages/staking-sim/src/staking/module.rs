//! The staking module as cw-multi-test sees it.

use cosmwasm_std::{
    Addr, Api, Binary, BlockInfo, CustomMsg, CustomQuery, Querier, StakingMsg, StakingQuery,
    Storage,
};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, CosmosRouter, Module, Staking, StakingSudo};
use serde::de::DeserializeOwned;

use super::{delegate, load_validator, query, redelegate, slash, undelegate};
use crate::blocks;
use crate::dec18::Dec18;
use crate::env::{Env, RouterBank};
use crate::error::ChainError;
use crate::faults::{are_times_left_out, shown_amount};
use crate::store::load_params;
use crate::wire::responses;

/// x/staking with x/slashing. Holds nothing itself: all state is in the storage.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimStaking;

/// An answer without events, for wasmd gives a contract none.
pub(crate) fn answer(data: Vec<u8>) -> AppResponse {
    AppResponse {
        data: Some(Binary::new(data)),
        ..Default::default()
    }
}

impl Module for SimStaking {
    type ExecT = StakingMsg;
    type QueryT = StakingQuery;
    type SudoT = StakingSudo;

    fn execute<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        sender: Addr,
        msg: StakingMsg,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        let bank = RouterBank { api, router, block };
        let mut env = Env::new(api, storage, &bank, block)?;
        let data = match msg {
            StakingMsg::Delegate { validator, amount } => {
                delegate(&mut env, &sender, &validator, &amount)?;
                responses::delegated()
            }
            StakingMsg::Undelegate { validator, amount } => {
                let done = undelegate(&mut env, &sender, &validator, &amount)?;
                let amount = shown_amount(env.storage, &done.amount)?;
                responses::undelegated(done.completion_time, amount)
            }
            StakingMsg::Redelegate {
                src_validator,
                dst_validator,
                amount,
            } => {
                let completion =
                    redelegate(&mut env, &sender, &src_validator, &dst_validator, &amount)?;
                match are_times_left_out(env.storage)? {
                    true => responses::empty(),
                    false => responses::redelegated(completion),
                }
            }
            _ => return Err(ChainError::unregistered("unsupported staking message").into()),
        };
        Ok(answer(data))
    }

    fn query(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        _querier: &dyn Querier,
        block: &BlockInfo,
        request: StakingQuery,
    ) -> AnyResult<Binary> {
        Ok(query::query(api, storage, block, request)?)
    }

    /// `StakingSudo::Slash` takes the percentage of the present power, as for an infraction
    /// at the current height.
    fn sudo<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        msg: StakingSudo,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        let bank = RouterBank { api, router, block };
        let mut env = Env::new(api, storage, &bank, block)?;
        let StakingSudo::Slash {
            validator,
            percentage,
        } = msg;
        let reduction = load_params(env.storage).map(|params| params.power_reduction)?;
        let power = load_validator(env.storage, &validator)?.potential_power(reduction);
        slash(
            &mut env,
            &validator,
            block.height,
            power,
            Dec18::from(percentage),
        )?;
        Ok(AppResponse::default())
    }
}

impl Staking for SimStaking {
    /// Ends the block that was open and begins `block`. Never fails: cw-multi-test would
    /// panic. The first failure is kept instead, see `Chain::halted`.
    fn process_queue<ExecC: CustomMsg, QueryC: CustomQuery>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
    ) -> AnyResult<AppResponse> {
        blocks::turn_block(api, storage, router, block);
        Ok(AppResponse::default())
    }
}
