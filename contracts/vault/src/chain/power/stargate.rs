//! `/cosmos.staking.v1beta1.Query/Validator` as a Stargate query, which wasmd answers in proto-JSON:
//! integers and decimals are strings.

use cosmwasm_std::{Decimal, QuerierWrapper, QueryRequest, StdError, Uint128};
use defenders_allocation::BondStatus;
use defenders_json::message;

use super::validator_power::{compute_tokens_per_share_floor, ValidatorPower};
use super::{nonsense, request, QUERY_VALIDATOR};
use crate::chain::answers::query;
use crate::chain::read_error::ReadError;

message! {
    grows
    /// `QueryValidatorResponse`, as far as it is needed.
    struct Response {
        validator: Validator,
    }
}

message! {
    grows
    struct Validator {
        operator_address: String,
        jailed: Option<bool>,
        status: String,
        tokens: Uint128,
        delegator_shares: String,
        commission: CommissionOf,
    }
}

message! {
    grows
    struct CommissionOf {
        commission_rates: Rates,
    }
}

message! {
    grows
    struct Rates {
        rate: Decimal,
        max_rate: Decimal,
    }
}

/// Reads one validator.
///
/// # Errors
/// As [`super::query_power`].
pub fn query_power(querier: &QuerierWrapper, validator: &str) -> Result<ValidatorPower, ReadError> {
    // deprecated in favour of gRPC, which some chains do not let contracts use
    #[allow(deprecated)]
    let question = QueryRequest::Stargate {
        path: QUERY_VALIDATOR.to_owned(),
        data: request(validator),
    };
    let answer: Response = query(querier, question)?;
    power_of(validator, answer.validator).map_err(ReadError::new)
}

fn power_of(validator: &str, answer: Validator) -> Result<ValidatorPower, StdError> {
    if answer.operator_address != validator {
        return Err(nonsense(validator, "operator address"));
    }
    let shares_atomics = atomics_of(&answer.delegator_shares);
    let tokens = answer.tokens.u128();
    Ok(ValidatorPower {
        tokens: answer.tokens,
        status: match answer.status.as_str() {
            "BOND_STATUS_BONDED" => BondStatus::Bonded,
            "BOND_STATUS_UNBONDING" => BondStatus::Unbonding,
            _ => BondStatus::Unbonded,
        },
        is_jailed: answer.jailed.unwrap_or_default(),
        commission_rate: answer.commission.commission_rates.rate,
        commission_ceiling: answer.commission.commission_rates.max_rate,
        tokens_per_share: shares_atomics
            .and_then(|shares| compute_tokens_per_share_floor(tokens, &shares)),
    })
}

/// The digits of a decimal as an integer of 18 decimals. `None`: it has other decimals.
fn atomics_of(decimal: &str) -> Option<String> {
    let (whole, decimals) = decimal.split_once('.')?;
    (decimals.len() == 18).then(|| [whole, decimals].concat())
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::from_json;

    use super::*;

    /// As wasmd answers.
    fn answer(operator: &str, status: &str, rate: &str) -> String {
        format!(
            r#"{{"validator":{{"operator_address":"{operator}","consensus_pubkey":{{"@type":"/cosmos.crypto.ed25519.PubKey","key":"AA=="}},"jailed":true,"status":"{status}","tokens":"1234567890","delegator_shares":"2469135780.000000000000000000","description":{{"moniker":"ä \"x\"","identity":"","website":"","security_contact":"","details":""}},"unbonding_height":"7","unbonding_time":"1970-01-01T00:00:00Z","commission":{{"commission_rates":{{"rate":"{rate}","max_rate":"0.200000000000000000","max_change_rate":"0.010000000000000000"}},"update_time":"2024-01-01T00:00:00Z"}},"min_self_delegation":"1","unbonding_on_hold_ref_count":"0","unbonding_ids":["1"]}}}}"#
        )
    }

    fn parse(answer: &str) -> Result<ValidatorPower, StdError> {
        power_of("valoper1", from_json::<Response>(answer)?.validator)
    }

    #[test]
    fn a_validator_is_read_field_by_field() {
        let answer = answer("valoper1", "BOND_STATUS_UNBONDING", "0.050000000000000000");
        assert_eq!(
            parse(&answer),
            Ok(ValidatorPower {
                tokens: Uint128::new(1_234_567_890),
                status: BondStatus::Unbonding,
                is_jailed: true,
                commission_rate: Decimal::percent(5),
                commission_ceiling: Decimal::percent(20),
                tokens_per_share: Some(Decimal::percent(50)),
            })
        );
    }

    #[test]
    fn every_status_is_told() {
        for (text, status) in [
            ("BOND_STATUS_UNSPECIFIED", BondStatus::Unbonded),
            ("BOND_STATUS_UNBONDED", BondStatus::Unbonded),
            ("BOND_STATUS_UNBONDING", BondStatus::Unbonding),
            ("BOND_STATUS_BONDED", BondStatus::Bonded),
        ] {
            let power = parse(&answer("valoper1", text, "0.0"));
            assert_eq!(power.map(|power| power.status), Ok(status), "{text}");
        }
    }

    #[test]
    fn nonsense_is_an_error() {
        let other = answer("valoper2", "BOND_STATUS_BONDED", "0.0");
        let error = parse(&other).unwrap_err().to_string();
        assert!(error.contains("operator address of valoper1"), "{error}");
        assert!(parse(&answer("valoper1", "BOND_STATUS_BONDED", "x")).is_err());
        assert!(parse("{}").is_err());
        assert!(parse(r#"{"validator":null}"#).is_err());
    }

    #[test]
    fn shares_have_eighteen_decimals() {
        assert_eq!(
            atomics_of("3.000000000000000001").as_deref(),
            Some("3000000000000000001")
        );
        for other in ["3", "3.0", "", "."] {
            assert_eq!(atomics_of(other), None, "{other}");
        }
    }
}
