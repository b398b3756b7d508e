//! The handler of `CosmosMsg::Any`, `CosmosMsg::Stargate` and raw queries.

use cosmwasm_std::{
    Addr, AnyMsg, Api, Binary, BlockInfo, CustomMsg, CustomQuery, GrpcQuery, Querier, Storage,
};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, CosmosRouter, Stargate};
use serde::de::DeserializeOwned;

use super::raw_query::{Channel, query};
use super::{grpc, messages, proto_json};
use crate::env::{Env, RouterBank};

/// Staking and distribution messages in protobuf, and the raw query paths.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimStargate;

impl Stargate for SimStargate {
    fn execute_stargate<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        sender: Addr,
        type_url: String,
        value: Binary,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        self.execute_any(
            api,
            storage,
            router,
            block,
            sender,
            AnyMsg { type_url, value },
        )
    }

    fn execute_any<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        sender: Addr,
        msg: AnyMsg,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        let bank = RouterBank { api, router, block };
        let mut env = Env::new(api, storage, &bank, block)?;
        let response = messages::execute(&mut env, api, &sender, &msg.type_url, &msg.value)?;
        Ok(AppResponse {
            events: vec![],
            data: Some(response.value.clone()),
            msg_responses: vec![response],
        })
    }

    fn query_stargate(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        _block: &BlockInfo,
        path: String,
        data: Binary,
    ) -> AnyResult<Binary> {
        let answer = query(api, storage, querier, Channel::Stargate, &path, &data)?;
        Ok(proto_json::encode(&answer).into())
    }

    fn query_grpc(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        _block: &BlockInfo,
        request: GrpcQuery,
    ) -> AnyResult<Binary> {
        let GrpcQuery { path, data } = request;
        let answer = query(api, storage, querier, Channel::Grpc, &path, &data)?;
        Ok(grpc::encode(&answer).into())
    }
}
