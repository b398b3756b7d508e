//! What becomes of one proposed change of a setting, now and when its time has come.

use crate::effect::{classify, Effect};
use crate::error::SettingsError;
use crate::pending::Subject;
use crate::schedule::{Schedule, TakenOut};
use crate::settings::Settings;
use crate::table::SettingName;
use crate::together::ensure_changed;
use crate::value::SettingValue;

/// What a decision needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether anybody has ever deposited.
    pub has_depositors: bool,
    /// T, the tokens that the target rule places.
    pub placed: u128,
    /// The block's time, seconds.
    pub now: u64,
    /// The present exit delay, seconds.
    pub exit_delay: u64,
}

/// What became of a proposed change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The setting has this value already.
    Unchanged,
    /// It acts at once.
    AtOnce {
        /// What it does.
        effect: Effect,
        /// What waited to change the same, and is cancelled.
        cancelled: Vec<TakenOut>,
    },
    /// It waits.
    Scheduled {
        /// Its number.
        id: u64,
        /// From when on it may be applied, unless the exit delay grows, seconds.
        due_at: u64,
        /// Why it waits.
        effect: Effect,
        /// What it takes the place of, and what has expired.
        taken_out: Vec<TakenOut>,
    },
}

/// Changes `settings` at once where that is good for every depositor, or where there is none yet; else lets
/// the change wait. All bounds are judged in both cases.
///
/// # Errors
/// Those of [`compute_changed`] and [`Schedule::schedule`]; then nothing has changed.
pub fn decide(
    settings: &mut Settings,
    schedule: &mut Schedule,
    name: SettingName,
    value: SettingValue,
    facts: Facts,
) -> Result<Decision, SettingsError> {
    let effect = classify(name, &settings.get(name), &value);
    if effect == Effect::Unchanged {
        return Ok(Decision::Unchanged);
    }
    let after = compute_changed(settings, name, value, facts.placed)?;
    let subject = Subject::Setting(name);
    if facts.has_depositors && matches!(effect, Effect::Loosens(_)) {
        let taken_out = schedule.schedule(subject, facts.now, facts.exit_delay)?;
        return Ok(Decision::Scheduled {
            id: schedule.next_id.saturating_sub(1),
            due_at: facts.now.saturating_add(facts.exit_delay),
            effect,
            taken_out,
        });
    }
    *settings = after;
    let cancelled = schedule.cancel_for_tightening(&subject);
    Ok(Decision::AtOnce { effect, cancelled })
}

/// The settings with one change, judged together: what a change that is due is applied by, too.
///
/// # Errors
/// Those of [`Settings::set`] and [`ensure_changed`].
pub fn compute_changed(
    settings: &Settings,
    name: SettingName,
    value: SettingValue,
    placed: u128,
) -> Result<Settings, SettingsError> {
    let mut after = settings.clone();
    after.set(name, value)?;
    ensure_changed(settings, &after, placed)?;
    Ok(after)
}
