//! The module.

use anybuf::{Anybuf, Bufany};
use cosmwasm_std::{
    Addr, AnyMsg, Api, Binary, BlockInfo, Coin, CustomMsg, CustomQuery, GrpcQuery, MsgResponse,
    Querier, Storage,
};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, CosmosRouter, Stargate, StargateFailing};
use serde::de::DeserializeOwned;

use crate::error::FactoryError;
use crate::messages::Act;
use crate::params::Params;
use crate::request::{Kind, Request};
use crate::store::ADMINS;

/// How most chains call the messages.
pub const DEFAULT_PREFIX: &str = "/osmosis.tokenfactory.v1beta1";

/// x/tokenfactory, beside a handler of all other messages and queries.
#[derive(Clone, Debug)]
pub struct SimTokenFactory<OtherT = StargateFailing> {
    params: Params,
    other: OtherT,
}

impl Default for SimTokenFactory {
    fn default() -> Self {
        Self::new()
    }
}

impl SimTokenFactory {
    /// Without a fee, with metadata, alone.
    pub fn new() -> Self {
        Self::beside(StargateFailing)
    }
}

impl<OtherT> SimTokenFactory<OtherT> {
    /// With this handler of all that is not the token factory's.
    pub fn beside(other: OtherT) -> Self {
        let params = Params {
            creation_fee: vec![],
            takes_metadata: true,
            prefix: DEFAULT_PREFIX.to_owned(),
        };
        Self { params, other }
    }

    /// What creating a denom costs.
    pub fn creation_fee(mut self, fee: impl Into<Vec<Coin>>) -> Self {
        let mut fee = fee.into();
        fee.retain(|coin| !coin.amount.is_zero());
        // the first denom of which somebody has too little is the one that the refusal names
        fee.sort_by(|one, other| one.denom.cmp(&other.denom));
        self.params.creation_fee = fee;
        self
    }

    /// Admins may not set metadata.
    pub fn refusing_metadata(mut self) -> Self {
        self.params.takes_metadata = false;
        self
    }

    /// How the messages are called.
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.params.prefix = prefix.to_owned();
        self
    }

    fn kind_of(&self, type_url: &str) -> Option<Kind> {
        let name = type_url.strip_prefix(&self.params.prefix)?;
        Kind::parse(name.strip_prefix('.')?)
    }
}

impl<OtherT: Stargate> Stargate for SimTokenFactory<OtherT> {
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
        if self.kind_of(&type_url).is_none() {
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
        let Some(kind) = self.kind_of(&msg.type_url) else {
            return self
                .other
                .execute_any(api, storage, router, block, sender, msg);
        };
        let mut act = Act {
            api,
            storage,
            router,
            block,
            params: &self.params,
            sender,
        };
        let request = Request::decode(kind, &msg.value)
            .ok_or_else(|| FactoryError::malformed(&msg.type_url))?;
        let answer = Binary::from(act.run(request)?);
        Ok(AppResponse {
            events: vec![],
            data: Some(answer.clone()),
            msg_responses: vec![MsgResponse {
                type_url: format!("{}Response", msg.type_url),
                value: answer,
            }],
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
        self.other
            .query_stargate(api, storage, querier, block, path, data)
    }

    /// `Query/DenomAuthorityMetadata {denom = 1}` -> `{authority_metadata = 1 {admin = 1}}`.
    fn query_grpc(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        block: &BlockInfo,
        request: GrpcQuery,
    ) -> AnyResult<Binary> {
        let path = format!("{}.Query/DenomAuthorityMetadata", self.params.prefix);
        if request.path != path {
            return self.other.query_grpc(api, storage, querier, block, request);
        }
        let question = Bufany::deserialize(&request.data)?;
        let denom = question.string(1).unwrap_or_default();
        let admin = ADMINS.may_load(storage, &denom)?.unwrap_or_default();
        let metadata = Anybuf::new().append_string(1, admin);
        Ok(Anybuf::new().append_message(1, &metadata).into_vec().into())
    }
}
