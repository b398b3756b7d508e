//! Why tokens of the vault are not delegated at the end.

use cosmwasm_std::Uint128;
use defenders_allocation::{Binding, Cap};
use defenders_types::{TotalsResponse, ValidatorInfo};

use super::findings::{IdlePart, IdleReason, IdleRow};

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
    let eligible = infos
        .iter()
        .zip(caps)
        .filter(|(info, _)| info.exclusion.is_none());
    let headrooms = eligible.clone().map(|(info, cap)| headroom(info, cap));
    let reason = if eligible.clone().next().is_none() {
        IdleReason::NobodyEligible
    } else if rest < min_delegation {
        IdleReason::BelowLeastDelegation
    } else if headrooms.clone().all(|headroom| headroom < min_delegation) {
        IdleReason::CapsReached
    } else {
        IdleReason::NotYetInvested
    };
    add(reason, rest);
    let full = eligible.filter(|(info, cap)| headroom(info, cap) < min_delegation);
    let mut at_cap: Vec<(&'static str, usize)> = Vec::new();
    for (_, cap) in full {
        let name = binding_name(cap.binding);
        match at_cap.iter_mut().find(|(other, _)| *other == name) {
            Some((_, number)) => *number += 1,
            None => at_cap.push((name, 1)),
        }
    }
    at_cap.sort_unstable();
    IdleRow {
        tokens: totals.idle,
        parts,
        at_cap: at_cap.into_iter().collect(),
    }
}

fn headroom(info: &ValidatorInfo, cap: &Cap) -> Uint128 {
    Uint128::new(cap.tokens).saturating_sub(info.delegated)
}

fn binding_name(binding: Binding) -> &'static str {
    match binding {
        Binding::VaultShare => "vault_share",
        Binding::ChainShare => "chain_share",
        Binding::Match => "match",
        Binding::Declared => "declared",
        Binding::Bond => "bond",
        Binding::Group(_) => "group",
        Binding::None | Binding::Ineligible => "none",
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
