//! `/cosmos.staking.v1beta1.Query/Validator` over gRPC.

use anybuf::Bufany;
use cosmwasm_std::{Decimal, QuerierWrapper, StdResult};
use defenders_allocation::BondStatus;

use super::validator_power::{compute_tokens_per_share_floor, ValidatorPower};
use super::{request, QUERY_VALIDATOR};
use crate::chain::read_error::ReadError;

const BOND_STATUS_UNBONDING: i32 = 2;
const BOND_STATUS_BONDED: i32 = 3;

/// Reads one validator.
///
/// # Errors
/// As [`super::query_power`].
pub fn query_power(querier: &QuerierWrapper, validator: &str) -> Result<ValidatorPower, ReadError> {
    let answer = querier.query_grpc(QUERY_VALIDATOR.to_owned(), request(validator));
    answer
        .and_then(|answer| parse_validator_answer(validator, &answer))
        .map_err(ReadError::new)
}

/// Decodes `QueryValidatorResponse {validator = 1}` with the fields jailed = 3, status = 4,
/// tokens = 5, delegator_shares = 6, commission = 10 {commission_rates = 1 {rate = 1,
/// max_rate = 2}}, shares and rates as integers of 18 decimals.
fn parse_validator_answer(validator: &str, answer: &[u8]) -> StdResult<ValidatorPower> {
    let nonsense = |field: &str| super::nonsense(validator, field);
    let response = Bufany::deserialize(answer).map_err(|_| nonsense("protobuf"))?;
    let message = response.message(1).ok_or_else(|| nonsense("validator"))?;
    if message.string(1).as_deref() != Some(validator) {
        return Err(nonsense("operator address"));
    }
    let tokens = message
        .string(5)
        .and_then(|tokens| tokens.parse::<u128>().ok())
        .ok_or_else(|| nonsense("tokens"))?;
    let commission = message.message(10);
    let rates = commission
        .as_ref()
        .and_then(|commission| commission.message(1));
    let rate = |field: u32, name: &str| {
        let rate = rates.as_ref().and_then(|rates| rates.string(field));
        let atomics = rate.and_then(|rate| rate.parse::<u128>().ok());
        let atomics = atomics.ok_or_else(|| nonsense(name))?;
        StdResult::Ok(Decimal::new(atomics.into()))
    };
    Ok(ValidatorPower {
        tokens: tokens.into(),
        status: match message.int32(4) {
            Some(BOND_STATUS_BONDED) => BondStatus::Bonded,
            Some(BOND_STATUS_UNBONDING) => BondStatus::Unbonding,
            _ => BondStatus::Unbonded,
        },
        is_jailed: message.bool(3).unwrap_or_default(),
        commission_rate: rate(1, "commission rate")?,
        commission_ceiling: rate(2, "commission ceiling")?,
        tokens_per_share: message
            .string(6)
            .and_then(|shares| compute_tokens_per_share_floor(tokens, &shares)),
    })
}

#[cfg(test)]
mod tests {
    use anybuf::Anybuf;
    use cosmwasm_std::Uint128;

    use super::*;

    fn answer(operator: &str, status: i32, tokens: &str, rate: &str) -> Vec<u8> {
        let rates = Anybuf::new()
            .append_string(1, rate)
            .append_string(2, "200000000000000000");
        let commission = Anybuf::new().append_message(1, &rates);
        let validator = Anybuf::new()
            .append_string(1, operator)
            .append_bool(3, status != BOND_STATUS_BONDED)
            .append_int32(4, status)
            .append_string(5, tokens)
            .append_string(6, "2469135780000000000000000000")
            .append_message(10, &commission);
        Anybuf::new().append_message(1, &validator).into_vec()
    }

    #[test]
    fn a_validator_is_read_field_by_field() {
        // a rate of 0.05 travels as 5 x 10^16
        let answer = answer("valoper1", 3, "1234567890", "50000000000000000");
        assert_eq!(
            parse_validator_answer("valoper1", &answer),
            Ok(ValidatorPower {
                tokens: Uint128::new(1_234_567_890),
                status: BondStatus::Bonded,
                is_jailed: false,
                commission_rate: Decimal::percent(5),
                commission_ceiling: Decimal::percent(20),
                tokens_per_share: Some(Decimal::percent(50)),
            })
        );
    }

    #[test]
    fn every_status_is_told() {
        for (number, status) in [
            (0, BondStatus::Unbonded),
            (1, BondStatus::Unbonded),
            (2, BondStatus::Unbonding),
            (3, BondStatus::Bonded),
        ] {
            let answer = answer("valoper1", number, "1", "0");
            let power = parse_validator_answer("valoper1", &answer);
            assert_eq!(power.map(|power| power.status), Ok(status), "{number}");
        }
    }

    #[test]
    fn nonsense_is_an_error_that_names_the_field() {
        let field = |answer: &[u8]| match parse_validator_answer("valoper1", answer) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        };
        assert!(field(&[0xff]).contains("protobuf of valoper1"));
        // an empty answer decodes, to a validator without an address
        assert!(field(&[]).contains("operator address of valoper1"));
        assert!(field(&answer("valoper2", 3, "1", "0")).contains("operator address of valoper1"));
        assert!(field(&answer("valoper1", 3, "-1", "0")).contains("tokens of valoper1"));
        assert!(field(&answer("valoper1", 3, "1", "0.05")).contains("commission rate of valoper1"));
    }
}
