//! The report of a world at its end.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use cosmwasm_std::{Addr, Uint128};
use defenders_allocation as allocation;
use defenders_suite::Reader;
use defenders_types::{Change, ChangesResponse, QueryMsg, ValidatorInfo};
use serde_json::Value;
use staking_sim::Chain;

use super::args::Args;
use super::by_group::{compute_group_caps, compute_groups};
use super::by_rank::compute_ranks;
use super::concentration::{
    compute_after, compute_best, compute_best_ratio, compute_concentration,
};
use super::findings::{IdleRow, LeftOut, ListRow, NotEligibleRow};
use super::idle::compute_idle;
use super::report::{FlowsRow, InvariantsRow, Policy, Report, Status, ValidatorRow, VaultRow};
use super::signed::compute_yearly_rate;
use super::wishes::Wishes;
use super::world::World;
use crate::validator_set::SetValidator;
use crate::validator_set::source::NamedSet;

/// Reads everything. `not_deposited`: what depositors still want to deposit, tokens.
pub fn collect(
    args: &Args,
    set: &NamedSet,
    wishes: &Wishes,
    world: &World,
    not_deposited: u128,
) -> Result<Report> {
    let vault = &world.vault;
    let validators = collect_validators(&set.validators, world);
    let policy = collect_policy(vault)?;
    let rule = allocation::Policy {
        vault_share_cap: policy.vault_share_cap,
        chain_share_cap: policy.chain_share_cap,
        match_cap: policy.match_cap,
        bond_factor: None,
        floor: policy.floor,
    };
    let bonded_before = set.validators.iter().filter(|it| it.is_bonded());
    let stakes_before: Vec<u128> = bonded_before.map(|it| it.tokens.u128()).collect();
    let flows = &world.flows;
    let refusals = world.refusals.rows();
    let after = compute_after(&validators)?;
    let groups = compute_group_caps(&wishes.groups, &validators, &policy);
    let best = compute_best(&validators, &rule, compute_total(vault), &groups)?;
    Ok(Report {
        set: set.name.clone(),
        scenario: args.scenario,
        share: args.share,
        days: args.days,
        seed: args.seed,
        before: compute_concentration(&stakes_before)?,
        best_ratio: compute_best_ratio(&after, &best),
        after,
        best,
        moves: world.moves.rows.clone(),
        epochs: world.moves.epochs(),
        groups: compute_groups(&wishes.groups, &validators),
        by_rank: compute_ranks(&validators),
        list: collect_list(world),
        incidents: world.incidents.clone(),
        yearly_rate: compute_yearly_rate(vault.rate().tokens_per_share, args.days),
        idle: collect_idle(vault, &rule)?,
        not_deposited: not_deposited.into(),
        policy,
        validators,
        vault: collect_vault(vault),
        flows: FlowsRow {
            deposited: flows.deposited.into(),
            withdrawn: flows.withdrawn.into(),
            rewards: flows.rewards.into(),
            fees: flows.fees.into(),
            slashed: flows.slashed().to_string(),
            refused: refusals.iter().map(|row| row.deposits).sum(),
        },
        refusals,
        messages: flows.messages.clone(),
        invariants: InvariantsRow {
            checked: world.checks.checked,
            violated: world.checks.violated,
        },
    })
}

/// What the vault places, tokens: delegated, or waiting for it.
fn compute_total(vault: &Reader<Chain>) -> u128 {
    let totals = vault.totals();
    let all = totals.bonded + totals.restaking + totals.idle;
    all.saturating_sub(totals.reserve).u128()
}

/// Who is listed, and why some of them get nothing.
fn collect_list(world: &World) -> ListRow {
    let infos = world.vault.validator_infos().into_iter();
    let not_eligible = infos.filter(|info| info.listed).filter_map(|info| {
        Some(NotEligibleRow {
            reason: info.exclusion?,
            validator: info.validator,
        })
    });
    ListRow {
        not_eligible: not_eligible.collect(),
        ..world.list.clone()
    }
}

/// What is idle, and which caps are the reason.
fn collect_idle(vault: &Reader<Chain>, rule: &allocation::Policy) -> Result<IdleRow> {
    let (totals, infos) = (vault.totals(), vault.validator_infos());
    let candidates: Vec<allocation::Validator> = infos
        .iter()
        .map(|info| allocation::Validator {
            address: info.validator.clone(),
            external: info.external.unwrap_or_default().u128(),
            delegated: info.delegated.u128(),
            standing: allocation::Standing::eligible_if(info.exclusion.is_none()),
            ..allocation::Validator::default()
        })
        .collect();
    let total_bonded = (totals.external_bonded + totals.bonded).u128();
    let caps = allocation::compute_caps(compute_total(vault), total_bonded, rule, &candidates)?;
    let min_delegation = vault.config().parameters.min_delegation;
    Ok(compute_idle(&totals, &infos, &caps, min_delegation))
}

