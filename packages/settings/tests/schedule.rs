//! Changes that wait: when they are due, who takes their place, who may cancel them.
#![allow(clippy::unwrap_used)] // a test may stop where it stands

mod common;

use common::settings;
use defenders_settings::pending::APPLY_WITHIN;
use defenders_settings::schedule::MOST_PENDING;
use defenders_settings::{
    decide, Canceller, Decision, Effect, Facts, Schedule, SettingName, SettingValue, Settings,
    SettingsError, Subject, TakenOut,
};
use defenders_types::{OwnContract, DAY};
use proptest::prelude::*;

const UPGRADE: Subject = Subject::Upgrade(OwnContract::Vault);
const DELAY: u64 = 30 * DAY;

fn setting(name: SettingName) -> Subject {
    Subject::Setting(name)
}

fn listings(validators: &[&str]) -> Subject {
    Subject::Listings(validators.iter().map(|name| (*name).to_owned()).collect())
}

fn gone(id: u64) -> TakenOut {
    TakenOut { id, is_gone: true }
}

#[test]
fn change_is_due_after_the_longer_delay_and_gone_fourteen_days_later() {
    let mut schedule = Schedule::default();
    schedule.schedule(UPGRADE, 1_000, DELAY).unwrap();
    for (now_delay, delay) in [
        (DELAY - DAY, DELAY),
        (DELAY, DELAY),
        (DELAY + DAY, DELAY + DAY),
    ] {
        let due_at = 1_000 + delay;
        let expires_at = due_at + APPLY_WITHIN;
        let apply = |now| schedule.clone().take_due(0, now, now_delay).map(|_| ());
        let now = due_at - 1;
        let id = 0;
        assert_eq!(apply(now), Err(SettingsError::NotDue { id, due_at, now }));
        assert_eq!(apply(due_at), Ok(()));
        assert_eq!(apply(expires_at - 1), Ok(()));
        let expired = SettingsError::Expired { id, expires_at };
        assert_eq!(apply(expires_at), Err(expired));
    }
}

#[test]
fn repeated_change_waits_from_its_own_time_on() {
    let mut schedule = Schedule::default();
    let subject = setting(SettingName::Floor);
    assert_eq!(schedule.schedule(subject.clone(), 0, DELAY), Ok(vec![]));
    let again = schedule.schedule(subject, DELAY - 1, DELAY);
    assert_eq!(again, Ok(vec![gone(0)]));
    let id = 0;
    let refused = schedule.take_due(id, DELAY, DELAY);
    assert_eq!(refused, Err(SettingsError::NotPending { id }));
    assert_eq!(schedule.find(1).unwrap().compute_due_at(0), 2 * DELAY - 1);
    schedule.take_due(1, 2 * DELAY - 1, DELAY).unwrap();
    assert_eq!(schedule.pending, []);
}

#[test]
fn validators_named_again_are_taken_out_of_the_earlier_change() {
    let mut schedule = Schedule::default();
    schedule
        .schedule(listings(&["a", "b", "c"]), 0, DELAY)
        .unwrap();
    let taken_out = schedule.schedule(listings(&["c", "d"]), 1, DELAY);
    let (id, is_gone) = (0, false);
    assert_eq!(taken_out, Ok(vec![TakenOut { id, is_gone }]));
    assert_eq!(schedule.find(0).unwrap().subject, listings(&["a", "b"]));

    // a drained validator waits for nothing
    let cancelled = schedule.cancel_for_tightening(&listings(&["a", "b", "d"]));
    let left = TakenOut {
        id: 1,
        is_gone: false,
    };
    assert_eq!(cancelled, [gone(0), left]);
    assert_eq!(schedule.find(1).unwrap().subject, listings(&["c"]));
    assert_eq!(schedule.cancel_for_tightening(&listings(&["z"])), []);
}

