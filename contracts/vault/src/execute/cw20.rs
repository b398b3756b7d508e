//! The messages of shares that are a cw20, as cw20-base has them; coins refuse them all. Shares never go to the
//! vault or the pot. These calls touch nothing else and record no block. Emits: cw20's attributes.

use cosmwasm_std::{Binary, DepsMut, Env, MessageInfo, Response, Storage, Uint128};
use cw20::{Cw20ReceiveMsg, Expiration, Logo};
use defenders_types::ExecuteMsg;

use crate::error::ContractError;
use crate::funds;
use crate::role::ensure_recipient;
use crate::shares::balances::transfer;
use crate::shares::{allowance, ensure_cw20, logo, SharesError};
use crate::state::{Config, Marketing, CONFIG, LOGO, MARKETING};

/// Whether only a cw20 token takes it.
pub fn is_of_cw20(msg: &ExecuteMsg) -> bool {
    matches!(
        msg,
        ExecuteMsg::Transfer { .. }
            | ExecuteMsg::Send { .. }
            | ExecuteMsg::IncreaseAllowance { .. }
            | ExecuteMsg::DecreaseAllowance { .. }
            | ExecuteMsg::TransferFrom { .. }
            | ExecuteMsg::SendFrom { .. }
            | ExecuteMsg::UpdateMarketing { .. }
            | ExecuteMsg::UploadLogo { .. }
    )
}

/// What is moved.
pub struct Move {
    /// Whose shares, if the sender moves them by an allowance. `None`: the sender's.
    pub owner: Option<String>,
    /// Gets them.
    pub recipient: String,
    /// How many.
    pub shares: Uint128,
    /// The recipient is a contract, and is called with this.
    pub hook: Option<Binary>,
}

/// Moves shares: the sender's own, or by an allowance; and calls the contract that gets them, if so asked.
///
/// Reads: config. Writes: balances, allowance. Sends: the contract's receive hook.
///
/// # Errors
/// [`SharesError::SharesAreADenom`], [`ContractError::RecipientNotAllowed`], [`SharesError::NotEnough`], [`SharesError::NoAllowance`],
/// [`SharesError::AllowanceExpired`], [`SharesError::NotAllowed`].
pub fn move_shares(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    asked: Move,
) -> Result<Response, Box<ContractError>> {
    let Move {
        owner,
        recipient,
        shares,
        hook,
    } = asked;
    let config = load_config(deps.storage, &info)?;
    let (sender, vault) = (info.sender, &env.contract.address);
    let recipient = ensure_recipient(deps.api, &config, vault, Some(recipient), &sender)?;
    let owner = match owner {
        Some(owner) => Some(deps.api.addr_validate(&owner)?),
        None => None,
    };
    if let Some(owner) = &owner {
        allowance::spend(deps.storage, &env.block, (owner, &sender), shares)?;
    }
    transfer(
        deps.storage,
        owner.as_ref().unwrap_or(&sender),
        &recipient,
        shares,
    )?;

    let action = match (&owner, &hook) {
        (None, None) => "transfer",
        (None, Some(_)) => "send",
        (Some(_), None) => "transfer_from",
        (Some(_), Some(_)) => "send_from",
    };
    let mut response = Response::new()
        .add_attribute("action", action)
        .add_attribute("from", owner.as_ref().unwrap_or(&sender))
        .add_attribute("to", &recipient);
    if owner.is_some() {
        response = response.add_attribute("by", &sender);
    }
    response = response.add_attribute("amount", shares);
    Ok(match hook {
        Some(msg) => {
            let hook = Cw20ReceiveMsg {
                sender: sender.into(),
                amount: shares,
                msg,
            };
            response.add_message(hook.into_cosmos_msg(recipient)?)
        }
        None => response,
    })
}

/// Which way an allowance goes.
#[derive(Clone, Copy)]
pub enum Change {
    /// Up.
    Increase,
    /// Down.
    Decrease,
}

/// Lets a spender move more or fewer of the sender's shares.
///
/// Reads: config, allowance. Writes: allowance. Sends: nothing.
///
/// # Errors
/// [`SharesError::SharesAreADenom`], [`SharesError::OwnAllowance`], [`SharesError::ExpiresTooSoon`], [`SharesError::NoAllowance`] where
/// there is none to decrease.
pub fn change_allowance(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    change: Change,
    spender: String,
    shares: Uint128,
    expires: Option<Expiration>,
) -> Result<Response, Box<ContractError>> {
    load_config(deps.storage, &info)?;
    let owner = info.sender;
    let spender = deps.api.addr_validate(&spender)?;
    let (action, change): (_, fn(_, _, _, _, _) -> _) = match change {
        Change::Increase => ("increase_allowance", allowance::increase),
        Change::Decrease => ("decrease_allowance", allowance::decrease),
    };

    change(
        deps.storage,
        &env.block,
        (&owner, &spender),
        shares,
        expires,
    )?;
    Ok(Response::new()
        .add_attribute("action", action)
        .add_attribute("owner", owner)
        .add_attribute("spender", spender)
        .add_attribute("amount", shares))
}

/// Changes the token's texts, and who may change them. A blank text removes.
///
/// Reads: config, texts. Writes: texts. Sends: nothing.
///
/// # Errors
/// [`SharesError::SharesAreADenom`], [`SharesError::NotMarketing`].
pub fn update_marketing(
    deps: DepsMut,
    info: &MessageInfo,
    project: Option<String>,
    description: Option<String>,
    account: Option<String>,
) -> Result<Response, Box<ContractError>> {
    let mut texts = load_texts_of(deps.storage, info)?;
    if let Some(project) = project {
        texts.project = unless_blank(project);
    }
    if let Some(description) = description {
        texts.description = unless_blank(description);
    }
    if let Some(account) = account {
        texts.account = match unless_blank(account) {
            Some(account) => Some(deps.api.addr_validate(&account)?),
            None => None,
        };
    }

    MARKETING.save(deps.storage, &texts);
    Ok(Response::new().add_attribute("action", "update_marketing"))
}

/// Replaces the token's logo.
///
/// Reads: config, texts. Writes: logo. Sends: nothing.
///
/// # Errors
/// [`SharesError::SharesAreADenom`], [`SharesError::NotMarketing`], [`SharesError::LogoTooBig`], [`SharesError::NoSvg`],
/// [`SharesError::NoPng`].
pub fn upload_logo(
    deps: DepsMut,
    info: &MessageInfo,
    logo: &Logo,
) -> Result<Response, Box<ContractError>> {
    load_texts_of(deps.storage, info)?;
    logo::ensure(logo)?;

    LOGO.save(deps.storage, logo);
    Ok(Response::new().add_attribute("action", "upload_logo"))
}

fn load_texts_of(
    storage: &dyn Storage,
    info: &MessageInfo,
) -> Result<Marketing, Box<ContractError>> {
    load_config(storage, info)?;
    let texts = MARKETING.load(storage)?;
    if texts.account.as_ref() == Some(&info.sender) {
        return Ok(texts);
    }
    Err(SharesError::NotMarketing {
        sender: info.sender.to_string(),
    }
    .into())
}

/// Of shares that are a cw20, whose messages take no coins. Coins are refused for what they are first: whoever takes
/// them for a cw20 may send them along.
fn load_config(storage: &dyn Storage, info: &MessageInfo) -> Result<Config, Box<ContractError>> {
    let config = CONFIG.load(storage)?;
    ensure_cw20(&config)?;
    funds::ensure_none(&info.funds)?;
    Ok(config)
}

fn unless_blank(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}
