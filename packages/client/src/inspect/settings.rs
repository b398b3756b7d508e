//! Proposed settings, by the table of settings.

use defenders_settings::{
    Effect, Good, Moment, SettingName, SettingValue, classify, compute_changed, ensure_in_bounds,
};
use defenders_types::{PowerSource, SettingInput};

use super::context::Context;
use super::effects::{AT_ONCE, EffectRow, when_loosened};
use super::warnings::Warnings;
use crate::input::hint;

/// What becomes of one setting.
pub fn read(
    place: &str,
    input: &SettingInput,
    context: &Context,
    warnings: &mut Warnings,
) -> EffectRow {
    let SettingInput { name, value } = input;
    let mut row = EffectRow {
        then: value.clone(),
        when: "never".to_string(),
        effect: "refused",
        ..EffectRow::act(name, "")
    };
    let mut refuse = |row: EffectRow, reason: String| {
        warnings.add(
            place,
            "refused",
            format!("the vault refuses {name}: {reason}"),
        );
        EffectRow { reason, ..row }
    };
    let Some(setting) = SettingName::find(name) else {
        let names = SettingName::ALL.iter().map(|setting| setting.text());
        let hint = hint(name, names);
        return refuse(row, format!("there is no setting {name:?}{hint}"));
    };
    let unit = setting.row().unit.text();
    row.means = Some(format!("{} ({unit})", setting.what()));
    let judged = SettingValue::parse(setting, value.as_deref()).and_then(|value| {
        ensure_in_bounds(setting, &value, Moment::Change)?;
        Ok(value)
    });
    let value = match judged {
        Ok(value) => value,
        Err(error) => return refuse(row, error.to_string()),
    };
    row.then = value.tell(setting.row().unit);
    let Some(settings) = &context.settings else {
        warn_of_dropped_caps(place, &value, None, warnings);
        return without_now(row, setting, &value, context);
    };
    let now = settings.get(setting);
    row.now_is_known = true;
    row.now = now.tell(setting.row().unit);
    let effect = classify(setting, &now, &value);
    if effect != Effect::Unchanged {
        // what is placed is not known here, so that bound is left to the vault
        if let Err(error) = compute_changed(settings, setting, value.clone(), u128::MAX) {
            return refuse(row, error.to_string());
        }
        warn_of_dropped_caps(
            place,
            &value,
            Some(settings.policy.caps_by_power()),
            warnings,
        );
    }
    let waiting = context.change_of_setting(name);
    match effect {
        Effect::Unchanged => EffectRow {
            effect: "unchanged",
            reason: "it has this value".to_string(),
            ..row
        },
        Effect::Tightens(reason) => EffectRow {
            effect: "tightens",
            reason: reason.to_string(),
            when: AT_ONCE.to_string(),
            ..row
        }
        .replacing(waiting, "cancels"),
        Effect::Loosens(reason) => loosened(row, reason, context, waiting),
    }
}

fn loosened(row: EffectRow, reason: &str, context: &Context, waiting: Option<u64>) -> EffectRow {
    let (earliest, when) = when_loosened(context);
    EffectRow {
        effect: "loosens",
        reason: reason.to_string(),
        earliest,
        when,
        ..row
    }
    .replacing(waiting, "takes the place of")
}

/// Without the present value only some directions are known.
fn without_now(
    row: EffectRow,
    setting: SettingName,
    value: &SettingValue,
    context: &Context,
) -> EffectRow {
    let (good, reason) = (setting.row().good, setting.row().reason);
    let waiting = context.change_of_setting(setting.text());
    let depends = |direction: &str| EffectRow {
        effect: "depends",
        reason: format!("{direction} is good for every depositor: {reason}"),
        when: format!("{AT_ONCE} if it is, else {}", when_loosened(context).1),
        ..row.clone()
    };
    match good {
        Good::Absent if *value == SettingValue::Absent => EffectRow {
            effect: "tightens",
            reason: reason.to_string(),
            when: AT_ONCE.to_string(),
            ..row
        }
        .replacing(waiting, "cancels"),
        Good::Lower if *value != SettingValue::Absent => depends("less"),
        Good::Higher => depends("more"),
        Good::Lower => loosened(row, "no value is more than any value", context, waiting),
        Good::Absent | Good::Neither => loosened(row, reason, context, waiting),
    }
}

/// Without powers nobody can tell whether these caps are kept.
fn warn_of_dropped_caps(
    place: &str,
    value: &SettingValue,
    set: Option<Vec<String>>,
    warnings: &mut Warnings,
) {
    let SettingValue::Source(source @ PowerSource::Rank { .. }) = value else {
        return;
    };
    let caps = match set {
        Some(caps) => caps.join(", "),
        None => "chain_share_cap, match_cap and bond_factor, where they are set,".to_string(),
    };
    if !caps.is_empty() {
        let name = source.name();
        let told = format!("with the source {name} the caps {caps} are not in force any more");
        warnings.add(place, "caps_dropped", told);
    }
}