#[test]
fn naming_no_attester_cancels_a_change_of_the_source_too() {
    let mut schedule = Schedule::default();
    for name in [
        SettingName::Attester,
        SettingName::PowerSource,
        SettingName::Guardian,
    ] {
        schedule.schedule(setting(name), 0, DELAY).unwrap();
    }
    let cancelled = schedule.cancel_for_tightening(&setting(SettingName::Attester));
    assert_eq!(cancelled, [gone(0), gone(1)]);
}

#[test]
fn guardian_cancels_everything_but_its_own_replacement() {
    for subject in SettingName::ALL
        .iter()
        .map(|name| setting(*name))
        .chain([listings(&["a"]), UPGRADE])
    {
        let mut schedule = Schedule::default();
        schedule.schedule(subject.clone(), 0, DELAY).unwrap();
        let guardian = schedule.clone().cancel(0, Canceller::Guardian).map(|_| ());
        let id = 0;
        let expected = match subject == setting(SettingName::Guardian) {
            true => Err(SettingsError::OwnReplacement { id }),
            false => Ok(()),
        };
        assert_eq!(guardian, expected, "{subject:?}");
        assert_eq!(
            schedule.cancel(0, Canceller::Owner).unwrap().subject,
            subject
        );
        let again = schedule.cancel(0, Canceller::Owner);
        assert_eq!(again, Err(SettingsError::NotPending { id }));
    }
}

#[test]
fn twenty_wait_at_most_until_they_expire() {
    let mut schedule = Schedule::default();
    let full = MOST_PENDING as u64;
    for id in 0..full {
        let subject = listings(&[&format!("validator {id}")]);
        assert_eq!(schedule.schedule(subject, id, DELAY), Ok(vec![]));
    }
    let before = schedule.clone();
    let refused = schedule.schedule(UPGRADE, full, DELAY);
    assert_eq!(refused, Err(SettingsError::TooManyPending));
    assert_eq!(schedule, before);
    // what is replaced makes room, and what has expired
    let replaced = schedule.schedule(listings(&["validator 7"]), full, DELAY);
    assert_eq!(replaced, Ok(vec![gone(7)]));
    let first_expires = DELAY + APPLY_WITHIN;
    let taken_out = schedule.schedule(UPGRADE, first_expires, DELAY);
    assert_eq!(taken_out, Ok(vec![gone(0)]));
    assert_eq!(schedule.pending.len(), MOST_PENDING);
}

fn facts(now: u64) -> Facts {
    Facts {
        has_depositors: true,
        placed: u128::MAX,
        now,
        exit_delay: DELAY,
    }
}

fn percent(value: u128) -> SettingValue {
    SettingValue::Number(value * 10_000_000_000_000_000)
}

#[test]
fn lower_cap_acts_at_once_and_cancels_the_higher_one_that_waits() {
    let (mut settings, mut schedule) = (settings(), Schedule::default());
    let name = SettingName::VaultShareCap;
    let mut propose =
        |value, now| decide(&mut settings, &mut schedule, name, value, facts(now)).unwrap();
    let why = "nobody may get more";
    assert_eq!(propose(percent(10), 0), Decision::Unchanged);
    let scheduled = Decision::Scheduled {
        id: 0,
        due_at: DELAY,
        effect: Effect::Loosens(why),
        taken_out: vec![],
    };
    assert_eq!(propose(percent(15), 0), scheduled);
    let at_once = Decision::AtOnce {
        effect: Effect::Tightens(why),
        cancelled: vec![gone(0)],
    };
    assert_eq!(propose(percent(5), 1), at_once);
    // the way back is the long one
    let back = Decision::Scheduled {
        id: 1,
        due_at: 2 + DELAY,
        effect: Effect::Loosens(why),
        taken_out: vec![],
    };
    assert_eq!(propose(percent(10), 2), back);
    assert_eq!(settings.get(name), percent(5));
}

