//! What is compared: the state after a block, as text under names.

use std::collections::{BTreeMap, BTreeSet};

/// Values by what they are of.
pub type View = BTreeMap<String, String>;

/// Stands under a name when the real chain has no answer for all names that begin so.
pub const UNTOLD: &str = "untold";

/// Lines that tell where two views differ.
pub fn differences(real: &View, model: &View) -> Vec<String> {
    let untold: Vec<&String> = real
        .iter()
        .filter(|(_, value)| *value == UNTOLD)
        .map(|(key, _)| key)
        .collect();
    let is_told = |key: &&String| !untold.iter().any(|begin| key.starts_with(begin.as_str()));
    let keys = real.keys().chain(model.keys()).filter(is_told);
    let keys: BTreeSet<&String> = keys.collect();
    let shown = |view: &View, key: &str| view.get(key).cloned().unwrap_or_else(|| "–".into());
    keys.into_iter()
        .filter(|key| real.get(*key) != model.get(*key))
        .map(|key| {
            let (real, model) = (shown(real, key), shown(model, key));
            format!("{key}\n    wasmd {real}\n    model {model}")
        })
        .collect()
}

/// Whole coins, sorted, zeros left out: `5ureward 7ustake`.
pub fn coins(found: impl IntoIterator<Item = (String, String)>) -> String {
    let mut shown: Vec<_> = found
        .into_iter()
        .filter(|(_, amount)| !amount.trim_matches(['0', '.']).is_empty())
        .map(|(denom, amount)| format!("{amount}{denom}"))
        .collect();
    shown.sort();
    shown.join(" ")
}
