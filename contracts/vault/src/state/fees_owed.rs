//! Fee and bounty that could not be paid.

use cosmwasm_std::{Addr, Uint128};

use crate::store::Map;

/// Tokens by account. Written by the replies of payments and by `claim_fee`.
pub const FEES_OWED: Map<&Addr, Uint128> = Map::new("fee_owed");