#[test]
fn before_the_first_deposit_everything_acts_at_once_within_the_same_bounds() {
    let mut facts = facts(0);
    facts.has_depositors = false;
    for name in SettingName::ALL {
        let row = name.row();
        if row.is_fixed || !row.unit.is_number() {
            continue;
        }
        for value in [row.bounds.least, row.bounds.most.min(1 << 100)] {
            let (mut settings, mut schedule) = (settings(), Schedule::default());
            let value = SettingValue::Number(value);
            let decision = decide(&mut settings, &mut schedule, *name, value.clone(), facts);
            let is_at_once = matches!(decision, Ok(Decision::AtOnce { .. } | Decision::Unchanged));
            assert!(is_at_once, "{decision:?}");
            assert_eq!(settings.get(*name), value);
        }
    }
    let (mut settings, mut schedule) = (settings(), Schedule::default());
    let name = SettingName::VaultShareCap;
    decide(&mut settings, &mut schedule, name, percent(21), facts).unwrap_err();
}

#[test]
fn refused_change_leaves_everything_as_it_was() {
    let (mut after, mut schedule) = (settings(), Schedule::default());
    for (name, value) in [
        (SettingName::VaultShareCap, percent(21)),
        (SettingName::VaultShareCap, percent(1)),
        (SettingName::MinimumSeed, SettingValue::Number(2_000_000)),
        (SettingName::ChainShareCap, SettingValue::Absent),
    ] {
        decide(&mut after, &mut schedule, name, value, facts(0)).unwrap_err();
        assert_eq!((&after, &schedule), (&settings(), &Schedule::default()));
    }
}

/// What somebody does next.
#[derive(Clone, Debug)]
enum Step {
    Wait(u64),
    SetDelay(u64),
    Propose(usize, u128),
    Apply(usize),
    Cancel(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..20 * DAY).prop_map(Step::Wait),
        1 => (20 * DAY..60 * DAY).prop_map(Step::SetDelay),
        6 => (0usize..SettingName::ALL.len(), 0u128..=1_000).prop_map(|(i, v)| Step::Propose(i, v)),
        4 => (0usize..MOST_PENDING).prop_map(Step::Apply),
        1 => (0usize..MOST_PENDING).prop_map(Step::Cancel),
    ];
    prop::collection::vec(step, 1..150)
}

/// A value of this setting somewhere between its bounds.
fn value_at(name: SettingName, thousandths: u128) -> SettingValue {
    let bounds = name.row().bounds;
    let most = bounds.most.min(1 << 100);
    let width = most.saturating_sub(bounds.least);
    SettingValue::Number(bounds.least + width / 1_000 * thousandths)
}

/// What was proposed and waits, as the test remembers it.
struct Waiting {
    id: u64,
    name: SettingName,
    value: SettingValue,
    since: u64,
    delay: u64,
}

