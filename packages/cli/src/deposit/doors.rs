//! Why a vault would refuse a deposit, told before anything is signed.

use cosmwasm_std::{Decimal, Uint128};
use defenders_types::{BrakeResponse, HealthResponse, QueryMsg, TotalsResponse};

use crate::proposal::tell_time;
use crate::session::{SessionError, Vault};
use crate::terminal::{Unit, percent};

/// What it goes by.
pub struct Doors {
    /// Its book.
    pub totals: TotalsResponse,
    /// Its health.
    pub health: HealthResponse,
    /// The guardian's brake.
    pub brake: BrakeResponse,
    /// The chain's time, seconds.
    pub now: u64,
}

impl Doors {
    /// Asks the vault.
    pub fn read(vault: &Vault<'_>, now: u64) -> Result<Self, SessionError> {
        Ok(Self {
            totals: vault.ask(&QueryMsg::Totals {})?,
            health: vault.ask(&QueryMsg::Health {})?,
            brake: vault.ask(&QueryMsg::Brake {})?,
            now,
        })
    }

    /// Why it would refuse so many tokens, with what to do.
    pub fn find_refusal(&self, tokens: u128, unit: &Unit) -> Option<String> {
        if let Some(until) = self.brake.until.filter(|until| *until > self.now) {
            return Some(format!(
                "the guardian has put the brake on until {}: no deposits until then; withdrawals go on",
                tell_time(until)
            ));
        }
        if !self.health.is_own_admin {
            return Some(
                "deposits are closed: the chain does not show that nobody but the vault may replace its code; they \
                 open with the first refresh that finds it so"
                    .to_string(),
            );
        }
        if let Some(doubt) = &self.totals.doubt {
            return Some(format!(
                "the vault doubts its book since {}: the chain has shown {} of {}; deposits are refused until a sync \
                 reads it again",
                tell_time(doubt.since),
                unit.tell(doubt.shown.u128()),
                unit.tell(self.totals.bonded.u128())
            ));
        }
        if self.totals.total_assets.is_zero() {
            return Some(
                "the vault has lost everything: its shares are worth nothing, and no new ones are made"
                    .to_string(),
            );
        }
        self.find_full(tokens, unit)
            .or_else(|| self.find_too_large(tokens, unit))
    }

    /// No place below the validators' caps.
    fn find_full(&self, tokens: u128, unit: &Unit) -> Option<String> {
        let totals = &self.totals;
        let idle = totals.idle.u128().saturating_add(tokens);
        let total = (totals.bonded.u128())
            .saturating_add(idle.saturating_sub(totals.reserve.u128()))
            .saturating_add(totals.restaking.u128());
        let capacity = totals.capacity.u128();
        if total <= capacity {
            return None;
        }
        let left = capacity.saturating_sub(total.saturating_sub(tokens));
        Some(match (totals.refreshed_at, left) {
            (None, _) => "deposits are closed until the first refresh of the list".to_string(),
            (Some(_), 0) => format!(
                "the listed validators are full: together they take at most {}",
                unit.tell(capacity)
            ),
            (Some(_), left) => format!(
                "the listed validators take {} more, and not {}",
                unit.tell(left),
                unit.tell(tokens)
            ),
        })
    }

    /// The vault would be too large a part of its chain.
    fn find_too_large(&self, tokens: u128, unit: &Unit) -> Option<String> {
        let share = self.share_with(tokens);
        (share >= self.health.hard_limit).then(|| {
            format!(
                "with {} more the vault would have {} of all stake, and it refuses deposits from {} on",
                unit.tell(tokens),
                percent(&share.to_string()),
                percent(&self.health.hard_limit.to_string())
            )
        })
    }

    /// What it takes with a warning.
    pub fn find_warning(&self, tokens: u128) -> Option<String> {
        let share = self.share_with(tokens);
        (share >= self.health.soft_limit).then(|| {
            format!(
                "the vault would have {} of all stake; it warns from {} on, and refuses deposits from {} on",
                percent(&share.to_string()),
                percent(&self.health.soft_limit.to_string()),
                percent(&self.health.hard_limit.to_string())
            )
        })
    }

