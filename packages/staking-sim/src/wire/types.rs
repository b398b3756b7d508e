//! Protobuf pieces that several messages share.

use anybuf::Anybuf;
use cosmwasm_std::{Coin, Timestamp, Uint128};

use anybuf::Bufany;

use crate::error::{ChainError, Outcome};

/// Unix time of Go's zero `time.Time`, 1 January of the year 1.
pub(super) const GO_ZERO_TIME: i64 = -62_135_596_800;

/// `google.protobuf.Timestamp` or `Duration`.
pub(super) fn encode_seconds(seconds: i64, nanos: u64) -> Anybuf {
    Anybuf::new()
        .append_int64(1, seconds)
        .append_int32(2, i32::try_from(nanos).unwrap_or_default())
}

/// `google.protobuf.Timestamp`.
pub(super) fn encode_timestamp(time: Timestamp) -> Anybuf {
    encode_seconds(to_int64(time.seconds()), time.subsec_nanos())
}

/// `cosmos.base.v1beta1.Coin`.
pub(super) fn encode_coin(coin: &Coin) -> Anybuf {
    Anybuf::new()
        .append_string(1, &coin.denom)
        .append_string(2, coin.amount.to_string())
}

pub(super) fn to_int64(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A coin field; a missing one is an invalid request.
pub(super) fn decode_coin(message: &Bufany<'_>, field: u32) -> Outcome<Coin> {
    let malformed = ChainError::InvalidRequest {
        reason: "invalid amount",
    };
    let coin = message.message(field).ok_or_else(|| malformed.clone())?;
    let denom = coin.string(1).ok_or_else(|| malformed.clone())?;
    let amount: Uint128 = coin
        .string(2)
        .and_then(|text| text.parse().ok())
        .ok_or(malformed)?;
    Ok(Coin { denom, amount })
}