proptest! {
    /// Whatever the order: nothing is loosened before the exit delay of when it was proposed and the one of
    /// when it is applied are both over, nor 14 days later; nothing waits twice; 20 wait at most; and no
    /// setting is ever outside of its bounds.
    #[test]
    fn nothing_is_loosened_early(steps in steps()) {
        let mut settings: Settings = settings();
        let mut schedule = Schedule::default();
        let mut waiting: Vec<Waiting> = vec![];
        let (mut now, mut delay) = (1_000_000, DELAY);
        for step in steps {
            let before = settings.clone();
            match step {
                Step::Wait(seconds) => now += seconds,
                Step::SetDelay(seconds) => delay = seconds,
                Step::Propose(index, thousandths) => {
                    let name = SettingName::ALL[index];
                    if !name.row().unit.is_number() || name.row().is_fixed {
                        continue;
                    }
                    let value = value_at(name, thousandths);
                    let facts = Facts { has_depositors: true, placed: u128::MAX, now, exit_delay: delay };
                    match decide(&mut settings, &mut schedule, name, value.clone(), facts) {
                        Ok(Decision::Unchanged) => prop_assert_eq!(settings.get(name), value),
                        Ok(Decision::AtOnce { effect, cancelled }) => {
                            prop_assert!(matches!(effect, Effect::Tightens(_)));
                            prop_assert_eq!(settings.get(name), value);
                            let same: Vec<u64> =
                                waiting.iter().filter(|w| w.name == name).map(|w| w.id).collect();
                            let told: Vec<u64> = cancelled.iter().map(|out| out.id).collect();
                            prop_assert_eq!(told, same);
                            waiting.retain(|w| w.name != name);
                        }
                        Ok(Decision::Scheduled { id, due_at, taken_out, .. }) => {
                            prop_assert_eq!(due_at, now + delay);
                            waiting.retain(|w| !taken_out.iter().any(|out| out.id == w.id));
                            prop_assert!(waiting.iter().all(|w| w.name != name));
                            waiting.push(Waiting { id, name, value, since: now, delay });
                            prop_assert_eq!(&settings, &before);
                        }
                        Err(error) => {
                            prop_assert_eq!(error, SettingsError::TooManyPending);
                            prop_assert_eq!(&settings, &before);
                            prop_assert_eq!(schedule.pending.len(), MOST_PENDING);
                        }
                    }
                }
                Step::Apply(place) => {
                    let Some(change) = waiting.get(place) else { continue };
                    let due_at = change.since + change.delay.max(delay);
                    let may = due_at <= now && now < due_at + 14 * DAY;
                    let taken = schedule.take_due(change.id, now, delay);
                    prop_assert_eq!(taken.is_ok(), may);
                    if may {
                        let change = waiting.remove(place);
                        settings.set(change.name, change.value).unwrap();
                    }
                }
                Step::Cancel(place) => {
                    let Some(change) = waiting.get(place) else { continue };
                    schedule.cancel(change.id, Canceller::Guardian).unwrap();
                    waiting.remove(place);
                }
            }
            prop_assert!(schedule.pending.len() <= MOST_PENDING);
            let ids: Vec<u64> = schedule.pending.iter().map(|pending| pending.id).collect();
            let expected: Vec<u64> = waiting.iter().map(|w| w.id).collect();
            prop_assert_eq!(ids, expected);
            defenders_settings::ensure_changed(&before, &settings, u128::MAX).unwrap();
        }
    }

    /// Whatever waits: a cap never rises above what it was tightened to within the exit delay before.
    #[test]
    fn tightened_cap_stays_for_the_exit_delay(
        steps in prop::collection::vec((0..DELAY, 0u128..=1_000, any::<prop::sample::Index>()), 1..60),
    ) {
        let name = SettingName::VaultShareCap;
        let cap = |settings: &Settings| settings.policy.vault_share_cap;
        let (mut settings, mut schedule) = (settings(), Schedule::default());
        let (mut scheduled, mut tightened): (Vec<(u64, SettingValue)>, Vec<_>) = (vec![], vec![]);
        let mut now = 0;
        for (wait, thousandths, which) in steps {
            now += wait;
            let value = value_at(name, thousandths);
            match decide(&mut settings, &mut schedule, name, value.clone(), facts(now)).unwrap() {
                Decision::Scheduled { id, .. } => scheduled.push((id, value)),
                Decision::AtOnce { .. } => tightened.push((now, cap(&settings))),
                Decision::Unchanged => {}
            }
            // somebody applies whatever was scheduled once, a little later
            now += wait;
            if scheduled.is_empty() {
                continue;
            }
            let (id, value) = which.get(&scheduled).clone();
            if schedule.take_due(id, now, DELAY).is_ok() {
                settings.set(name, value).unwrap();
                let since = tightened.iter().filter(|(at, _)| now - at < DELAY);
                let least = since.map(|(_, cap)| *cap).min();
                prop_assert!(least.is_none_or(|least| cap(&settings) <= least));
            }
        }
    }
}
