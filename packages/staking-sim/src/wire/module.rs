//! The handler of `CosmosMsg::Any`, `CosmosMsg::Stargate` and raw queries.

use cosmwasm_std::{
    Addr, AnyMsg, Api, Binary, BlockInfo, CustomMsg, CustomQuery, GrpcQuery, Querier, Storage,
};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, CosmosRouter, Stargate};
use serde::de::DeserializeOwned;

use super::raw_query::{self, Channel, ensure_path_accepted, query};
use super::refusing::StargateRefusing;
use super::{grpc, messages, proto_json};
use crate::env::{Env, RouterBank};

/// Staking and distribution messages in protobuf, and the raw query paths. Every other message and
/// path goes to another handler.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimStargate<OtherT = StargateRefusing> {
    other: OtherT,
}

impl<OtherT> SimStargate<OtherT> {
    /// With this handler of all that is not staking's or distribution's.
    pub const fn beside(other: OtherT) -> Self {
        Self { other }
    }
}

impl<OtherT: Stargate> Stargate for SimStargate<OtherT> {
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
        if !messages::is_known(&type_url) {
            return self
                .other
                .execute_stargate(api, storage, router, block, sender, type_url, value);
        }
        let msg = AnyMsg { type_url, value };
        self.execute_any(api, storage, router, block, sender, msg)
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
        if !messages::is_known(&msg.type_url) {
            return self
                .other
                .execute_any(api, storage, router, block, sender, msg);
        }
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
        block: &BlockInfo,
        path: String,
        data: Binary,
    ) -> AnyResult<Binary> {
        ensure_path_accepted(storage, &path)?;
        if !raw_query::is_known(&path) {
            return self
                .other
                .query_stargate(api, storage, querier, block, path, data);
        }
        let answer = query(api, storage, querier, Channel::Stargate, &path, &data)?;
        Ok(proto_json::encode(&answer).into())
    }

    fn query_grpc(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        block: &BlockInfo,
        request: GrpcQuery,
    ) -> AnyResult<Binary> {
        ensure_path_accepted(storage, &request.path)?;
        if !raw_query::is_known(&request.path) {
            return self.other.query_grpc(api, storage, querier, block, request);
        }
        let GrpcQuery { path, data } = request;
        let answer = query(api, storage, querier, Channel::Grpc, &path, &data)?;
        Ok(grpc::encode(&answer).into())
    }
}
