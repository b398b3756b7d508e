//! Protobuf responses of the messages, as a contract's `reply` gets them.

use anybuf::Anybuf;
use cosmwasm_std::{Coin, Timestamp};

use super::types::{GO_ZERO_TIME, encode_coin, encode_seconds, encode_timestamp};

/// Any response without fields.
pub(crate) fn empty() -> Vec<u8> {
    Vec::new()
}

/// `MsgDelegateResponse`.
pub(crate) fn delegated() -> Vec<u8> {
    empty()
}

/// `MsgUndelegateResponse { completion_time, amount }`; before Cosmos SDK 0.48 without the amount.
pub(crate) fn undelegated(completion_time: Timestamp, amount: Option<&Coin>) -> Vec<u8> {
    let time = Anybuf::new().append_message(1, &encode_timestamp(completion_time));
    match amount {
        Some(amount) => time.append_message(2, &encode_coin(amount)),
        None => time,
    }
    .into_vec()
}

/// `MsgBeginRedelegateResponse { completion_time }`; Go's zero time when complete at once.
pub(crate) fn redelegated(completion_time: Option<Timestamp>) -> Vec<u8> {
    let time = completion_time.map_or_else(|| encode_seconds(GO_ZERO_TIME, 0), encode_timestamp);
    Anybuf::new().append_message(1, &time).into_vec()
}

/// `MsgWithdrawDelegatorRewardResponse { amount }`.
pub(crate) fn withdrawn(amount: &[Coin]) -> Vec<u8> {
    let coins: Vec<Anybuf> = amount.iter().map(encode_coin).collect();
    Anybuf::new().append_repeated_message(1, &coins).into_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use anybuf::Bufany;
    use cosmwasm_std::coin;

    #[test]
    fn undelegation_carries_time_and_amount() {
        let time = Timestamp::from_nanos(5_000_000_007);
        let bytes = undelegated(time, Some(&coin(9, "stake")));
        let decoded = Bufany::deserialize(&bytes).unwrap();
        let timestamp = decoded.message(1).unwrap();
        assert_eq!(timestamp.int64(1), Some(5));
        assert_eq!(timestamp.int32(2), Some(7));
        let amount = decoded.message(2).unwrap();
        assert_eq!(amount.string(1).unwrap(), "stake");
        assert_eq!(amount.string(2).unwrap(), "9");
    }

    #[test]
    fn immediate_redelegation_answers_the_zero_time_of_go() {
        let bytes = redelegated(None);
        let decoded = Bufany::deserialize(&bytes).unwrap();
        assert_eq!(decoded.message(1).unwrap().int64(1), Some(-62_135_596_800));
    }
}
