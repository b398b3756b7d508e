//! The validators of allocation's own benchmark: few large ones and many small ones, amounts up to 10^27.

use cosmwasm_std::{Decimal, StdError, StdResult};
use defenders_allocation::{
    compute_plan, compute_plan_rows, Departure, Group, Groups, PlanInput, PlanLimits, PlanRows,
    Policy, Snapshot, Standing, Validator, DEFAULT_MAX_ENTRIES, LEAST_REDELEGATION,
};

use crate::message::{Answer, QueryMsg};

/// Tokens of the largest.
const MOST: u128 = 1_000_000_000_000_000_000_000_000_000;

/// 10^27 / rank. The vault has a tenth of each, and somewhat more of every third; the first is left.
fn validators(count: u128) -> Vec<Validator> {
    let validators = (0..count).map(|i| {
        let size = MOST.checked_div(i.saturating_add(1)).unwrap_or_default();
        let part = if i % 3 == 0 { 5 } else { 10 };
        let delegated = size.checked_div(part).unwrap_or_default();
        let place = i.saturating_mul(7).checked_rem(count).unwrap_or_default();
        let address = format!("cosmosvaloper1{place:030}");
        let mut validator = Validator::eligible(address, size, delegated);
        if i == 0 {
            validator.standing = Standing::Leaving(Departure::Drained);
        }
        validator
    });
    validators.collect()
}

fn groups(validators: usize, count: usize) -> StdResult<Groups> {
    let list = (0..count).map(|g| Group {
        name: format!("host{g:02}"),
        cap: Decimal::percent(25),
        members: (g..validators).step_by(count.max(1)).collect(),
    });
    Groups::new(validators, list.collect()).map_err(refused)
}

/// As often as asked; each time by another total, so that nothing can be computed once for all.
pub fn run(msg: &QueryMsg) -> StdResult<Answer> {
    let validators = validators(msg.validators.into());
    let groups = groups(validators.len(), usize::try_from(msg.groups).unwrap_or(0))?;
    let sum = |part: fn(&Validator) -> u128| {
        let parts = validators.iter().map(part);
        parts.fold(0, u128::saturating_add)
    };
    let total = sum(|it| it.delegated);
    let bonded = total.saturating_add(sum(|it| it.external));
    let policy = Policy {
        vault_share_cap: Decimal::percent(10),
        chain_share_cap: Some(Decimal::percent(3)),
        match_cap: Some(Decimal::percent(50)),
        bond_factor: None,
        floor: Decimal::percent(25),
    };

    let mut last = PlanRows {
        rows: vec![],
        unplaced: 0,
    };
    for time in 0..u128::from(msg.targets) {
        let total = total.saturating_sub(time);
        let given = validators.clone();
        last = compute_plan_rows(total, total, bonded, &policy, given, &groups).map_err(refused)?;
    }
    let mut moves: u32 = 0;
    for time in 0..u128::from(msg.plans) {
        let base = total.saturating_sub(time);
        let plan = compute_plan(&PlanInput {
            base,
            snapshot: Snapshot::Trusted,
            rows: &last.rows,
            groups: &groups,
            live: &[],
            now: 100,
            limits: PlanLimits {
                quality_budget: base / 13,
                emergency_budget: base / 10,
                owner_budget: base / 20,
                max_moves: 6,
                min_move: base / 2_000,
                least_redelegation: LEAST_REDELEGATION,
                dead_band: base / 2_000,
                max_entries: DEFAULT_MAX_ENTRIES,
            },
        })
        .map_err(refused)?;
        moves = moves.saturating_add(u32::try_from(plan.moves.len()).unwrap_or(u32::MAX));
    }
    Ok(Answer { moves })
}

fn refused(error: impl ToString) -> StdError {
    StdError::generic_err(error.to_string())
}
