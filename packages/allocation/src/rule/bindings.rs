//! What keeps a validator from more: the answer to "why do I get no more stake?".

use crate::gather::Gather;
use crate::{
    caps::{Binding, Cap},
    group::Groups,
    order::sort_by,
};

/// For each validator, what keeps its target from one unit more at the end of the unit-by-unit rule:
/// [`Binding::Ineligible`]; or nothing, when it is below its own cap and all its groups are below
/// theirs; or its own least cap, when it is reached; or the first full group by name, byte by byte.
///
/// `caps` and `targets` stand in the order of the validators; `base` (W) and `groups` are those that
/// the targets were computed with.
pub fn compute_bindings(
    base: u128,
    caps: &[Cap],
    groups: &Groups,
    targets: &[u128],
) -> Vec<Binding> {
    let mut full: Vec<_> = groups
        .list()
        .iter()
        .enumerate()
        .filter(|(_, group)| group.sum(targets) >= group.cap_floor(base))
        .gather();
    sort_by(&mut full, |(_, a), (_, b)| a.name.cmp(&b.name));
    let rows = caps.iter().zip(targets).enumerate();
    rows.map(|(index, (cap, target))| {
        if cap.binding == Binding::Ineligible || target >= &cap.tokens {
            return cap.binding;
        }
        full.iter()
            .find(|(_, group)| group.members.contains(&index))
            .map_or(Binding::None, |(group, _)| Binding::Group(*group))
    })
    .gather()
}
