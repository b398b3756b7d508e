//! Deposits that the vault refused, and why.

use std::collections::BTreeMap;

use defenders_vault::error::ContractError;

use super::findings::{RefusalReason, RefusalRow};

/// Of the vault's refusals those that a depositor can live with.
fn reason_of(error: &ContractError) -> Option<RefusalReason> {
    match error {
        ContractError::NoCapacity { .. } => Some(RefusalReason::NoCapacity),
        ContractError::SelfLimit { .. } => Some(RefusalReason::SelfLimit),
        ContractError::ZeroShares { .. } => Some(RefusalReason::WorthNoShare),
        ContractError::WorthlessShares { .. } => Some(RefusalReason::WorthlessShares),
        _ => None,
    }
}

/// Refused deposits by reason.
#[derive(Clone, Debug, Default)]
pub struct Refusals(BTreeMap<RefusalReason, RefusalRow>);

impl Refusals {
    /// Books a refusal. `false` when it is none that a depositor can live with.
    pub fn book(&mut self, error: &anyhow::Error, day: u32) -> bool {
        let error: Option<&ContractError> = error.downcast_ref();
        let Some((error, reason)) = error.and_then(|error| Some((error, reason_of(error)?))) else {
            return false;
        };
        let row = self.0.entry(reason).or_insert_with(|| RefusalRow {
            reason,
            deposits: 0,
            first_day: day,
            last_day: day,
            last: String::new(),
        });
        row.deposits += 1;
        row.last_day = day;
        row.last = error.to_string();
        true
    }

    /// All of them.
    pub fn rows(&self) -> Vec<RefusalRow> {
        self.0.values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::{Decimal, Uint128};

    #[test]
    fn refusals_are_counted_by_reason_with_the_last_words() {
        let limit = |vault: u128| {
            anyhow::Error::from(ContractError::SelfLimit {
                vault: vault.into(),
                external: Uint128::new(70),
                limit: Decimal::percent(22),
            })
        };
        let mut refusals = Refusals::default();
        assert!(refusals.book(&limit(30), 3));
        assert!(refusals.book(&limit(20), 5));
        assert!(!refusals.book(&anyhow::anyhow!("something else"), 6));
        let rows = refusals.rows();
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].reason, rows[0].deposits),
            (RefusalReason::SelfLimit, 2)
        );
        assert_eq!((rows[0].first_day, rows[0].last_day), (3, 5));
        assert_eq!(
            rows[0].last,
            "the vault would hold 20 beside 70 of others, the limit is 0.22 of all"
        );
    }
}
