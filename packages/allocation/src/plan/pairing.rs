//! Who gives to whom. Every move ends a giver or a taker, so for each reason there are fewer moves
//! than givers and takers together, which is below twice the least possible.

use std::cmp::Reverse;

use super::{
    drift::{counts, deficit},
    share_out::{Give, Shares, Take},
    work::Work,
    Move, MoveKind, Reason,
};

/// Plans what was shared out, as far as minimum move, entries, group caps and the number of moves
/// allow, and says whether anything could be planned. Each move keeps every group cap by itself, so
/// that a plan cut short keeps them too.
pub(super) fn pair(work: &mut Work<'_>, shared: &Shares) -> bool {
    let gives = order_gives(work, &shared.gives);
    let takes = order_takes(work, &shared.takes);
    let mut owed: Vec<_> = takes.iter().map(|take| take.tokens).collect();
    let mut due: Vec<_> = gives.iter().map(|give| give.redelegate).collect();
    let mut has_moved = false;
    for give in &gives {
        has_moved |= undelegate(work, give);
    }
    // A move may make the room in a group that another one waits for.
    loop {
        let mut has_paired = false;
        for (give, due) in gives.iter().zip(due.iter_mut()) {
            for (take, owed) in takes.iter().zip(owed.iter_mut()) {
                let tokens = redelegate(work, give, take, (*due).min(*owed));
                // Cannot saturate: a part of both.
                *due = due.saturating_sub(tokens);
                *owed = owed.saturating_sub(tokens);
                has_paired |= tokens > 0;
            }
        }
        if !has_paired {
            return has_moved;
        }
        has_moved = true;
    }
}

/// Leaving stays in its order; of others the largest comes first, because large parts split others
/// less, then the highest.
fn order_gives<'s>(work: &Work<'_>, gives: &'s [Give]) -> Vec<&'s Give> {
    let mut ordered: Vec<_> = gives.iter().collect();
    // Stable, so equal keys stay in the order of addresses.
    ordered.sort_by_key(|give| match give.reason {
        Reason::Leaving(_) => (0, Reverse(0), Reverse(0)),
        Reason::AboveCap | Reason::Quality => {
            (1, Reverse(give.redelegate), level(work, give.place))
        }
    });
    ordered
}

fn level(work: &Work<'_>, place: usize) -> Reverse<u128> {
    let stand = work.stands.get(place);
    Reverse(stand.map_or(0, |stand| stand.level(stand.held)))
}

/// Who only takes what leaves first, so that enough of it remains for them. Then pinned
/// destinations: they cost no new pin. Then the largest, then by address.
fn order_takes<'s>(work: &Work<'_>, takes: &'s [Take]) -> Vec<&'s Take> {
    let mut ordered: Vec<_> = takes.iter().collect();
    ordered.sort_by_key(|take| {
        let pinned = work.stands.get(take.place).is_some_and(|s| s.pinned);
        let is_near = is_within_dead_band(work, take);
        (!is_near, !pinned, Reverse(take.tokens))
    });
    ordered
}

/// Whether the destination was so near to its target that it only takes what leaves.
fn is_within_dead_band(work: &Work<'_>, take: &Take) -> bool {
    let stand = work.stands.get(take.place);
    stand.is_some_and(|stand| !counts(work, deficit(stand, stand.seat.held)))
}

fn undelegate(work: &mut Work<'_>, give: &Give) -> bool {
    give.undelegate > 0
        && work.push(Move {
            kind: MoveKind::Undelegate,
            source: give.place,
            tokens: give.undelegate,
            reason: give.reason,
        })
}

/// Plans at most `tokens` from one to the other, and returns how many.
fn redelegate(work: &mut Work<'_>, give: &Give, take: &Take, tokens: u128) -> u128 {
    let stands = work.stands.get(give.place).zip(work.stands.get(take.place));
    let room = stands.map_or(0, |(source, destination)| {
        work.group_room(source, destination)
    });
    let tokens = tokens.min(room);
    let is_leaving = matches!(give.reason, Reason::Leaving(_));
    let is_small = tokens < work.limits.min_move || is_within_dead_band(work, take);
    if tokens == 0 || (is_small && !is_leaving) {
        return 0;
    }
    let planned = work.push(Move {
        kind: MoveKind::Redelegate {
            destination: take.place,
        },
        source: give.place,
        tokens,
        reason: give.reason,
    });
    if planned {
        tokens
    } else {
        0
    }
}
