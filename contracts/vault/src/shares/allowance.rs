//! Allowances: how many of an owner's shares a spender may move, and until when.

use cosmwasm_std::{Addr, BlockInfo, Storage, Uint128};
use cw20::Expiration;

use super::error::SharesError;
use crate::state::allowances::{Allowance, ALLOWANCES, ALLOWED_BY};

/// Allows more. The end is replaced if one is given.
///
/// # Errors
/// [`SharesError::OwnAllowance`], [`SharesError::ExpiresTooSoon`]; when the sum is beyond 128 bits.
pub fn increase(
    storage: &mut dyn Storage,
    block: &BlockInfo,
    (owner, spender): (&Addr, &Addr),
    shares: Uint128,
    expires: Option<Expiration>,
) -> Result<(), SharesError> {
    ensure_another(owner, spender)?;
    let known = ALLOWANCES.may_load(storage, (owner, spender))?;
    let is_new = known.is_none();
    let mut allowance = known.unwrap_or(Allowance {
        shares: Uint128::zero(),
        expires: Expiration::Never {},
    });
    set_end(&mut allowance, block, expires)?;
    allowance.shares = allowance.shares.checked_add(shares)?;

    ALLOWANCES.save(storage, (owner, spender), &allowance);
    if is_new {
        ALLOWED_BY.save(storage, (spender, owner), &true);
    }
    Ok(())
}

/// Allows less. The end is replaced if one is given; an allowance of nothing is forgotten.
///
/// # Errors
/// [`SharesError::OwnAllowance`], [`SharesError::NoAllowance`], [`SharesError::ExpiresTooSoon`].
pub fn decrease(
    storage: &mut dyn Storage,
    block: &BlockInfo,
    (owner, spender): (&Addr, &Addr),
    shares: Uint128,
    expires: Option<Expiration>,
) -> Result<(), SharesError> {
    ensure_another(owner, spender)?;
    let mut allowance = load(storage, owner, spender)?;
    let left = allowance.shares.saturating_sub(shares);
    if left.is_zero() {
        ALLOWANCES.remove(storage, (owner, spender));
        ALLOWED_BY.remove(storage, (spender, owner));
        return Ok(());
    }
    set_end(&mut allowance, block, expires)?;
    allowance.shares = left;

    ALLOWANCES.save(storage, (owner, spender), &allowance);
    Ok(())
}

/// Takes what a spender moves off its allowance. One that is used up stays.
///
/// # Errors
/// [`SharesError::NoAllowance`], [`SharesError::AllowanceExpired`], [`SharesError::NotAllowed`].
pub fn spend(
    storage: &mut dyn Storage,
    block: &BlockInfo,
    (owner, spender): (&Addr, &Addr),
    shares: Uint128,
) -> Result<(), SharesError> {
    let mut allowance = load(storage, owner, spender)?;
    if let Some((unit, end, now)) = over(&allowance.expires, block) {
        return Err(SharesError::AllowanceExpired { unit, end, now });
    }
    let allowed = allowance.shares;
    allowance.shares = allowed
        .checked_sub(shares)
        .map_err(|_| SharesError::NotAllowed { shares, allowed })?;

    ALLOWANCES.save(storage, (owner, spender), &allowance);
    Ok(())
}

fn load(storage: &dyn Storage, owner: &Addr, spender: &Addr) -> Result<Allowance, SharesError> {
    let allowance = ALLOWANCES.may_load(storage, (owner, spender))?;
    allowance.ok_or_else(|| SharesError::NoAllowance {
        owner: owner.to_string(),
        spender: spender.to_string(),
    })
}

fn set_end(
    allowance: &mut Allowance,
    block: &BlockInfo,
    expires: Option<Expiration>,
) -> Result<(), SharesError> {
    let Some(expires) = expires else {
        return Ok(());
    };
    if let Some((unit, end, now)) = over(&expires, block) {
        return Err(SharesError::ExpiresTooSoon { unit, end, now });
    }
    allowance.expires = expires;
    Ok(())
}

/// Unit, end and now of what is over in this block.
fn over(expires: &Expiration, block: &BlockInfo) -> Option<(&'static str, u64, u64)> {
    let (unit, end, now) = match expires {
        Expiration::Never {} => return None,
        Expiration::AtHeight(height) => ("height", *height, block.height),
        Expiration::AtTime(time) => ("nanosecond", time.nanos(), block.time.nanos()),
    };
    (now >= end).then_some((unit, end, now))
}

fn ensure_another(owner: &Addr, spender: &Addr) -> Result<(), SharesError> {
    if owner != spender {
        return Ok(());
    }
    Err(SharesError::OwnAllowance {
        owner: owner.to_string(),
    })
}
