//! `plan {}` is the tick: what it tells of the next block is what `tick {}` does there.

use cosmwasm_std::{Event, Uint128};
use defenders_types::{PlanResponse, PlannedMessage};

use crate::chain::{Outcome, TxResult};
use crate::event::{number, text, value};
use crate::suite::Suite;
use crate::units::BLOCK;

/// The vault's words when no job is due.
const NOTHING_DUE: &str = "nothing is due";

impl Suite {
    /// Asks for the plan of the next block, ticks there, and compares: job, moves, and every message to the
    /// chain. A tick that the chain stops, or in whose block it changes the vault's stake before, is not
    /// compared.
    pub fn tick_as_planned(&mut self) -> TxResult {
        let plan = self.plan(BLOCK);
        // the simulated chain pays at the beginning of the next block what a real one has paid by now
        let now = self.chain.time();
        let entries = self.chain.unbonding_entries(&self.vault);
        let is_paying = entries.iter().any(|entry| entry.completion_time <= now);
        let result = self.try_tick(None);
        match &result {
            _ if is_paying => {}
            Ok(outcome) => compare(&plan, outcome),
            Err(refusal) if refusal.says(NOTHING_DUE) => assert_eq!(plan.job, None, "{plan:#?}"),
            Err(_) => {}
        }
        result
    }
}

fn compare(plan: &PlanResponse, outcome: &Outcome) {
    let events = outcome.vault_events();
    let mut synced = events.iter().filter(|event| event.ty == "vault/synced");
    if synced.any(|event| number(event, "lost") + number(event, "gained") > 0) {
        return;
    }
    let job = plan.job.map(|job| job.as_str().to_owned());
    let ticked = &outcome.named("ticked")[0];
    assert_eq!(job, Some(text(ticked, "job")), "{plan:#?}\n{events:#?}");

    let mut told: Vec<String> = events.iter().filter_map(tell).collect();
    let mut planned: Vec<String> = plan.messages.iter().filter_map(tell_planned).collect();
    told.sort();
    planned.sort();
    assert_eq!(planned, told, "{plan:#?}\n{events:#?}");

    let is_reward =
        |message: &&PlannedMessage| matches!(message, PlannedMessage::WithdrawRewards { .. });
    let asked = plan.messages.iter().filter(is_reward).count() as u128;
    let withdrawn = outcome.named("rewards_withdrawn");
    let withdrawn: u128 = withdrawn
        .iter()
        .map(|event| number(event, "validators"))
        .sum();
    assert_eq!(asked, withdrawn, "{plan:#?}\n{events:#?}");

    let moves = plan.moves.iter().map(|planned| match &planned.destination {
        Some(destination) => redelegate(&planned.source, destination, planned.tokens),
        None => undelegate(&planned.source, planned.tokens),
    });
    let mut moves: Vec<String> = moves.collect();
    moves.sort();
    if outcome.emits("rebalanced") {
        let dropped: u128 = outcome
            .named("rebalanced")
            .iter()
            .map(|event| number(event, "dropped"))
            .sum();
        if dropped == 0 {
            assert_eq!(moves, told, "{plan:#?}\n{events:#?}");
        }
    }
}

/// A message by the event that tells of it, or of its refusal.
fn tell(event: &Event) -> Option<String> {
    let tokens = || Uint128::new(number(event, "tokens"));
    match event.ty.as_str() {
        "vault/delegated" => Some(delegate(&text(event, "validator"), tokens())),
        "vault/undelegated" => Some(undelegate(&text(event, "validator"), tokens())),
        "vault/redelegated" => Some(redelegate(
            &text(event, "source"),
            &text(event, "destination"),
            tokens(),
        )),
        "vault/refused" => match text(event, "message").as_str() {
            "undelegate" => Some(undelegate(&text(event, "validator"), tokens())),
            "redelegate" => {
                let destination = value(event, "destination").unwrap_or_default();
                Some(redelegate(
                    &text(event, "validator"),
                    &destination,
                    tokens(),
                ))
            }
            _ => None,
        },
        _ => None,
    }
}

fn tell_planned(message: &PlannedMessage) -> Option<String> {
    match message {
        PlannedMessage::Delegate { validator, tokens } => Some(delegate(validator, *tokens)),
        PlannedMessage::Undelegate { validator, tokens } => Some(undelegate(validator, *tokens)),
        PlannedMessage::Redelegate {
            source,
            destination,
            tokens,
        } => Some(redelegate(source, destination, *tokens)),
        _ => None,
    }
}

fn delegate(validator: &str, tokens: Uint128) -> String {
    format!("delegate {tokens} to {validator}")
}

fn undelegate(validator: &str, tokens: Uint128) -> String {
    format!("undelegate {tokens} from {validator}")
}

fn redelegate(source: &str, destination: &str, tokens: Uint128) -> String {
    format!("redelegate {tokens} from {source} to {destination}")
}
