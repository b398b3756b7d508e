//! The acts: what a person writes for each, and the vault's message for it.

use std::collections::BTreeMap;

use defenders_types::{ExecuteMsg, OwnContract};

use super::input::{impossible, read_days, read_time};
use super::{listing, settings, upgrade};
use crate::input::{InputError, Node, Object, hint, tell_all};
use crate::proposal::{Context, Prefix, read_account, read_operator};

/// What all acts are read with.
pub struct Scope<'a> {
    /// What is known of the vault.
    pub context: &'a Context,
    /// Its chain's.
    pub prefix: Prefix,
    /// The messages are refused from then on, seconds.
    pub valid_until: u64,
    /// Settings so far, with their places.
    pub settings: BTreeMap<String, String>,
    /// Validators listed, renewed or drained so far, with their places.
    pub listings: BTreeMap<String, String>,
    /// Contracts that get other code so far, with their places.
    pub upgrades: BTreeMap<String, String>,
}

impl Scope<'_> {
    /// Keeps that a validator is named, which it may be once.
    pub fn name_validator(&mut self, node: &Node) -> Result<String, InputError> {
        let validator = read_operator(&self.prefix, node)?;
        ensure_new(&mut self.listings, node, &validator)?;
        Ok(validator)
    }

    /// Keeps that a setting is named, which it may be once.
    pub fn name_setting(&mut self, node: &Node, name: &str) -> Result<(), InputError> {
        ensure_new(&mut self.settings, node, name)
    }

    /// Keeps that a contract is named, which it may be once: a later upgrade takes the place of the first.
    pub fn name_upgrade(&mut self, node: &Node, contract: OwnContract) -> Result<(), InputError> {
        ensure_new(&mut self.upgrades, node, contract.as_str())
    }

    /// As messages say it.
    pub fn until(&self) -> Option<u64> {
        Some(self.valid_until)
    }
}

fn ensure_new(
    seen: &mut BTreeMap<String, String>,
    node: &Node,
    name: &str,
) -> Result<(), InputError> {
    match seen.insert(name.to_string(), node.path().to_string()) {
        None => Ok(()),
        Some(first) => Err(InputError::Duplicate {
            path: node.path().to_string(),
            name: name.to_string(),
            first,
        }),
    }
}

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
                expires_at: read_expiry(&mut act, scope)?,
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

/// The vault's own bound is that the time comes.
const MOST_EXPIRY_DAYS: u64 = 90;

fn read_expiry(act: &mut Object, scope: &Scope) -> Result<Option<u64>, InputError> {
    let now = scope.context.now;
    let days = act.optional("expires_in_days");
    match (act.optional("expires_at"), days) {
        (Some(_), Some(days)) => Err(impossible(
            &days,
            "give expires_at or expires_in_days, not both",
        )),
        (Some(at), None) => read_time(&at, now, MOST_EXPIRY_DAYS).map(Some),
        (None, Some(days)) => {
            let days = read_days(&days, MOST_EXPIRY_DAYS)?;
            Ok(Some(now + days * defenders_types::DAY))
        }
        (None, None) => Ok(None),
    }
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
            Err(impossible(
                node,
                &format!("no change {id} waits, {waiting}"),
            ))
        }
    }
}
