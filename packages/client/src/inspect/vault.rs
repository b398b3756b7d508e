//! Messages to the vault.

use defenders_types::ExecuteMsg;
use serde_json::Value;

use super::context::Context;
use super::effects::{EffectRow, tell_change};
use super::known::Known;
use super::report::MessageRow;
use super::upgrade::{self, Upgrade};
use super::warnings::Warnings;
use super::{addresses, listings, settings};
use crate::address::Prefix;
use crate::words::tell_time;

/// A `valid_until` further ahead than that protects nobody, days.
const MOST_VALID_DAYS: u64 = 90;

/// What becomes of a listing that waits: its change may list others too.
const TAKEN_OUT: &str = "taken out of";

/// Reads a message to the vault into its row.
pub fn read(message: &Value, row: &mut MessageRow, known: &Known, warnings: &mut Warnings) {
    let place = row.place.clone();
    let parsed: ExecuteMsg = match serde_json::from_value(message.clone()) {
        Ok(parsed) => parsed,
        Err(error) => {
            let error = error.to_string();
            // the names of all its messages would hide the one that is wrong
            let told = match error.split_once(", expected one of") {
                Some((told, _)) if told.starts_with("unknown variant") => told,
                _ => &error,
            };
            let told = format!("the vault does not take this message: {told}");
            return warnings.add(&place, "no_vault_message", told);
        }
    };
    let context = &known.context;
    match &parsed {
        ExecuteMsg::ProposeSettings { settings: all, .. } => {
            let rows = all.iter();
            row.effects = rows
                .map(|input| settings::read(&place, input, context, warnings))
                .collect();
        }
        ExecuteMsg::ListValidators { validators, .. } => {
            let rows = validators.iter();
            row.effects = rows
                .map(|input| {
                    let waiting = context.change_of_listing(&input.validator);
                    listings::read(input, context).replacing(waiting, TAKEN_OUT)
                })
                .collect();
        }
        ExecuteMsg::DrainValidators { validators, .. } => {
            let rows = validators.iter();
            row.effects = rows
                .map(|validator| {
                    let waiting = context.change_of_listing(validator);
                    drained(validator).replacing(waiting, TAKEN_OUT)
                })
                .collect();
        }
        ExecuteMsg::ScheduleUpgrade {
            contract,
            code_id,
            checksum,
            msg,
            ..
        } => {
            let upgrade = Upgrade {
                contract: *contract,
                code_id: *code_id,
                checksum,
                msg: msg.as_ref(),
            };
            row.effects = vec![upgrade::read(&place, &upgrade, known, warnings)];
        }
        other => match read_other(&place, other, context, warnings) {
            Some(effect) => row.effects = vec![effect],
            None => warnings.add(
                &place,
                "no_owner_message",
                format!(
                    "{} is nothing that an owner says: the multisig would do it for itself",
                    row.name
                ),
            ),
        },
    }
    let prefix = known.vault.as_deref().and_then(Prefix::of);
    addresses::warn_of_wrong(&place, &parsed, prefix.as_ref(), warnings);
    warn_of_number(&place, &parsed, warnings);
    match valid_until(&parsed) {
        ValidUntil::Fieldless => {}
        ValidUntil::Absent => warnings.add(
            &place,
            "no_valid_until",
            format!(
                "{} has no valid_until: once passed, it can be carried out at any time",
                row.name
            ),
        ),
        ValidUntil::At(at) => {
            row.valid_until = Some(at);
            warn_of_time(&place, at, context.now, warnings);
        }
    }
}

/// Warns of more, or less, than a call takes.
fn warn_of_number(place: &str, message: &ExecuteMsg, warnings: &mut Warnings) {
    let (number, most, what) = match message {
        ExecuteMsg::ProposeSettings { settings, .. } => (settings.len(), 20, "settings"),
        ExecuteMsg::ListValidators { validators, .. } => (validators.len(), 100, "validators"),
        ExecuteMsg::DrainValidators { validators, .. } => (validators.len(), 100, "validators"),
        _ => return,
    };
    if !(1..=most).contains(&number) {
        let told = format!("the vault refuses {number} {what}: it takes 1 to {most} in a call");
        warnings.add(place, "refused", told);
    }
}

fn drained(validator: &str) -> EffectRow {
    EffectRow {
        effect: "tightens",
        then: Some("drained".to_string()),
        reason: "it gets no stake any more, and what it has leaves within the budgets".to_string(),
        ..EffectRow::act(format!("listing of {validator}"), "")
    }
}

