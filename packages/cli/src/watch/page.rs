//! What is seen, as metrics.

use super::facts::Facts;
use super::judge::missed_lately;
use super::memory::Memory;
use crate::monitor::metric::{Page, Value};
use crate::monitor::names;

/// What is seen, as metrics. `bond_denom` is that of the chain.
pub fn page(facts: &[Facts], memory: &Memory, bond_denom: &str) -> Page {
    let mut page = Page::default();
    let known = facts.iter().find(|facts| !facts.is_removed);
    let allowed = known.map(|facts| facts.missed_allowed);
    page.set_some(&names::WATCH_ALLOWED, &[], allowed);
    for facts in facts.iter().filter(|facts| !facts.is_removed) {
        let who = [facts.validator.as_str(), facts.name.as_str()];
        let [validator, name] = who;
        page.set_some(&names::WATCH_MISSED, &who, facts.missed);
        page.set(&names::WATCH_BONDED, &who, facts.is_bonded);
        page.set(&names::WATCH_JAILED, &who, facts.is_jailed);
        page.set_some(&names::WATCH_RANK, &who, facts.rank);
        let of_denom = [validator, name, bond_denom];
        page.set(&names::WATCH_TOKENS, &of_denom, facts.tokens);
        for (spec, rate) in [
            (&names::WATCH_COMMISSION, facts.commission),
            (&names::WATCH_MAX_COMMISSION, facts.max_commission),
            (&names::WATCH_MAX_CHANGE, facts.max_change),
        ] {
            page.set(spec, &who, Value::of_atomics(rate));
        }
        if let Some(vault) = &facts.vault {
            let of_denom = [validator, name, vault.denom.as_str()];
            page.set(&names::WATCH_VAULT, &of_denom, vault.delegated);
            page.set(&names::WATCH_TARGET, &of_denom, vault.target);
            page.set(&names::WATCH_ELIGIBLE, &who, vault.exclusion.is_none());
            if let Some(cap) = &vault.binding {
                page.set(&names::WATCH_CAP, &[validator, name, cap], true);
            }
        }
    }
    for facts in facts {
        let who = [facts.validator.as_str(), facts.name.as_str()];
        let Some(seen) = memory.validators.get(&facts.validator) else {
            continue;
        };
        page.set(&names::WATCH_MISSED_LATELY, &who, missed_lately(seen));
        let [validator, name] = who;
        for kind in seen.alerts.keys() {
            page.set(
                &names::WATCH_ALERTS,
                &[validator, name, kind.as_str()],
                true,
            );
        }
    }
    page
}
