//! The same random sequences of native staking, and of denoms that accounts make, on the model (`staking-sim`,
//! `token-factory-sim`) and on the real chain (`tests/wasmd`). After every block everything a client could read
//! of them is compared.
//!
//! `DIFFERENTIAL_CASES` (300) and `DIFFERENTIAL_STEPS` (48) say how much, `DIFFERENTIAL_SEED`
//! (0) where the seeds begin. A failure tells its seed and the steps up to the first difference.

// Whatever goes wrong here must fail the test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod denom_sides;
mod denom_step;
mod model;
mod model_view;
mod random;
mod real;
mod real_view;
mod setting;
mod step;
mod view;

use std::collections::BTreeMap;
use std::fmt::Write;

use model::Model;
use random::Random;
use real::{Made, Real};
use setting::Setting;
use step::{Op, Script, Step};

/// A message that makes the SDK panic, on the real chain and on the model.
const PANICKED: (&str, &str) = (
    "codespace: undefined, code: 111222",
    "codespace: undefined, code: 1",
);

/// Messages of denoms that some case must get done, if there are many.
const DONE: [&str; 5] = [
    "MsgCreateDenom",
    "MsgMint",
    "MsgBurn",
    "MsgChangeAdmin",
    "MsgSetDenomMetadata",
];

/// What a case came to.
#[derive(Default)]
struct Tally {
    steps: u64,
    /// Messages by what they led to on both chains.
    results: BTreeMap<String, u64>,
    /// The same of a token factory's messages, by message.
    of_denoms: BTreeMap<(&'static str, String), u64>,
    /// Cases that ended early because the real chain halted.
    halted: Vec<String>,
}

impl Tally {
    fn count(&mut self, op: &Op, result: &str) {
        let code = result.lines().next().unwrap_or_default().to_owned();
        let count = match op {
            Op::Denom(deed) => self.of_denoms.entry((deed.name(), code)).or_default(),
            _ => self.results.entry(code).or_default(),
        };
        *count += 1;
    }
}

fn number(variable: &str, default: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text.parse().unwrap(),
        Err(_) => default,
    }
}

#[test]
fn model_and_real_chain_agree_after_every_block() {
    let (cases, steps) = (
        number("DIFFERENTIAL_CASES", 300),
        number("DIFFERENTIAL_STEPS", 48),
    );
    let first = number("DIFFERENTIAL_SEED", 0);
    let mut tally = Tally::default();
    let mut failures = vec![];
    for seed in first..first + cases {
        if let Err(failure) = play(seed, steps, &mut tally) {
            failures.push(failure);
        }
    }
    println!(
        "{cases} cases, {} steps, messages {:#?}, of denoms {:#?}, cases ended by a halt {:#?}",
        tally.steps, tally.results, tally.of_denoms, tally.halted,
    );
    for name in DONE {
        let is_done = tally.of_denoms.contains_key(&(name, "done".into()));
        assert!(is_done || cases < 100, "no {name} was taken");
    }
    let halted = tally.halted.len() as u64;
    assert!(
        halted * 20 <= cases,
        "{halted} of {cases} cases ended early"
    );
    assert!(
        failures.is_empty(),
        "{} of {cases} cases differ; the first:\n{}",
        failures.len(),
        failures[0]
    );
}

/// Plays one case until its end, a halt of the real chain, or the first difference.
fn play(seed: u64, steps: u64, tally: &mut Tally) -> Result<(), String> {
    let mut random = Random::new(seed);
    let setting = Setting::draw(&mut random);
    let real = Real::new(&format!("case-{seed}"), &setting);
    let mut model = Model::new(&setting, &real);
    let mut script = Script::new(random, &setting, &real, model.accounts.clone());
    let mut played: Vec<Step> = vec![];
    let mut found = view::differences(&real.view(), &model.view());
    while found.is_empty() && (played.len() as u64) < steps {
        let mut step = script.draw(&model.chain);
        let Some((expected, settled)) = make(&real, &mut step, seed, tally) else {
            return Ok(());
        };
        let results = model.make(&step, settled);
        script.observe(&model.chain, settled);
        tally.steps += 1;
        for (index, (expected, result)) in expected.iter().zip(&results).enumerate() {
            tally.count(&step.txs[index].op, expected);
            if expected != result && (expected.as_str(), result.as_str()) != PANICKED {
                let differs =
                    format!("transaction {index}\n    wasmd {expected}\n    model {result}");
                found.push(differs);
            }
        }
        found.extend(view::differences(&real.view(), &model.view()));
        played.push(step);
    }
    if found.is_empty() {
        return Ok(());
    }
    let mut told = format!("seed {seed}\n{setting:#?}\n");
    for (index, step) in played.iter().enumerate() {
        let _ = writeln!(told, "step {} {step:?}", index + 1); // writing to a string cannot fail
    }
    told += &found.join("\n");
    for (index, operator) in real.operators.iter().enumerate() {
        told = told.replace(operator, &format!("val-{index}"));
    }
    Err(told)
}

/// The real chain's block. Votes and evidence that no engine would hand in are left out; `None`
/// when the chain halts.
fn make(real: &Real, step: &mut Step, seed: u64, tally: &mut Tally) -> Option<(Vec<String>, u64)> {
    loop {
        match real.make(step) {
            Made::Block { results, settled } => return Some((results, settled)),
            Made::Refused { name, message } => match name.as_str() {
                "bad_evidence" => step.evidence.clear(),
                "nobody_votes" => step.absent.clear(),
                _ => {
                    tally.halted.push(format!("seed {seed}: {name}: {message}"));
                    return None;
                }
            },
        }
    }
}
