//! Modules of a chain that is not this crate's, and a contract that uses them.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    Addr, AnyMsg, Api, BankMsg, BankQuery, Binary, BlockInfo, CosmosMsg, CustomMsg, CustomQuery,
    Deps, DepsMut, Empty, Env, GrpcQuery, MessageInfo, Querier, QueryRequest, Response, StdResult,
    Storage, to_json_binary,
};
use cw_multi_test::error::{AnyResult, bail};
use cw_multi_test::{
    AppResponse, Bank, BankKeeper, BankSudo, Contract, ContractWrapper, CosmosRouter, Module,
    Stargate,
};
use cw_storage_plus::Item;
use serde::de::DeserializeOwned;

pub const MSG_TALLY: &str = "/app.v1.MsgTally";
pub const QUERY_TALLY: &str = "/app.v1.Query/Tally";
const RINGS: Item<u32> = Item::new("bell/rings");
const WORDS: Item<usize> = Item::new("tally/words");

/// The custom message.
#[cw_serde]
pub struct Ring {
    pub times: u32,
}

impl CustomMsg for Ring {}

/// The custom query, and the contract's.
#[cw_serde]
pub struct BellQuery {}

impl CustomQuery for BellQuery {}

/// Instantiates the contract.
#[cw_serde]
pub struct Ask {}

/// What the contract has learnt of the modules.
#[cw_serde]
pub struct Tally {
    pub rings: u32,
    pub words: usize,
}

/// Counts rings.
pub struct Bell;

impl Module for Bell {
    type ExecT = Ring;
    type QueryT = BellQuery;
    type SudoT = Empty;

    fn execute<ExecC, QueryC>(
        &self,
        _: &dyn Api,
        storage: &mut dyn Storage,
        _: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        _: &BlockInfo,
        _: Addr,
        msg: Ring,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        let rings = RINGS.may_load(storage)?.unwrap_or_default();
        RINGS.save(storage, &(rings + msg.times))?;
        Ok(AppResponse::default())
    }

    fn query(
        &self,
        _: &dyn Api,
        storage: &dyn Storage,
        _: &dyn Querier,
        _: &BlockInfo,
        _: BellQuery,
    ) -> AnyResult<Binary> {
        Ok(to_json_binary(
            &RINGS.may_load(storage)?.unwrap_or_default(),
        )?)
    }

    fn sudo<ExecC, QueryC>(
        &self,
        _: &dyn Api,
        _: &mut dyn Storage,
        _: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        _: &BlockInfo,
        _: Empty,
    ) -> AnyResult<AppResponse> {
        bail!("a bell has no privileges")
    }
}

/// Counts the words of `MsgTally`, and tells their number.
pub struct TallyHandler;

impl Stargate for TallyHandler {
    fn execute_any<ExecC, QueryC>(
        &self,
        _: &dyn Api,
        storage: &mut dyn Storage,
        _: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        _: &BlockInfo,
        _: Addr,
        msg: AnyMsg,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        if msg.type_url != MSG_TALLY {
            bail!("{} is no message of this chain", msg.type_url);
        }
        let more = String::from_utf8(msg.value.to_vec())?
            .split_whitespace()
            .count();
        let words = WORDS.may_load(storage)?.unwrap_or_default();
        WORDS.save(storage, &(words + more))?;
        Ok(AppResponse::default())
    }

    fn query_grpc(
        &self,
        _: &dyn Api,
        storage: &dyn Storage,
        _: &dyn Querier,
        _: &BlockInfo,
        request: GrpcQuery,
    ) -> AnyResult<Binary> {
        if request.path != QUERY_TALLY {
            bail!("{} is no query of this chain", request.path);
        }
        let words = WORDS.may_load(storage)?.unwrap_or_default();
        Ok(words.to_string().into_bytes().into())
    }
}

/// cw-multi-test's bank, but for an account that nobody may send to.
#[derive(Default)]
pub struct Screened {
    pub inner: BankKeeper,
    pub blocked: Option<Addr>,
}

impl Bank for Screened {}

impl Module for Screened {
    type ExecT = BankMsg;
    type QueryT = BankQuery;
    type SudoT = BankSudo;

    fn execute<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        sender: Addr,
        msg: BankMsg,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        match &msg {
            BankMsg::Send { to_address, .. }
                if self.blocked.as_ref().map(Addr::as_str) == Some(to_address) =>
            {
                bail!("{to_address} is blocked")
            }
            _ => self.inner.execute(api, storage, router, block, sender, msg),
        }
    }

    fn query(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        block: &BlockInfo,
        request: BankQuery,
    ) -> AnyResult<Binary> {
        self.inner.query(api, storage, querier, block, request)
    }

    fn sudo<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        msg: BankSudo,
    ) -> AnyResult<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        self.inner.sudo(api, storage, router, block, msg)
    }
}

#[allow(clippy::unnecessary_wraps, reason = "the shape of an entry point")]
fn instantiate(
    _: DepsMut<'_, BellQuery>,
    _: Env,
    _: MessageInfo,
    _: Ask,
) -> StdResult<Response<Ring>> {
    Ok(Response::new())
}

/// Sends what it is given.
#[allow(clippy::unnecessary_wraps, reason = "the shape of an entry point")]
fn execute(
    _: DepsMut<'_, BellQuery>,
    _: Env,
    _: MessageInfo,
    msgs: Vec<CosmosMsg<Ring>>,
) -> StdResult<Response<Ring>> {
    Ok(Response::new().add_messages(msgs))
}

fn query(deps: Deps<'_, BellQuery>, _: Env, _: BellQuery) -> StdResult<Binary> {
    let rings = deps.querier.query(&QueryRequest::Custom(BellQuery {}))?;
    let words = deps
        .querier
        .query_grpc(QUERY_TALLY.into(), Binary::default())?;
    let words = String::from_utf8(words.to_vec())?
        .parse()
        .unwrap_or_default();
    to_json_binary(&Tally { rings, words })
}

/// The contract.
pub fn contract() -> Box<dyn Contract<Ring, BellQuery>> {
    Box::new(ContractWrapper::new(execute, instantiate, query))
}
