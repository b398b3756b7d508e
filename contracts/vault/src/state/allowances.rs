//! Who may move whose shares.

use cosmwasm_std::{Addr, Timestamp, Uint128};
use cw20::Expiration;

use crate::store::packed::{packed, Packed, Unread};
use crate::store::Map;

/// How many, and until when.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance {
    /// Shares.
    pub shares: Uint128,
    /// From then on none.
    pub expires: Expiration,
}

/// By (owner, spender). Written by the messages of allowances, and by moves that use one up.
pub const ALLOWANCES: Map<(&Addr, &Addr), Allowance> = Map::new("allowance");
/// That there is one, by (spender, owner): to find those of a spender.
pub const ALLOWED_BY: Map<(&Addr, &Addr), bool> = Map::new("allowed_by");

packed! {
    Allowance { shares, expires }
}

/// Its number, then what it carries: a height, or nanoseconds.
impl Packed for Expiration {
    fn write(&self, to: &mut Vec<u8>) {
        let (number, end): (u8, Option<u64>) = match self {
            Self::Never {} => (0, None),
            Self::AtHeight(height) => (1, Some(*height)),
            Self::AtTime(time) => (2, Some(time.nanos())),
        };
        to.push(number);
        if let Some(end) = end {
            end.write(to);
        }
    }

    fn read(from: &mut Unread) -> Self {
        match from.byte() {
            0 => Self::Never {},
            1 => Self::AtHeight(Packed::read(from)),
            2 => Self::AtTime(Timestamp::from_nanos(Packed::read(from))),
            _ => from.damaged(Self::Never {}),
        }
    }
}
