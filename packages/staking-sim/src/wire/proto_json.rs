//! Raw answers in proto-JSON: 64-bit integers and decimals are strings, times RFC 3339.

use cosmwasm_std::Binary;
use serde_json::{Value, json};

use super::raw_query::Answer;
use crate::address::compute_consensus_key;
use crate::dec18::Dec18;
use crate::params::Params;
use crate::slashing::compute_jailed_until_seconds;
use crate::store::{Signing, Status, ValidatorState};

/// The SDK's default of a parameter that has no effect here.
pub(super) const HISTORICAL_ENTRIES: u32 = 10_000;

/// The `Query…Response` message.
pub(super) fn encode(answer: &Answer) -> Vec<u8> {
    let value = match answer {
        Answer::Validator(validator) => json!({ "validator": encode_validator(validator) }),
        Answer::Params(params) => json!({ "params": encode_params(params) }),
        Answer::Pool { not_bonded, bonded } => json!({
            "pool": { "not_bonded_tokens": not_bonded, "bonded_tokens": bonded }
        }),
        Answer::SigningInfo {
            address,
            signing,
            validator,
        } => json!({
            "val_signing_info": encode_signing_info(address, signing, validator)
        }),
    };
    value.to_string().into_bytes()
}

fn encode_validator(validator: &ValidatorState) -> Value {
    let status = match validator.status {
        Status::Unbonded => "BOND_STATUS_UNBONDED",
        Status::Unbonding => "BOND_STATUS_UNBONDING",
        Status::Bonded => "BOND_STATUS_BONDED",
    };
    let key = Binary::from(compute_consensus_key(&validator.operator));
    let text = |rate| Dec18::from(rate).to_string();
    json!({
        "operator_address": validator.operator,
        "consensus_pubkey": { "@type": "/cosmos.crypto.ed25519.PubKey", "key": key },
        "jailed": validator.jailed,
        "status": status,
        "tokens": validator.tokens,
        "delegator_shares": validator.delegator_shares.to_string(),
        "description": {
            "moniker": "", "identity": "", "website": "", "security_contact": "", "details": ""
        },
        "unbonding_height": validator.unbonding_height.to_string(),
        "unbonding_time": format_rfc3339(
            validator.unbonding_time.seconds(),
            validator.unbonding_time.subsec_nanos(),
        ),
        "commission": {
            "commission_rates": {
                "rate": text(validator.commission_rate),
                "max_rate": text(validator.max_commission_rate),
                "max_change_rate": text(validator.max_change_rate),
            },
            "update_time": format_rfc3339(0, 0),
        },
        "min_self_delegation": validator.min_self_delegation,
        "unbonding_on_hold_ref_count": "0",
        "unbonding_ids": [],
    })
}

fn encode_params(params: &Params) -> Value {
    json!({
        "unbonding_time": format!("{}s", params.unbonding_time),
        "max_validators": params.max_validators,
        "max_entries": params.max_entries,
        "historical_entries": HISTORICAL_ENTRIES,
        "bond_denom": params.bond_denom,
        "min_commission_rate": Dec18::zero().to_string(),
    })
}

fn encode_signing_info(address: &str, signing: &Signing, validator: &ValidatorState) -> Value {
    let jailed_until = compute_jailed_until_seconds(validator.jailed_until);
    json!({
        "address": address,
        "start_height": signing.start_height.to_string(),
        "index_offset": signing.index_offset.to_string(),
        "jailed_until": format_rfc3339(jailed_until, 0),
        "tombstoned": validator.tombstoned,
        "missed_blocks_counter": signing.missed.len().to_string(),
    })
}

/// UTC, with as many groups of three decimals as needed.
fn format_rfc3339(seconds: u64, nanos: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = compute_civil_date(days);
    let fraction = match nanos {
        0 => String::new(),
        n if n % 1_000_000 == 0 => format!(".{:03}", n / 1_000_000),
        n if n % 1_000 == 0 => format!(".{:06}", n / 1_000),
        n => format!(".{n:09}"),
    };
    let (hour, minute, second) = (rest / 3_600, rest % 3_600 / 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// Days since 1970-01-01 as a date, counting years from March
/// (Hinnant, "chrono-compatible low-level date algorithms").
fn compute_civil_date(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_printed_as_the_chain_prints_them() {
        assert_eq!(format_rfc3339(0, 0), "1970-01-01T00:00:00Z");
        // 2024-02-29 is day 19 782 since 1970
        assert_eq!(
            format_rfc3339(19_782 * 86_400 + 3_661, 0),
            "2024-02-29T01:01:01Z"
        );
        assert_eq!(format_rfc3339(0, 500_000_000), "1970-01-01T00:00:00.500Z");
        assert_eq!(format_rfc3339(253_402_300_799, 0), "9999-12-31T23:59:59Z");
    }
}
