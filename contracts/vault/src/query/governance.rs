//! What waits to be changed, and the worst that a stolen owner key could do.

use defenders_settings::{compute_worst_case, Pending, SettingValue, Subject, WorstCase};
use defenders_types::{BrakeResponse, Change, ChangeInfo, ChangesResponse, WorstCaseResponse};

use crate::call::View;
use crate::error::ContractError;
use crate::exit_delay::query_exit_delay;
use crate::governance::{load_schedule, query_facts, settings_of};
use crate::state::changes::{Content, CONTENTS};
use crate::state::roles::BRAKE_USED;

pub fn changes(view: &View) -> Result<ChangesResponse, Box<ContractError>> {
    let facts = query_facts(view)?;
    let schedule = load_schedule(view.deps.storage)?;
    let mut changes = vec![];
    for pending in schedule.pending {
        changes.push(ChangeInfo {
            id: pending.id,
            scheduled_at: pending.scheduled_at,
            due_at: pending.compute_due_at(facts.exit_delay),
            expires_at: pending.compute_expires_at(facts.exit_delay),
            change: change(view, pending)?,
        });
    }
    Ok(ChangesResponse {
        exit_delay: facts.exit_delay,
        has_depositors: facts.has_depositors,
        changes,
    })
}

fn change(view: &View, pending: Pending) -> Result<Change, Box<ContractError>> {
    let content = CONTENTS.load(view.deps.storage, pending.id)?;
    Ok(match (pending.subject, content) {
        (Subject::Setting(name), Content::Setting(then)) => {
            let now: SettingValue = settings_of(view.config).get(name);
            Change::Setting {
                name: name.text().to_owned(),
                now: now.tell(name.row().unit),
                then,
            }
        }
        (Subject::Listings(left), Content::Listings(mut validators)) => {
            validators.retain(|input| left.contains(&input.validator));
            Change::Listings { validators }
        }
        (Subject::Upgrade(contract), Content::Upgrade(new_code)) => Change::Upgrade {
            contract,
            code_id: new_code.code_id,
            checksum: new_code.checksum,
            msg: new_code.msg,
        },
        // each is written with its own content
        _ => Change::Listings { validators: vec![] },
    })
}

pub fn worst_case(view: &View) -> Result<WorstCaseResponse, Box<ContractError>> {
    let WorstCase {
        exit_delay,
        epochs,
        moved_per_epoch,
        moved,
    } = compute_worst_case(&settings_of(view.config), query_exit_delay(view)?);
    let worth = view.book.money.total_assets(view.now())?;
    Ok(WorstCaseResponse {
        exit_delay,
        epochs,
        share_per_epoch: moved_per_epoch,
        share: moved,
        tokens: worth.mul_ceil(moved),
    })
}

pub fn brake(view: &View) -> Result<BrakeResponse, Box<ContractError>> {
    let is_used = BRAKE_USED.may_load(view.deps.storage)?.unwrap_or_default();
    Ok(BrakeResponse {
        guardian: view.config.guardian.as_ref().map(ToString::to_string),
        until: view.book.brake_until_after(view.now()),
        is_armed: !is_used,
    })
}
