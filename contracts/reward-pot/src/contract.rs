//! Entry points of the pot.

use cosmwasm_std::{
    entry_point, BankMsg, Binary, Coin, Deps, DepsMut, Env, Event, MessageInfo, Response, StdResult,
};
use defenders_json::write;
use defenders_types::pot::{
    BalancesResponse, ConfigResponse, ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg, Released,
};

use crate::error::ContractError;
use crate::state::{Config, CONFIG, CONTRACT_NAME, CONTRACT_VERSION};

/// The instantiator becomes the pot's vault.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    ensure_no_funds(&info)?;
    cw2::set_contract_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION)?;
    let config = Config {
        vault: info.sender,
        denom: msg.denom,
    };
    CONFIG.save(deps.storage, &config)?;
    Ok(Response::new())
}

/// Dispatches; only the vault gets this far.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    let config = CONFIG.load(deps.storage)?;
    if info.sender != config.vault {
        return Err(ContractError::NotTheVault {
            vault: config.vault.into(),
            sender: info.sender.into(),
        });
    }
    ensure_no_funds(&info)?;
    match msg {
        ExecuteMsg::Release {} => release(deps, &env, config),
    }
}

/// Takes over the same contract of the same or an older version; versions are three numbers.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: MigrateMsg) -> Result<Response, ContractError> {
    let stored = cw2::get_contract_version(deps.storage)?;
    let from = parse_version(&stored.version);
    let is_older = from.is_some() && from <= parse_version(CONTRACT_VERSION);
    if stored.contract != CONTRACT_NAME || !is_older {
        return Err(ContractError::CannotMigrate {
            from_name: stored.contract,
            from_version: stored.version,
            version: CONTRACT_VERSION.to_owned(),
        });
    }
    cw2::set_contract_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION)?;
    Ok(Response::new())
}

fn parse_version(version: &str) -> Option<[u64; 3]> {
    let mut numbers = version.split('.').map(|part| part.parse::<u64>().ok());
    let version = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(version)
}

/// Sends all of the bond denom to the vault and says how much that is.
///
/// Reads: config, own balance. Writes: nothing. Sends: the bond denom to the vault.
/// Emits: `pot/released`.
fn release(deps: DepsMut, env: &Env, config: Config) -> Result<Response, ContractError> {
    let coin = deps
        .querier
        .query_balance(&env.contract.address, &config.denom)?;
    let tokens = coin.amount;

    let response = Response::new()
        .set_data(write(&Released { tokens }))
        .add_event(Event::new("pot/released").add_attribute("tokens", tokens));
    if tokens.is_zero() {
        return Ok(response);
    }
    Ok(response.add_message(BankMsg::Send {
        to_address: config.vault.into(),
        amount: vec![coin],
    }))
}

/// Answers anyone.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> StdResult<Binary> {
    let config = CONFIG.load(deps.storage)?;
    match msg {
        QueryMsg::Config {} => Ok(write(&ConfigResponse {
            vault: config.vault.into(),
            denom: config.denom,
        })
        .into()),
        QueryMsg::Balances {} => {
            #[allow(deprecated)] // the only query that lists denoms nobody can name beforehand
            let all = deps.querier.query_all_balances(&env.contract.address)?;
            let (bond, others): (Vec<Coin>, Vec<Coin>) =
                all.into_iter().partition(|coin| coin.denom == config.denom);
            Ok(write(&BalancesResponse {
                releasable: bond.into_iter().map(|coin| coin.amount).sum(),
                others,
            })
            .into())
        }
    }
}

fn ensure_no_funds(info: &MessageInfo) -> Result<(), ContractError> {
    if info.funds.is_empty() {
        return Ok(());
    }
    Err(ContractError::UnexpectedFunds {
        coins: info.funds.len(),
    })
}
