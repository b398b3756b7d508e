//! Raw answers in protobuf. A `LegacyDec` travels as its atomics.

use anybuf::Anybuf;
use cosmwasm_std::{Decimal, Uint128};

use super::raw_query::Answer;
use super::types::{encode_seconds, encode_timestamp, to_int64};
use crate::address::compute_consensus_key;
use crate::params::Params;
use crate::slashing::compute_jailed_until_seconds;
use crate::store::{Signing, Status, ValidatorState};

/// The `Query…Response` message.
pub(super) fn encode(answer: &Answer) -> Vec<u8> {
    let inner = match answer {
        Answer::Validator(validator) => encode_validator(validator),
        Answer::Params(params) => encode_params(params),
        Answer::Pool { not_bonded, bonded } => encode_pool(*not_bonded, *bonded),
        Answer::SigningInfo {
            address,
            signing,
            validator,
        } => encode_signing_info(address, signing, validator),
    };
    Anybuf::new().append_message(1, &inner).into_vec()
}

fn encode_validator(validator: &ValidatorState) -> Anybuf {
    let key = Anybuf::new().append_bytes(1, compute_consensus_key(&validator.operator));
    let consensus_pubkey = Anybuf::new()
        .append_string(1, "/cosmos.crypto.ed25519.PubKey")
        .append_bytes(2, key.as_bytes());
    let status = match validator.status {
        Status::Unbonded => 1,
        Status::Unbonding => 2,
        Status::Bonded => 3,
    };
    let rates = Anybuf::new()
        .append_string(1, atomics(validator.commission_rate))
        .append_string(2, atomics(validator.max_commission_rate))
        .append_string(3, atomics(validator.max_change_rate));
    let commission = Anybuf::new()
        .append_message(1, &rates)
        .append_message(2, &encode_seconds(0, 0));
    Anybuf::new()
        .append_string(1, &validator.operator)
        .append_message(2, &consensus_pubkey)
        .append_bool(3, validator.jailed)
        .append_uint32(4, status)
        .append_string(5, validator.tokens.to_string())
        .append_string(6, validator.delegator_shares.atomics().to_string())
        .append_message(7, &Anybuf::new())
        .append_int64(8, to_int64(validator.unbonding_height))
        .append_message(9, &encode_timestamp(validator.unbonding_time))
        .append_message(10, &commission)
        .append_string(11, validator.min_self_delegation.to_string())
}

fn atomics(rate: Decimal) -> String {
    rate.atomics().to_string()
}

fn encode_params(params: &Params) -> Anybuf {
    Anybuf::new()
        .append_message(1, &encode_seconds(to_int64(params.unbonding_time), 0))
        .append_uint32(2, params.max_validators)
        .append_uint32(3, params.max_entries)
        .append_uint32(4, super::proto_json::HISTORICAL_ENTRIES)
        .append_string(5, &params.bond_denom)
        .append_string(6, "0")
}

fn encode_pool(not_bonded: Uint128, bonded: Uint128) -> Anybuf {
    Anybuf::new()
        .append_string(1, not_bonded.to_string())
        .append_string(2, bonded.to_string())
}

fn encode_signing_info(address: &str, signing: &Signing, validator: &ValidatorState) -> Anybuf {
    let jailed_until = compute_jailed_until_seconds(validator.jailed_until);
    Anybuf::new()
        .append_string(1, address)
        .append_int64(2, to_int64(signing.start_height))
        .append_int64(3, to_int64(signing.index_offset))
        .append_message(4, &encode_seconds(to_int64(jailed_until), 0))
        .append_bool(5, validator.tombstoned)
        .append_uint64(6, signing.missed.len() as u64)
}
