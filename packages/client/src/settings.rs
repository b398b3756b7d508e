//! The settings of a vault, beside their bounds and what waits to change them.

use defenders_settings::{Absence, Good, SettingName, Settings};
use defenders_types::{Change, ChangesResponse, ConfigResponse};
use serde::Serialize;

/// The settings that a vault answers.
pub fn to_settings(config: &ConfigResponse) -> Settings {
    Settings {
        policy: config.policy.clone(),
        fee: config.fee.clone(),
        parameters: config.parameters.clone(),
        power_source: config.power_source.clone(),
        guardian: config.guardian.clone(),
        exit_slack: config.exit_slack,
    }
}

/// A setting as it is in force. Values are as `propose_settings` takes them: shares and factors as decimals, periods in
/// seconds, tokens in base units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingRow {
    /// As in messages.
    pub name: &'static str,
    /// What it says, for people.
    pub what: &'static str,
    /// What it belongs to, in a word.
    pub group: &'static str,
    /// What its value counts, in a word.
    pub unit: &'static str,
    /// Its value; None where it is not set.
    pub value: Option<String>,
    /// The least and the most that a change may set; None where nothing is counted.
    pub bounds: Option<(String, String)>,
    /// Whether a change may leave it without a value.
    pub may_be_absent: bool,
    /// Whether it never changes.
    pub is_fixed: bool,
    /// The direction in which a change acts at once: `lower`, `higher`, `absent`, `none`.
    pub at_once: &'static str,
    /// Why.
    pub reason: &'static str,
    /// The change of it that waits.
    pub waits: Option<Waiting>,
}

/// A change of a setting that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// Its number.
    pub id: u64,
    /// The value then; None where it is not set.
    pub then: Option<String>,
    /// It can be carried out from then on, seconds.
    pub due_at: u64,
    /// And no longer from then on, seconds.
    pub expires_at: u64,
}

/// Every setting, in the order of the table. `now` is the block's time, seconds: what has expired does not wait.
pub fn compute_rows(
    config: &ConfigResponse,
    changes: &ChangesResponse,
    now: u64,
) -> Vec<SettingRow> {
    let settings = to_settings(config);
    let all = SettingName::ALL.iter();
    all.map(|name| compute_row(*name, &settings, changes, now))
        .collect()
}

fn compute_row(
    name: SettingName,
    settings: &Settings,
    changes: &ChangesResponse,
    now: u64,
) -> SettingRow {
    let row = name.row();
    let tell = |number: u128| defenders_settings::SettingValue::Number(number).tell(row.unit);
    let bounds = tell(row.bounds.least).zip(tell(row.bounds.most));
    let waits = changes.changes.iter().find_map(|info| match &info.change {
        Change::Setting {
            name: found, then, ..
        } if found == row.name && now < info.expires_at => Some(Waiting {
            id: info.id,
            then: then.clone(),
            due_at: info.due_at,
            expires_at: info.expires_at,
        }),
        _ => None,
    });
    SettingRow {
        name: row.name,
        what: name.what(),
        group: row.group.text(),
        unit: row.unit.text(),
        value: settings.get(name).tell(row.unit),
        bounds: bounds.filter(|_| row.unit.is_number()),
        may_be_absent: row.absence == Absence::Always,
        is_fixed: row.is_fixed,
        at_once: match row.good {
            Good::Lower => "lower",
            Good::Higher => "higher",
            Good::Absent => "absent",
            Good::Neither => "none",
        },
        reason: row.reason,
        waits,
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::Uint128;
    use defenders_types::{
        AllocationPolicy, ChangeInfo, DAY, FeePolicy, Parameters, PowerSource, Share,
    };

    use super::*;

    fn config() -> ConfigResponse {
        ConfigResponse {
            owner: "o".to_string(),
            denom: "u".to_string(),
            share: Share::Cw20 {},
            reward_pot: "p".to_string(),
            bonded_pool: "b".to_string(),
            unbonding_time: 21 * DAY,
            power_source: PowerSource::Rank { least_rank: 60 },
            fee: FeePolicy {
                recipient: "r".to_string(),
                performance_fee_rate: cosmwasm_std::Decimal::percent(5),
                keeper_bounty_share: cosmwasm_std::Decimal::percent(10),
            },
            policy: AllocationPolicy::default(),
            caps_not_in_force: vec![],
            parameters: Parameters::default(),
            guardian: None,
            exit_slack: 7 * DAY,
            seed_shares: Uint128::new(1),
            self_limit_warning: cosmwasm_std::Decimal::percent(16),
            self_limit: cosmwasm_std::Decimal::percent(22),
        }
    }

    fn waiting(expires_at: u64) -> ChangesResponse {
        ChangesResponse {
            exit_delay: 30 * DAY,
            has_depositors: true,
            changes: vec![ChangeInfo {
                id: 3,
                change: Change::Setting {
                    name: "performance_fee_rate".to_string(),
                    now: Some("0.05".to_string()),
                    then: Some("0.08".to_string()),
                },
                scheduled_at: 10,
                due_at: 20,
                expires_at,
            }],
        }
    }

    #[test]
    fn every_setting_has_a_row_with_value_bounds_and_what_waits() {
        let rows = compute_rows(&config(), &waiting(40), 39);
        assert_eq!(rows.len(), SettingName::ALL.len());
        let find = |name: &str| rows.iter().find(|row| row.name == name).unwrap();
        let fee = find("performance_fee_rate");
        assert_eq!(fee.value.as_deref(), Some("0.05"));
        assert_eq!(fee.bounds, Some(("0".to_string(), "0.1".to_string())));
        assert_eq!(fee.at_once, "lower");
        let waits = fee.waits.as_ref().unwrap();
        assert_eq!((waits.then.as_deref(), waits.due_at), (Some("0.08"), 20));
        assert_eq!(find("power_source").value.as_deref(), Some("rank:60"));
        let guardian = find("guardian");
        assert_eq!((guardian.value.as_deref(), &guardian.bounds), (None, &None));
        assert!(guardian.may_be_absent);
        assert!(find("minimum_seed").is_fixed);
        let later = compute_rows(&config(), &waiting(40), 40);
        assert!(later.iter().all(|row| row.waits.is_none()));
    }
}
