//! Settings to begin with.

use cosmwasm_std::Decimal;
use defenders_settings::Settings;
use defenders_types::{AllocationPolicy, FeePolicy, Parameters, PowerSource, DAY};

/// The defaults, with an attester and a guardian.
pub fn settings() -> Settings {
    Settings {
        policy: AllocationPolicy::default(),
        fee: FeePolicy {
            recipient: "fees".to_owned(),
            performance_fee_rate: Decimal::percent(10),
            keeper_bounty_share: Decimal::percent(10),
        },
        parameters: Parameters::default(),
        power_source: PowerSource::Attested {
            attester: Some("carol".to_owned()),
        },
        guardian: Some("guardian".to_owned()),
        exit_slack: 7 * DAY,
    }
}
