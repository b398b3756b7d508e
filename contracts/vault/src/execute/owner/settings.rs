//! The owner changes settings: what is good for every depositor at once, everything else later.

use cosmwasm_std::Addr;
use defenders_settings::{
    compute_changed, decide, Decision, SettingName, SettingValue, Settings, SettingsError,
};
use defenders_types::SettingInput;

use crate::call::Call;
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::governance::{forget, load_schedule, query_facts, settings_of};
use crate::jobs::rebalance;
use crate::role::{ensure_owner, ensure_recipient, ensure_still_valid};
use crate::state::changes::{Content, CONTENTS, SCHEDULE};
use crate::state::{Config, CONFIG, TIMETABLE};
use crate::validators::power_reader::ensure_source_fits;

/// Most settings of one message.
const MAX_SETTINGS: usize = 20;

/// Changes settings, or lets their changes wait for the exit delay. One that has its value already stays as
/// it is.
///
/// Reads: config, book, schedule, batches. Writes: schedule, new values, and what
/// `take_effect` writes. Sends: nothing. Emits: `vault/setting_changed`, `vault/change_scheduled`,
/// `vault/change_dropped` each.
///
/// # Errors
/// [`ContractError::NotOwner`], [`ContractError::TooLate`], [`ContractError::ListLength`],
/// [`ContractError::SettingTwice`], [`ContractError::Setting`], [`ContractError::RecipientNotAllowed`],
/// [`ContractError::UnfitPowerSource`].
pub fn propose_settings(
    call: &mut Call,
    inputs: Vec<SettingInput>,
    valid_until: Option<u64>,
) -> Result<(), Box<ContractError>> {
    ensure_owner(&call.config, &call.sender)?;
    ensure_still_valid(call.now(), valid_until)?;
    ensure_count(inputs.len())?;
    let facts = query_facts(&call.view())?;
    let mut settings = settings_of(&call.config);
    let mut schedule = load_schedule(call.deps.storage)?;
    let mut named: Vec<SettingName> = vec![];
    for input in inputs {
        let (name, value) = read_setting(call, &input)?;
        if named.contains(&name) {
            return Err(ContractError::SettingTwice { name: name.text() }.into());
        }
        named.push(name);
        let written = value.tell(name.row().unit);
        let taken_out = match decide(&mut settings, &mut schedule, name, value, facts)? {
            Decision::Unchanged => continue,
            Decision::AtOnce { cancelled, .. } => cancelled,
            Decision::Scheduled {
                id,
                due_at,
                taken_out,
                ..
            } => {
                CONTENTS.save(call.deps.storage, id, &Content::Setting(written));
                call.emit(event::change_scheduled(id, name.text(), due_at));
                taken_out
            }
        };
        forget(call.deps.storage, &taken_out);
        for dropped in taken_out {
            call.emit(event::change_dropped(dropped.id));
        }
    }
    SCHEDULE.save(call.deps.storage, &schedule);
    take_effect(call, settings)
}

/// Gives one setting the value that its change carries, judged anew.
///
/// # Errors
/// As [`propose_settings`].
pub fn apply_setting(
    call: &mut Call,
    name: SettingName,
    written: Option<String>,
) -> Result<(), Box<ContractError>> {
    let input = SettingInput {
        name: name.text().to_owned(),
        value: written,
    };
    let (name, value) = read_setting(call, &input)?;
    let placed = query_facts(&call.view())?.placed;
    let settings = compute_changed(&settings_of(&call.config), name, value, placed)?;
    take_effect(call, settings)
}

fn ensure_count(got: usize) -> Result<(), Box<ContractError>> {
    let most = MAX_SETTINGS;
    match (1..=most).contains(&got) {
        true => Ok(()),
        false => Err(ContractError::ListLength { most, got }.into()),
    }
}

/// A setting and its value; accounts are those of the chain, and neither vault nor pot.
fn read_setting(
    call: &Call,
    input: &SettingInput,
) -> Result<(SettingName, SettingValue), Box<ContractError>> {
    let unknown = || SettingsError::UnknownSetting {
        name: input.name.clone(),
    };
    let name = SettingName::find(&input.name).ok_or_else(unknown)?;
    let value = SettingValue::parse(name, input.value.as_deref())?;
    let account = match &value {
        SettingValue::Account(account) => Some(account),
        SettingValue::Source(source) => source.attester(),
        _ => None,
    };
    if let Some(account) = account {
        let (vault, sender) = (&call.env.contract.address, &call.sender);
        ensure_recipient(
            call.deps.api,
            &call.config,
            vault,
            Some(account.clone()),
            sender,
        )?;
    }
    Ok((name, value))
}

/// These are the settings from now on.
///
/// Reads: the chain where the power source changes; all validators where caps do. Writes: config,
/// timetable, book, fill list. Emits: `vault/setting_changed` each.
fn take_effect(call: &mut Call, settings: Settings) -> Result<(), Box<ContractError>> {
    let before = settings_of(&call.config);
    if settings == before {
        return Ok(());
    }
    let is_source_new = settings.power_source != before.power_source;
    let is_list_affected = is_source_new || settings.policy != before.policy;
    for name in SettingName::ALL {
        let (old, new) = (before.get(*name), settings.get(*name));
        if old != new {
            let unit = name.row().unit;
            let (old, new) = (old.tell(unit), new.tell(unit));
            call.emit(event::setting_changed(name.text(), old, new));
        }
    }
    replace_settings(&mut call.config, settings);
    CONFIG.save(call.deps.storage, &call.config);
    if is_source_new {
        change_source(call)?;
    }
    if is_list_affected {
        call.reread_validators();
        call.update_capacity_and_fill_list()?;
        rebalance::schedule(call)?;
    }
    Ok(())
}

/// Powers are read anew at once; a source that the chain does not answer is refused.
fn change_source(call: &mut Call) -> Result<(), Box<ContractError>> {
    let mut bonded = staking::query_bonded_validators(&call.deps.querier)?;
    let validator = bonded.pop().ok_or(ContractError::NoBondedValidator {})?;
    ensure_source_fits(&call.deps.querier, &call.config.power_source, &validator)?;
    let mut timetable = TIMETABLE.load(call.deps.storage)?;
    timetable.refresh_at = timetable.refresh_at.min(call.now());
    TIMETABLE.save(call.deps.storage, &timetable);
    Ok(())
}

fn replace_settings(config: &mut Config, settings: Settings) {
    config.policy = settings.policy;
    config.parameters = settings.parameters;
    config.power_source = settings.power_source;
    config.performance_fee_rate = settings.fee.performance_fee_rate;
    config.keeper_bounty_share = settings.fee.keeper_bounty_share;
    config.fee_recipient = Addr::unchecked(settings.fee.recipient);
    config.guardian = settings.guardian.map(Addr::unchecked);
    config.exit_slack = settings.exit_slack;
}
