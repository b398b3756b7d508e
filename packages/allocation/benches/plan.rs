//! How long a plan takes, and who is inside the top third: 200 validators, 20 groups, amounts up to
//! 10^27.

// The macros of criterion write undocumented functions; a benchmark may fail loudly.
#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;

use cosmwasm_std::Decimal;
use criterion::{criterion_group, criterion_main, Criterion};
use defenders_allocation::{
    compute_plan, compute_plan_rows, compute_top_third_with_margins, Departure, Group, Groups,
    PlanInput, PlanLimits, Policy, Snapshot, Stake, Standing, Validator, DEFAULT_MAX_ENTRIES,
    LEAST_REDELEGATION,
};

const VALIDATORS: usize = 200;
const MOST: u128 = 1_000_000_000_000_000_000_000_000_000;

/// Few large ones and many small ones: 10^27 / rank. The vault has a tenth of each, and somewhat
/// more of every third; the first is left.
fn validators() -> Vec<Validator> {
    (0..VALIDATORS)
        .map(|i| {
            let size = MOST / (i as u128 + 1);
            let delegated = size / if i % 3 == 0 { 5 } else { 10 };
            let address = format!("cosmosvaloper1{:030}", i * 7 % VALIDATORS);
            let mut validator = Validator::eligible(address, size, delegated);
            if i == 0 {
                validator.standing = Standing::Leaving(Departure::Drained);
            }
            validator
        })
        .collect()
}

/// 20 hosts, each for every twentieth validator.
fn groups() -> Groups {
    let list = (0..20).map(|g| Group {
        name: format!("host{g:02}"),
        cap: Decimal::percent(25),
        members: (g..VALIDATORS).step_by(20).collect(),
    });
    Groups::new(VALIDATORS, list.collect()).expect("groups of these validators")
}

fn bench(criterion: &mut Criterion) {
    let policy = Policy {
        vault_share_cap: Decimal::percent(10),
        chain_share_cap: Some(Decimal::percent(3)),
        match_cap: Some(Decimal::percent(50)),
        bond_factor: None,
        floor: Decimal::percent(25),
    };
    let validators = validators();
    let total: u128 = validators.iter().map(|it| it.delegated).sum();
    let bonded = total + validators.iter().map(|it| it.external).sum::<u128>();
    let stakes: Vec<_> = validators
        .iter()
        .map(|it| Stake {
            validator: &it.address,
            tokens: it.external,
        })
        .collect();
    criterion.bench_function("top_third_of_200_validators", |bencher| {
        bencher.iter(|| compute_top_third_with_margins(black_box(bonded - total), &stakes));
    });

    let groups = groups();
    let rows = compute_plan_rows(total, total, bonded, &policy, validators.clone(), &groups);
    let rows = rows.expect("a rule with an answer").rows;
    let input = PlanInput {
        base: total,
        snapshot: Snapshot::Trusted,
        rows: &rows,
        groups: &groups,
        live: &[],
        now: 100,
        limits: PlanLimits {
            quality_budget: total * 75 / 1_000,
            emergency_budget: total / 10,
            owner_budget: total / 20,
            max_moves: 10,
            min_move: total / 2_000,
            least_redelegation: LEAST_REDELEGATION,
            dead_band: total / 2_000,
            max_entries: DEFAULT_MAX_ENTRIES,
        },
    };
    criterion.bench_function("plan_of_200_validators", |bencher| {
        bencher.iter(|| compute_plan(black_box(&input)));
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