fn warn_of_time(place: &str, at: u64, now: u64, warnings: &mut Warnings) {
    let told = tell_time(at);
    if at <= now {
        let told = format!("valid_until is past, {told}: the vault refuses the message");
        warnings.add(place, "too_late", told);
    } else if at > now.saturating_add(MOST_VALID_DAYS * defenders_types::DAY) {
        let told = format!("valid_until is {told}, more than {MOST_VALID_DAYS} days ahead");
        warnings.add(place, "late_valid_until", told);
    }
}

/// Acts of owner and guardian that have one effect.
fn read_other(
    place: &str,
    message: &ExecuteMsg,
    context: &Context,
    warnings: &mut Warnings,
) -> Option<EffectRow> {
    Some(match message {
        ExecuteMsg::AcceptSnapshot { failed, .. } => EffectRow::act(
            "the last snapshot",
            format!(
                "is believed, in which {} fail: they lose their stake",
                failed.len()
            ),
        ),
        ExecuteMsg::ApplyChange { id } => read_change(place, *id, true, context, warnings),
        ExecuteMsg::CancelChange { id, .. } => read_change(place, *id, false, context, warnings),
        ExecuteMsg::ArmBrake { .. } => {
            EffectRow::act("the brake", "the guardian may put it on once more")
        }
        ExecuteMsg::TakeBrakeOff { .. } => EffectRow::act("the brake", "deposits and moves go on"),
        ExecuteMsg::PutBrakeOn { until } => EffectRow {
            then: Some(until.map_or("on for 14 days".to_string(), |it| {
                format!("on until {}", tell_time(it))
            })),
            ..EffectRow::act("the brake", "no deposits, and no moves toward targets")
        },
        ExecuteMsg::TransferOwnership {
            new_owner,
            expires_at,
            ..
        } => {
            let told = format!("{new_owner} becomes the owner as soon as it accepts");
            warnings.add(place, "ownership", told);
            let until = expires_at.map_or("for 14 days".to_string(), |it| {
                format!("until {}", tell_time(it))
            });
            EffectRow {
                then: Some(format!("offered to {new_owner} {until}")),
                ..EffectRow::act("ownership", "it has to accept")
            }
        }
        ExecuteMsg::AcceptOwnership {} => EffectRow::act(
            "ownership",
            "whoever carries this out becomes the owner, if it was named",
        ),
        ExecuteMsg::CancelOwnershipTransfer { .. } => {
            EffectRow::act("ownership", "nobody is named any more")
        }
        _ => return None,
    })
}

fn read_change(
    place: &str,
    id: u64,
    is_applied: bool,
    context: &Context,
    warnings: &mut Warnings,
) -> EffectRow {
    let what = format!("change {id}");
    let verb = match is_applied {
        true => "is applied",
        false => "is cancelled",
    };
    if context.changes.is_none() {
        return EffectRow::act(what, verb);
    }
    let Some(change) = context.change(id) else {
        warnings.add(place, "no_such_change", format!("no change {id} waits"));
        return EffectRow::act(what, verb);
    };
    let row = EffectRow::act(what, format!("{verb}: {}", tell_change(&change.change)));
    match is_applied && context.now < change.due_at {
        true => EffectRow {
            earliest: Some(change.due_at),
            when: format!(
                "{} at the earliest, before {}",
                tell_time(change.due_at),
                tell_time(change.expires_at)
            ),
            ..row
        },
        false => row,
    }
}

/// Until when a message can be carried out.
enum ValidUntil {
    /// The message cannot say.
    Fieldless,
    Absent,
    At(u64),
}

fn valid_until(message: &ExecuteMsg) -> ValidUntil {
    let valid_until = match message {
        ExecuteMsg::ListValidators { valid_until, .. }
        | ExecuteMsg::DrainValidators { valid_until, .. }
        | ExecuteMsg::AcceptSnapshot { valid_until, .. }
        | ExecuteMsg::ProposeSettings { valid_until, .. }
        | ExecuteMsg::ScheduleUpgrade { valid_until, .. }
        | ExecuteMsg::CancelChange { valid_until, .. }
        | ExecuteMsg::TakeBrakeOff { valid_until }
        | ExecuteMsg::ArmBrake { valid_until }
        | ExecuteMsg::TransferOwnership { valid_until, .. }
        | ExecuteMsg::CancelOwnershipTransfer { valid_until } => valid_until,
        _ => return ValidUntil::Fieldless,
    };
    valid_until.map_or(ValidUntil::Absent, ValidUntil::At)
}
