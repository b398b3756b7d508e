//! The acts: what a person writes for each, and the vault's message for it.

use defenders_types::ExecuteMsg;

use super::scope::Scope;
use super::times::read_time_or_days;
use super::{listing, settings, upgrade};
use crate::input::{InputError, Node, Object, hint, tell_all};
use crate::proposal::read_account;

/// The furthest end of an offer of the ownership: the vault's own bound is that the time comes.
const MOST_EXPIRY_DAYS: u64 = 90;

/// How an act is read.
type Read = fn(Object, &mut Scope) -> Result<ExecuteMsg, InputError>;

/// Names of the acts, their fields, and how they are read.
const ACTS: [(&str, &[&str], Read); 15] = [
    ("list", &["act", "validators"], |mut act, scope| {
        Ok(ExecuteMsg::ListValidators {
            validators: listing::read_all(act.required("validators")?, scope)?,
            valid_until: scope.until(),
        })
    }),
    ("drain", &["act", "validators"], |mut act, scope| {
        Ok(ExecuteMsg::DrainValidators {
            validators: listing::read_operators(act.required("validators")?, scope)?,
            valid_until: scope.until(),
        })
    }),
    (
        "reaffirm",
        &["act", "validators", "ends_at", "ends_in_days"],
        |mut act, scope| {
            let node = act.required("validators")?;
            let ends_at = listing::read_end(&mut act, scope)?;
            Ok(ExecuteMsg::ListValidators {
                validators: listing::renew_all(node, ends_at, scope)?,
                valid_until: scope.until(),
            })
        },
    ),
    ("settings", &["act", "set"], |mut act, scope| {
        let values = settings::read_all(act.required("set")?, scope)?;
        Ok(settings::propose(values, scope))
    }),
    (
        "fee",
        &["act", "rate", "bounty", "recipient"],
        |act, scope| {
            let values = settings::read_fee(act, scope)?;
            Ok(settings::propose(values, scope))
        },
    ),
    ("guardian", &["act", "account"], |mut act, scope| {
        let node = act.required("account")?;
        let value = settings::read_value("guardian", &node, scope)?;
        Ok(settings::propose(vec![value], scope))
    }),
    (
        "transfer_ownership",
        &["act", "to", "expires_at", "expires_in_days"],
        |mut act, scope| {
            Ok(ExecuteMsg::TransferOwnership {
                new_owner: read_account(&scope.prefix, &act.required("to")?)?,
                expires_at: read_time_or_days(
                    &mut act,
                    ("expires_at", "expires_in_days"),
                    scope.context.now,
                    MOST_EXPIRY_DAYS,
                )?,
                valid_until: scope.until(),
            })
        },
    ),
    ("accept_ownership", &["act"], |_, _| {
        Ok(ExecuteMsg::AcceptOwnership {})
    }),
    ("cancel_ownership_transfer", &["act"], |_, scope| {
        let valid_until = scope.until();
        Ok(ExecuteMsg::CancelOwnershipTransfer { valid_until })
    }),
    ("cancel_change", &["act", "id"], |mut act, scope| {
        Ok(ExecuteMsg::CancelChange {
            id: read_change(&act.required("id")?, scope)?,
            valid_until: scope.until(),
        })
    }),
    ("apply_change", &["act", "id"], |mut act, scope| {
        let id = read_change(&act.required("id")?, scope)?;
        Ok(ExecuteMsg::ApplyChange { id })
    }),
    ("upgrade", upgrade::FIELDS, upgrade::read),
    ("arm_brake", &["act"], |_, scope| {
        let valid_until = scope.until();
        Ok(ExecuteMsg::ArmBrake { valid_until })
    }),
    ("take_brake_off", &["act"], |_, scope| {
        let valid_until = scope.until();
        Ok(ExecuteMsg::TakeBrakeOff { valid_until })
    }),
    ("accept_snapshot", &["act", "failed"], |mut act, scope| {
        Ok(ExecuteMsg::AcceptSnapshot {
            failed: listing::read_failed(act.required("failed")?, scope)?,
            valid_until: scope.until(),
        })
    }),
];

/// Reads one act.
pub fn read_act(node: Node, scope: &mut Scope) -> Result<ExecuteMsg, InputError> {
    let path = format!("{}.act", node.path());
    let name = match node.json().field("act") {
        Some(json) => Node::at(path.clone(), json.clone()).name()?,
        // an object without it, or no object at all
        None => {
            node.open_object()?;
            return Err(InputError::Missing { path });
        }
    };
    let names = || ACTS.iter().map(|(name, ..)| *name);
    let Some((_, fields, read)) = ACTS.iter().find(|(act, ..)| *act == name) else {
        let near = hint(&name, names());
        return Err(InputError::Misnamed {
            path,
            kind: "act",
            hint: match near.is_empty() {
                true => tell_all(names()),
                false => near,
            },
            name,
        });
    };
    read(node.object(fields)?, scope)
}

fn read_change(node: &Node, scope: &Scope) -> Result<u64, InputError> {
    let id = node.count()?;
    let Some(changes) = &scope.context.changes else {
        return Ok(id);
    };
    match scope.context.change(id) {
        Some(_) => Ok(id),
        None => {
            let waiting = changes.changes.iter().map(|it| it.id);
            let waiting = waiting.filter(|id| scope.context.change(*id).is_some());
            let waiting: Vec<String> = waiting.map(|id| id.to_string()).collect();
            let waiting = match waiting.is_empty() {
                true => "none waits".to_string(),
                false => format!("there are {}", waiting.join(", ")),
            };
            Err(node.impossible(format!("no change {id} waits, {waiting}")))
        }
    }
}