    /// The vault's part of all bonded stake with so many tokens more.
    fn share_with(&self, tokens: u128) -> Decimal {
        let totals = &self.totals;
        let vault = [totals.bonded, totals.idle, totals.restaking]
            .into_iter()
            .fold(Uint128::new(tokens), Uint128::saturating_add);
        let all = vault.saturating_add(totals.external_bonded);
        Decimal::checked_from_ratio(vault, all).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A vault of 100 beside 900 of others that takes 200, with changes.
    fn doors(change: impl Fn(&mut Value)) -> Doors {
        let mut all = json!({
            "totals": {
                "total_assets": "100", "bonded": "80", "idle": "10", "restaking": "10",
                "restaking_at_marks": "10", "marked_down": "0", "locked_profit": "0", "unbonding": "0",
                "claimable": "0", "awaiting_settlement": "0", "fees_owed": "0", "reserve": "5",
                "total_shares": "100", "seed_shares": "1", "escrow_shares": "0", "capacity": "200",
                "external_bonded": "900", "synced_at": 1, "doubt": null, "refreshed_at": 1,
                "powers_stale": false, "vault_share_cap_in_force": "0.1",
            },
            "health": {
                "total_assets": "100", "evacuable": "80", "locked": "0", "locked_until": null,
                "budgets": {
                    "epoch": 1, "ends_at": 2, "worth": "100", "quality_left": "1", "emergency_left": "1",
                    "by_owner_left": "1",
                },
                "unplaced": "0", "unplaced_because": null, "least_slack": null, "book_age": 0,
                "powers_age": 0, "powers_stale": false, "suspect": null, "is_own_admin": true,
                "chain_share": "0.1", "soft_limit": "0.16", "hard_limit": "0.22", "ticks_a_day": 6,
            },
            "brake": { "guardian": null, "until": null, "is_armed": false },
        });
        change(&mut all);
        let mut part = |name: &str| all[name].take().to_string();
        Doors {
            totals: serde_json::from_str(&part("totals")).unwrap(),
            health: serde_json::from_str(&part("health")).unwrap(),
            brake: serde_json::from_str(&part("brake")).unwrap(),
            now: 1_000,
        }
    }

    fn refusal(doors: &Doors, tokens: u128) -> String {
        doors
            .find_refusal(tokens, &Unit::new(None, false))
            .unwrap_or_default()
    }

    #[test]
    fn an_open_vault_takes_what_fits_to_the_last_unit() {
        // 80 bonded, 5 of idle above the reserve, 10 on their way back: 105 fit below 200
        let doors = doors(|all| all["totals"]["external_bonded"] = json!("9000"));
        assert_eq!(refusal(&doors, 105), "");
        assert_eq!(
            refusal(&doors, 106),
            "the listed validators take 105 base units more, and not 106 base units"
        );
    }

    #[test]
    fn each_closed_door_says_why_and_until_when() {
        let brake = doors(|all| all["brake"]["until"] = json!(1_700_000_000));
        assert!(refusal(&brake, 1).contains("2023-11-14T22:13:20Z"));
        let ended = doors(|all| all["brake"]["until"] = json!(1_000));
        assert_eq!(refusal(&ended, 1), "");
        let admin = doors(|all| all["health"]["is_own_admin"] = json!(false));
        assert!(refusal(&admin, 1).starts_with("deposits are closed"));
        let doubt = doors(|all| {
            all["totals"]["doubt"] = json!({ "height": 7, "since": 60, "shown": "20" });
        });
        assert!(refusal(&doubt, 1).contains("20 base units of 80 base units"));
        let worthless = doors(|all| all["totals"]["total_assets"] = json!("0"));
        assert!(refusal(&worthless, 1).contains("worth nothing"));
        let new = doors(|all| {
            all["totals"]["refreshed_at"] = json!(null);
            all["totals"]["capacity"] = json!("0");
        });
        assert!(refusal(&new, 1).contains("first refresh"));
        let full = doors(|all| all["totals"]["capacity"] = json!("95"));
        assert!(refusal(&full, 1).contains("are full"));
    }

    #[test]
    fn the_self_limit_counts_the_deposit_and_warns_before_it_refuses() {
        let doors = doors(|all| all["totals"]["capacity"] = json!("100000"));
        // (100 + 71) / 1071 is below 16 %, (100 + 72) / 1072 is not
        assert_eq!(doors.find_warning(71), None);
        assert!(doors.find_warning(72).is_some());
        // (100 + 153) / 1153 is below 22 %, (100 + 154) / 1154 is not
        assert_eq!(refusal(&doors, 153), "");
        assert!(refusal(&doors, 154).contains("22 %"));
    }
}
