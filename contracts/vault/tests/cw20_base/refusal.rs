//! Why either token refuses something, in common words.

use cosmwasm_std::{OverflowError, OverflowOperation, StdError};
use cw20_base::ContractError as BaseError;
use defenders_vault::error::ContractError;
use defenders_vault::shares::SharesError;

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Address,
    NotEnough,
    Overflow,
    NoAllowance,
    Expired,
    ExpiresTooSoon,
    OwnAllowance,
    NotMarketing,
    LogoTooBig,
    NoSvg,
    NoPng,
    /// By the vault alone: its own shares are the seed and the escrow.
    Forbidden,
}

pub fn why(error: &ContractError) -> Refusal {
    match error {
        ContractError::Shares(error) => why_shares(error),
        ContractError::Std(StdError::GenericErr { .. }) => Refusal::Address,
        ContractError::RecipientNotAllowed { .. } => Refusal::Forbidden,
        other => panic!("{other:?}"),
    }
}

pub fn why_shares(error: &SharesError) -> Refusal {
    match error {
        SharesError::NotEnough { shares, balance } => {
            assert!(shares > balance, "{error}");
            Refusal::NotEnough
        }
        SharesError::NotAllowed { shares, allowed } => {
            assert!(shares > allowed, "{error}");
            Refusal::NotEnough
        }
        SharesError::NoAllowance { .. } => Refusal::NoAllowance,
        SharesError::AllowanceExpired { end, now, .. } => {
            assert!(now >= end, "{error}");
            Refusal::Expired
        }
        SharesError::ExpiresTooSoon { end, now, .. } => {
            assert!(now >= end, "{error}");
            Refusal::ExpiresTooSoon
        }
        SharesError::OwnAllowance { .. } => Refusal::OwnAllowance,
        SharesError::NotMarketing { .. } => Refusal::NotMarketing,
        SharesError::LogoTooBig { most, got } => {
            assert!(got > most, "{error}");
            Refusal::LogoTooBig
        }
        SharesError::NoSvg {} => Refusal::NoSvg,
        SharesError::NoPng {} => Refusal::NoPng,
        SharesError::Overflow(error) => why_overflow(error),
        SharesError::Store(_)
        | SharesError::Read(_)
        | SharesError::Funds(_)
        | SharesError::SharesAreADenom { .. }
        | SharesError::NoShares {}
        | SharesError::NoLogo {} => panic!("{error:?}"),
    }
}

pub fn why_base(error: &BaseError) -> Refusal {
    match error {
        BaseError::Std(StdError::GenericErr { .. }) => Refusal::Address,
        BaseError::Std(StdError::NotFound { .. }) => Refusal::NoAllowance,
        BaseError::Std(StdError::Overflow { source, .. }) => why_overflow(source),
        BaseError::Unauthorized {} => Refusal::NotMarketing,
        BaseError::CannotSetOwnAccount {} => Refusal::OwnAllowance,
        BaseError::Expired {} => Refusal::Expired,
        BaseError::NoAllowance {} => Refusal::NoAllowance,
        BaseError::LogoTooBig {} => Refusal::LogoTooBig,
        BaseError::InvalidXmlPreamble {} => Refusal::NoSvg,
        BaseError::InvalidPngHeader {} => Refusal::NoPng,
        BaseError::InvalidExpiration {} => Refusal::ExpiresTooSoon,
        other => panic!("{other:?}"),
    }
}

fn why_overflow(error: &OverflowError) -> Refusal {
    match error.operation {
        OverflowOperation::Sub => Refusal::NotEnough,
        _ => Refusal::Overflow,
    }
}
