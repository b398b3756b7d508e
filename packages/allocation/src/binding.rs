//! What keeps a validator from more: the answer to "why do I get no more stake?".

use crate::{caps::Cap, group::Groups, order::sort_by};

/// What holds a cap or a target where it is. Of a validator's own caps the first of equal ones in
/// this order is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// Nothing: it could take another unit, and other validators came first.
    None,
    /// Not eligible: the cap is 0.
    Ineligible,
    /// floor(alpha x T).
    VaultShare,
    /// floor(c x S) - e_i, not below 0.
    ChainShare,
    /// floor(gamma x e_i / (1 - gamma)).
    Match,
    /// The operator's own maximum.
    Declared,
    /// floor(beta x self-bond).
    Bond,
    /// The cap of the group with this index is full.
    Group(usize),
}

/// For each seat, what keeps its target from one unit more at the end of the unit-by-unit rule:
/// [`Binding::Ineligible`]; or nothing, when it is below its own cap and all its groups are below
/// theirs; or its own least cap, when it is reached; or the first full group by name, byte by byte.
///
/// `caps` and `targets` stand in the order of the seats; `total` (T) and `groups` are those that
/// the targets were computed with.
pub fn compute_bindings(
    total: u128,
    caps: &[Cap],
    groups: &Groups,
    targets: &[u128],
) -> Vec<Binding> {
    let mut full: Vec<_> = groups
        .list()
        .iter()
        .enumerate()
        .filter(|(_, group)| group.sum(targets) >= group.cap_floor(total))
        .collect();
    sort_by(&mut full, |(_, a), (_, b)| a.name.cmp(&b.name));
    let rows = caps.iter().zip(targets).enumerate();
    rows.map(|(seat, (cap, target))| {
        if cap.binding == Binding::Ineligible || target >= &cap.tokens {
            return cap.binding;
        }
        full.iter()
            .find(|(_, group)| group.members.contains(&seat))
            .map_or(Binding::None, |(index, _)| Binding::Group(*index))
    })
    .collect()
}