/// Whom the owner has listed, and who waits for that.
fn collect_waiting(vault: &Reader<Chain>) -> BTreeSet<String> {
    let told: ChangesResponse = vault.query(&QueryMsg::Changes {});
    let changes = told.changes.into_iter();
    let lists = changes.filter_map(|info| match info.change {
        Change::Listings { validators } => Some(validators),
        _ => None,
    });
    lists.flatten().map(|listing| listing.validator).collect()
}

fn collect_validators(set: &[SetValidator], world: &World) -> Vec<ValidatorRow> {
    let vault = &world.vault;
    let infos = vault.validator_infos().into_iter();
    let known: BTreeMap<String, ValidatorInfo> =
        infos.map(|info| (info.validator.clone(), info)).collect();
    let delegations = vault.chain.delegations(&Addr::unchecked(&vault.vault));
    let delegations: BTreeMap<String, Uint128> = delegations.into_iter().collect();
    let waiting = collect_waiting(vault);
    let row = |validator: &SetValidator| {
        let operator = &validator.operator;
        let delegated = delegations.get(operator).copied().unwrap_or_default();
        // the chain forgets a validator that has lost everything
        let state = vault.chain.validator(operator);
        let state = state.as_ref();
        ValidatorRow {
            validator: operator.clone(),
            name: validator.name.clone(),
            left_out: match waiting.contains(operator) {
                true => Some(LeftOut::Waits),
                false => world.left_out.get(operator).copied(),
            },
            was_bonded: validator.is_bonded(),
            before: validator.tokens,
            external: state
                .map(|state| state.tokens.saturating_sub(delegated))
                .unwrap_or_default(),
            delegated,
            status: state.map_or(Status::Unbonded, |state| state.status.into()),
            // those outside the set are jailed on the embedded chain to keep them there
            target: known.get(operator).map(|info| info.target),
            jailed: match validator.is_bonded() || world.entered.contains(operator) {
                true => state.is_some_and(|state| state.jailed),
                false => validator.jailed,
            },
            tombstoned: state.is_some_and(|state| state.tombstoned),
            commission: state.map_or(validator.commission_rate, |state| state.commission_rate),
            listed: known.get(operator).is_some_and(|info| info.listed),
        }
    };
    set.iter().map(row).collect()
}

impl From<staking_sim::Status> for Status {
    fn from(status: staking_sim::Status) -> Self {
        match status {
            staking_sim::Status::Bonded => Status::Bonded,
            staking_sim::Status::Unbonding => Status::Unbonding,
            staking_sim::Status::Unbonded => Status::Unbonded,
        }
    }
}

/// Parameters that this vault may not have yet: null then.
const BUDGETS: [&str; 3] = ["turnover_quality", "turnover_emergency", "max_moves"];

fn collect_policy(vault: &Reader<Chain>) -> Result<Policy> {
    let config = vault.config();
    let parameters = serde_json::to_value(&config.parameters)?;
    let mut parameters = parameters.as_object().cloned().unwrap_or_default();
    for name in BUDGETS {
        parameters.entry(name).or_insert(Value::Null);
    }
    Ok(Policy {
        vault_share_cap: vault.totals().vault_share_cap_in_force,
        chain_share_cap: config.policy.chain_share_cap,
        match_cap: config.policy.match_cap,
        floor: config.policy.floor,
        declared_cap: None,
        bond_cap: config.policy.bond_factor,
        operator_group_cap: Some(config.policy.operator_cap),
        provider_group_cap: Some(config.policy.hosting_cap),
        jurisdiction_group_cap: Some(config.policy.jurisdiction_cap),
        max_commission_rate: config.policy.max_commission_rate,
        self_limit_warning: config.self_limit_warning,
        self_limit: config.self_limit,
        performance_fee_rate: config.fee.performance_fee_rate,
        keeper_bounty_share: config.fee.keeper_bounty_share,
        unbonding_time: config.unbonding_time,
        parameters,
    })
}

fn collect_vault(vault: &Reader<Chain>) -> VaultRow {
    let totals = vault.totals();
    VaultRow {
        total_assets: totals.total_assets,
        bonded: totals.bonded,
        idle: totals.idle,
        restaking: totals.restaking,
        marked_down: totals.marked_down,
        locked_profit: totals.locked_profit,
        unbonding: totals.unbonding,
        claimable: totals.claimable,
        held: totals.awaiting_settlement,
        total_shares: totals.total_shares,
        tokens_per_share: vault.rate().tokens_per_share,
    }
}
