//! The vault's next release, as its tests imagine it: the vault's own code with a higher version, which takes
//! over as it should or makes a mistake that it is asked for.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    entry_point, Binary, Decimal, Deps, DepsMut, Env, MessageInfo, Reply, Response, StdError,
    Uint128,
};
use defenders_types::{ExecuteMsg, InstantiateMsg, QueryMsg};
use defenders_vault::contract;
use defenders_vault::error::ContractError;
use defenders_vault::state::{BOOK, CONFIG, CONTRACT_NAME};

/// Its version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How it takes over.
#[cw_serde]
#[derive(Default)]
pub struct MigrateMsg {
    /// Absent: as it should.
    pub mistake: Option<Mistake>,
}

/// What a release can do wrong.
#[cw_serde]
pub enum Mistake {
    /// The book has a unit more.
    Totals,
    /// It takes itself for another contract.
    Name,
    /// It takes itself for an older one.
    Version,
    /// It cannot take over at all.
    Fails,
    /// It takes a setting for good that is out of bounds.
    Bounds,
}

/// As the vault.
#[entry_point]
pub fn instantiate(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    contract::instantiate(deps, env, info, msg)
}

/// As the vault.
#[entry_point]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    contract::execute(deps, env, info, msg)
}

/// As the vault.
#[entry_point]
pub fn reply(deps: DepsMut, env: Env, reply: Reply) -> Result<Response, ContractError> {
    contract::reply(deps, env, reply)
}

/// As the vault.
#[entry_point]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    contract::query(deps, env, msg)
}

/// Takes over.
#[entry_point]
pub fn migrate(deps: DepsMut, _: Env, msg: MigrateMsg) -> Result<Response, ContractError> {
    let storage = deps.storage;
    let (mut name, mut version) = (CONTRACT_NAME, VERSION);
    match msg.mistake {
        None => {}
        Some(Mistake::Totals) => {
            let mut book = BOOK.load(storage)?;
            book.money.idle = book.money.idle.checked_add(Uint128::one())?;
            BOOK.save(storage, &book);
        }
        Some(Mistake::Bounds) => {
            let mut config = CONFIG.load(storage)?;
            config.policy.vault_share_cap = Decimal::percent(50);
            CONFIG.save(storage, &config);
        }
        Some(Mistake::Name) => name = "crates.io:another-vault",
        Some(Mistake::Version) => version = "0.0.1",
        Some(Mistake::Fails) => {
            return Err(StdError::generic_err("the next release cannot take over").into())
        }
    }
    cw2::set_contract_version(storage, name, version)?;
    Ok(Response::new())
}
