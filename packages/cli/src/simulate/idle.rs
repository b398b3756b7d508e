//! Why tokens of the vault are not delegated at the end.

use std::collections::BTreeMap;

use cosmwasm_std::Uint128;
use defenders_allocation::Cap;
use defenders_types::{TotalsResponse, ValidatorInfo};

use super::findings::{IdlePart, IdleReason, IdleRow};
use crate::targets::binding_name;

/// Splits what is idle by its reason. `caps`: of the eligible validators, in the order of `infos`,
/// all others having none.
pub fn compute_idle(
    totals: &TotalsResponse,
    infos: &[ValidatorInfo],
    caps: &[Cap],
    min_delegation: Uint128,
) -> IdleRow {
    let reserved = totals.reserve.min(totals.idle);
    let rest = totals.idle - reserved;
    let mut parts = Vec::new();
    let mut add = |reason, tokens: Uint128| {
        if !tokens.is_zero() {
            parts.push(IdlePart { reason, tokens });
        }
    };
    add(IdleReason::ReservedForWithdrawals, reserved);
    let eligible = infos.iter().zip(caps);
    let eligible = eligible.filter(|(info, _)| info.exclusion.is_none());
    let mut at_cap = BTreeMap::new();
    let (mut can_take, mut is_anybody) = (false, false);
    for (info, cap) in eligible {
        is_anybody = true;
        let headroom = Uint128::new(cap.tokens).saturating_sub(info.delegated);
        match headroom < min_delegation {
            true => *at_cap.entry(binding_name(cap.binding)).or_default() += 1,
            false => can_take = true,
        }
    }
    let reason = if !is_anybody {
        IdleReason::NobodyEligible
    } else if rest < min_delegation {
        IdleReason::BelowLeastDelegation
    } else if !can_take {
        IdleReason::CapsReached
    } else {
        IdleReason::NotYetInvested
    };
    add(reason, rest);
    IdleRow {
        tokens: totals.idle,
        parts,
        at_cap,
    }
}

/// A part of the idle tokens for a person.
pub fn tell_reason(row: &IdleRow, part: &IdlePart) -> String {
    match part.reason {
        IdleReason::ReservedForWithdrawals => {
            "kept for withdrawals that are being served".to_string()
        }
        IdleReason::NobodyEligible => "nobody on the list may be given stake".to_string(),
        IdleReason::BelowLeastDelegation => "less than the least delegation".to_string(),
        IdleReason::CapsReached => {
            let caps = row.at_cap.iter().map(|(cap, validators)| {
                let cap = cap.replace('_', " ");
                format!("{validators} at the {cap} cap")
            });
            let caps = caps.collect::<Vec<_>>().join(", ");
            format!("everybody has what the caps allow: {caps}")
        }
        IdleReason::NotYetInvested => "waits for the next investment".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::Decimal;
    use defenders_allocation::Binding;
    use defenders_types::Exclusion;

    fn totals(idle: u128, reserve: u128) -> TotalsResponse {
        let zero = Uint128::zero();
        TotalsResponse {
            total_assets: idle.into(),
            bonded: zero,
            idle: idle.into(),
            restaking: zero,
            restaking_at_marks: zero,
            marked_down: zero,
            locked_profit: zero,
            unbonding: zero,
            claimable: zero,
            awaiting_settlement: zero,
            fees_owed: zero,
            reserve: reserve.into(),
            total_shares: idle.into(),
            seed_shares: zero,
            escrow_shares: zero,
            capacity: zero,
            external_bonded: zero,
            synced_at: 0,
            doubt: None,
            refreshed_at: None,
            powers_stale: true,
            vault_share_cap_in_force: Decimal::percent(10),
        }
    }

    fn info(delegated: u128, exclusion: Option<Exclusion>) -> ValidatorInfo {
        ValidatorInfo {
            validator: "a".to_string(),
            delegated: delegated.into(),
            tokens: None,
            external: None,
            listed: true,
            exclusion,
            not_bonded_since: None,
            status: defenders_types::ValidatorStatus::Eligible,
            target: Uint128::zero(),
            cap: Uint128::zero(),
            binding: None,
            unbonding_entries: 0,
            retry_at: None,
            redelegation_locked_until: None,
            listing: None,
        }
    }

    const MATCH_100: Cap = Cap {
        tokens: 100,
        binding: Binding::Match,
    };

    /// The reasons of idle tokens beside one validator with a cap of 100 and a least delegation of 10.
    fn reasons(idle: u128, reserve: u128, info: ValidatorInfo) -> Vec<(IdleReason, u128)> {
        let row = compute_idle(
            &totals(idle, reserve),
            &[info],
            &[MATCH_100],
            Uint128::new(10),
        );
        let parts = row.parts.iter();
        parts
            .map(|part| (part.reason, part.tokens.u128()))
            .collect()
    }

    #[test]
    fn idle_tokens_are_split_by_reason() {
        use IdleReason::*;
        let jailed = Some(Exclusion::Jailed);
        assert_eq!(reasons(0, 0, info(0, None)), []);
        assert_eq!(reasons(50, 0, info(0, jailed)), [(NobodyEligible, 50)]);
        assert_eq!(reasons(9, 0, info(0, None)), [(BelowLeastDelegation, 9)]);
        assert_eq!(reasons(50, 0, info(91, None)), [(CapsReached, 50)]); // 9 left
        assert_eq!(reasons(50, 0, info(90, None)), [(NotYetInvested, 50)]);
        assert_eq!(
            reasons(50, 30, info(100, None)),
            [(ReservedForWithdrawals, 30), (CapsReached, 20)]
        );
        assert_eq!(
            reasons(50, 70, info(100, None)),
            [(ReservedForWithdrawals, 50)]
        );
    }

    #[test]
    fn caps_that_are_reached_are_counted() {
        let infos = [info(100, None), info(0, None), info(95, None)];
        let caps = [MATCH_100; 3];
        let row = compute_idle(&totals(50, 0), &infos, &caps, Uint128::new(10));
        assert_eq!(row.at_cap.into_iter().collect::<Vec<_>>(), [("match", 2)]);
    }
}
