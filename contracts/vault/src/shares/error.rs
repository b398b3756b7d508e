//! What the shares refuse.

use cosmwasm_std::{OverflowError, Uint128};
use thiserror::Error;

use crate::chain::ReadError;
use crate::funds::FundsError;
use crate::store::StoreError;

/// What the shares refuse.
#[derive(Error, Debug, PartialEq)]
pub enum SharesError {
    /// What is stored is damaged.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// A supply, balance or allowance beyond 128 bits, or below zero.
    #[error("{0}")]
    Overflow(#[from] OverflowError),
    /// The bank does not answer.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// Shares that are coins did not come as they should.
    #[error("{0}")]
    Funds(#[from] FundsError),
    /// A cw20 message or question to a vault whose shares are coins.
    #[error("the shares are coins, {denom}: hold, send and ask for them at the bank")]
    SharesAreADenom {
        /// Their denom.
        denom: String,
    },
    /// Nobody can tell how many are meant.
    #[error("say how many shares: the field shares is missing")]
    NoShares {},
    /// More shares than the account has.
    #[error("{shares} shares asked for, {balance} held")]
    NotEnough {
        /// Shares asked for.
        shares: Uint128,
        /// Shares that it has.
        balance: Uint128,
    },
    /// More shares than the owner allows.
    #[error("{shares} shares asked for, {allowed} allowed")]
    NotAllowed {
        /// Shares asked for.
        shares: Uint128,
        /// Shares that the spender may move.
        allowed: Uint128,
    },
    /// The owner allows nothing.
    #[error("{owner} allows {spender} no shares: the owner must increase the allowance first")]
    NoAllowance {
        /// Owner of the shares.
        owner: String,
        /// Who would move or get fewer.
        spender: String,
    },
    /// The allowance is over.
    #[error("the allowance expired at {unit} {end}, now {now}: its owner can give it a later end")]
    AllowanceExpired {
        /// Of both numbers.
        unit: &'static str,
        /// Its end.
        end: u64,
        /// Now.
        now: u64,
    },
    /// An allowance that would be over at once.
    #[error("an allowance until {unit} {end} would be over, now {now}: name a later end")]
    ExpiresTooSoon {
        /// Of both numbers.
        unit: &'static str,
        /// The end.
        end: u64,
        /// Now.
        now: u64,
    },
    /// One moves one's own shares without it.
    #[error("{owner} needs no allowance for its own shares: use transfer or send")]
    OwnAllowance {
        /// Owner and spender.
        owner: String,
    },
    /// Somebody else has the texts and the logo.
    #[error("only the marketing account may do this, not {sender}")]
    NotMarketing {
        /// Who tried.
        sender: String,
    },
    /// A picture that is too large.
    #[error("an embedded logo has at most {most} bytes, got {got}: upload a link instead")]
    LogoTooBig {
        /// Most bytes.
        most: usize,
        /// How many came.
        got: usize,
    },
    /// No SVG.
    #[error("an SVG logo must begin with <?xml and its ?>")]
    NoSvg {},
    /// No PNG.
    #[error("a PNG logo must begin with the eight bytes of every PNG")]
    NoPng {},
    /// Nothing to download.
    #[error("no logo is stored: marketing_info tells the link if there is one")]
    NoLogo {},
}
