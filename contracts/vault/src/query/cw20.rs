//! The share token's own answers, as cw20-base has them.

use cosmwasm_std::Addr;
use cw20::{
    AllAccountsResponse, AllAllowancesResponse, AllSpenderAllowancesResponse, AllowanceInfo,
    AllowanceResponse, BalanceResponse, DownloadLogoResponse, EmbeddedLogo, Expiration, Logo,
    LogoInfo, MarketingInfoResponse, MinterResponse, SpenderAllowanceInfo, TokenInfoResponse,
};

use crate::call::View;
use crate::error::ContractError;
use crate::shares::balances::shares_of;
use crate::shares::SharesError;
use crate::state::allowances::{ALLOWANCES, ALLOWED_BY};
use crate::state::shares::{BALANCES, TOKEN};
use crate::state::{LOGO, MARKETING};
use crate::store::Bound;

pub fn balance(view: &View, owner: &str) -> Result<BalanceResponse, Box<ContractError>> {
    let owner = view.deps.api.addr_validate(owner)?;
    let balance = shares_of(view.deps.storage, &owner)?;
    Ok(BalanceResponse { balance })
}

pub fn token_info(view: &View) -> Result<TokenInfoResponse, Box<ContractError>> {
    let token = TOKEN.load(view.deps.storage)?;
    Ok(TokenInfoResponse {
        name: token.name,
        symbol: token.symbol,
        decimals: token.decimals,
        total_supply: view.total_shares,
    })
}

/// The vault itself, without a bound.
pub fn minter(view: &View) -> MinterResponse {
    MinterResponse {
        minter: view.env.contract.address.to_string(),
        cap: None,
    }
}

pub fn allowance(
    view: &View,
    owner: &str,
    spender: &str,
) -> Result<AllowanceResponse, Box<ContractError>> {
    let owner = view.deps.api.addr_validate(owner)?;
    let spender = view.deps.api.addr_validate(spender)?;
    let allowance = ALLOWANCES.may_load(view.deps.storage, (&owner, &spender))?;
    Ok(match allowance {
        Some(allowance) => AllowanceResponse {
            allowance: allowance.shares,
            expires: allowance.expires,
        },
        None => AllowanceResponse {
            allowance: 0u128.into(),
            expires: Expiration::Never {},
        },
    })
}

pub fn all_allowances(
    view: &View,
    owner: &str,
    start_after: Option<String>,
    limit: usize,
) -> Result<AllAllowancesResponse, Box<ContractError>> {
    let owner = view.deps.api.addr_validate(owner)?;
    let after = after(start_after);
    let start = Bound::exclusive((&owner, &after));
    let mut allowances = vec![];
    for row in ALLOWANCES.range(view.deps.storage, Some(start), None) {
        let ((of, spender), allowance) = row?;
        if of != owner || allowances.len() >= limit {
            break;
        }
        allowances.push(AllowanceInfo {
            spender: spender.into(),
            allowance: allowance.shares,
            expires: allowance.expires,
        });
    }
    Ok(AllAllowancesResponse { allowances })
}

pub fn all_spender_allowances(
    view: &View,
    spender: &str,
    start_after: Option<String>,
    limit: usize,
) -> Result<AllSpenderAllowancesResponse, Box<ContractError>> {
    let spender = view.deps.api.addr_validate(spender)?;
    let after = after(start_after);
    let start = Bound::exclusive((&spender, &after));
    let mut allowances = vec![];
    for row in ALLOWED_BY.range(view.deps.storage, Some(start), None) {
        let ((by, owner), _) = row?;
        if by != spender || allowances.len() >= limit {
            break;
        }
        let allowance = ALLOWANCES.load(view.deps.storage, (&owner, &spender))?;
        allowances.push(SpenderAllowanceInfo {
            owner: owner.into(),
            allowance: allowance.shares,
            expires: allowance.expires,
        });
    }
    Ok(AllSpenderAllowancesResponse { allowances })
}

pub fn all_accounts(
    view: &View,
    start_after: Option<String>,
    limit: usize,
) -> Result<AllAccountsResponse, Box<ContractError>> {
    let after = after(start_after);
    let rows = BALANCES.range(view.deps.storage, Some(Bound::exclusive(&after)), None);
    let mut accounts = vec![];
    for row in rows.take(limit) {
        accounts.push(row?.0.into());
    }
    Ok(AllAccountsResponse { accounts })
}

pub fn marketing_info(view: &View) -> Result<MarketingInfoResponse, Box<ContractError>> {
    let texts = MARKETING.load(view.deps.storage)?;
    let logo = LOGO.may_load(view.deps.storage)?;
    Ok(MarketingInfoResponse {
        project: texts.project,
        description: texts.description,
        logo: logo.map(|logo| match logo {
            Logo::Url(url) => LogoInfo::Url(url),
            Logo::Embedded(_) => LogoInfo::Embedded,
        }),
        marketing: texts.account,
    })
}

pub fn download_logo(view: &View) -> Result<DownloadLogoResponse, Box<ContractError>> {
    let (mime_type, data) = match LOGO.may_load(view.deps.storage)? {
        Some(Logo::Embedded(EmbeddedLogo::Svg(svg))) => ("image/svg+xml", svg),
        Some(Logo::Embedded(EmbeddedLogo::Png(png))) => ("image/png", png),
        Some(Logo::Url(_)) | None => return Err(SharesError::NoLogo {}.into()),
    };
    Ok(DownloadLogoResponse {
        mime_type: mime_type.to_owned(),
        data,
    })
}

/// Pages begin after any text, address or not; every address is after none.
fn after(start_after: Option<String>) -> Addr {
    Addr::unchecked(start_after.unwrap_or_default())
}
