//! How long the target rule takes: 300 validators, amounts up to 10^27, no groups, 40 groups as
//! chains have them, and 40 groups that overlap as badly as they can.

// The macros of criterion write undocumented functions; a benchmark may fail loudly.
#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;

use cosmwasm_std::Decimal;
use criterion::{criterion_group, criterion_main, Criterion};
use defenders_allocation::{compute_targets, Group, Groups, Limits, Policy, Standing, Validator};

const VALIDATORS: usize = 300;
const MOST: u128 = 1_000_000_000_000_000_000_000_000_000;

/// Pseudo-random numbers below `bound`: the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, bound: u128) -> u128 {
        let mut draw = || {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
            self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
            u128::from(self.0 >> 32)
        };
        let wide = draw() << 96 | draw() << 64 | draw() << 32 | draw();
        wide % bound
    }
}

fn validators(dice: &mut Dice) -> Vec<Validator> {
    (0..VALIDATORS)
        .map(|i| {
            // Few large ones and many small ones: 10^27 / rank, give or take a half.
            let size = MOST / (i as u128 + 1);
            Validator {
                address: format!("cosmosvaloper1{:030}", i * 7 % VALIDATORS),
                external: size / 2 + dice.roll(size),
                limits: Limits {
                    self_bond: Some(size / 100 + dice.roll(size / 10)),
                    owner_max: None,
                    own_max: (dice.roll(10) == 0).then(|| dice.roll(size)),
                },
                standing: Standing::eligible_if(i >= 5),
                ..Validator::default()
            }
        })
        .collect()
}

fn policy() -> Policy {
    Policy {
        vault_share_cap: Decimal::percent(10),
        chain_share_cap: Some(Decimal::percent(3)),
        match_cap: Some(Decimal::percent(50)),
        bond_factor: Some(Decimal::percent(2_000)),
        floor: Decimal::percent(25),
    }
}

fn groups(list: Vec<(u128, Vec<usize>)>) -> Groups {
    let list = list
        .into_iter()
        .enumerate()
        .map(|(g, (cap, members))| Group {
            name: format!("group{g:02}"),
            cap: Decimal::from_ratio(cap, 1_000u128),
            members,
        });
    Groups::new(VALIDATORS, list.collect()).expect("groups of these validators")
}

/// 25 operators of up to four validators, 10 hosts, 5 jurisdictions: every validator has a host
/// and a jurisdiction.
fn usual_groups(dice: &mut Dice) -> Groups {
    let mut list = vec![(10, vec![]); 25];
    list.extend(vec![(80, vec![]); 10]);
    list.extend(vec![(200, vec![]); 5]);
    for validator in 0..VALIDATORS {
        if validator < 100 {
            list[validator / 4].1.push(validator);
        }
        list[25 + dice.roll(10) as usize].1.push(validator);
        list[35 + dice.roll(5) as usize].1.push(validator);
    }
    groups(list)
}

/// 40 groups of half of all validators each, which fill one after the other.
fn dense_groups(dice: &mut Dice) -> Groups {
    let half = |dice: &mut Dice| (0..VALIDATORS).filter(|_| dice.roll(2) == 0).collect();
    let list = (0..40).map(|g| (20 + g * 11, half(dice)));
    groups(list.collect())
}

fn bench(criterion: &mut Criterion) {
    let mut dice = Dice(7);
    let validators = validators(&mut dice);
    let total_bonded: u128 = validators.iter().map(|validator| validator.external).sum();
    let cases = [
        ("no_groups", Groups::NONE),
        ("40_groups", usual_groups(&mut dice)),
        ("40_dense_groups", dense_groups(&mut dice)),
    ];
    let policy = policy();
    let mut group = criterion.benchmark_group("targets_of_300_validators");
    for (name, groups) in &cases {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                let total = black_box(total_bonded / 10);
                compute_targets(total, total, total_bonded, &policy, &validators, groups)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
