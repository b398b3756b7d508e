//! The fill list: where idle tokens go next. It makes a deposit independent of the number of
//! validators, because only its head is touched.

use cosmwasm_std::{Storage, Uint128};
use defenders_allocation::{compute_fill_list, FillInput, Groups};

use crate::book::{Book, Head};
use crate::error::ContractError;
use crate::roster::Roster;
use crate::state::{Config, Room, FILL};

/// Rooms kept until the next rebuild.
pub const MAX_ROOMS: usize = 32;

/// The rooms that the target rule gives now. Empty before the first refresh: without powers
/// nobody knows who is small.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn preview_rooms(
    config: &Config,
    book: &Book,
    total_shares: Uint128,
    roster: &Roster,
    now: u64,
) -> Result<Vec<Room>, ContractError> {
    if roster.summary.is_none() {
        return Ok(vec![]);
    }
    let seats = roster.seats();
    let members = roster.members.iter();
    let refusing: Vec<bool> = members.map(|m| m.holding.is_refusing(now)).collect();
    let list = compute_fill_list(&FillInput {
        total: book.tokens_to_place(now, total_shares)?.u128(),
        total_bonded: roster.total_bonded(),
        idle: book.idle_above_reserve(now, total_shares)?.u128(),
        min_delegation: config.bounds.min_delegation.u128(),
        max_rooms: MAX_ROOMS,
        policy: &roster.policy_in_force(&config.policy),
        seats: &seats,
        groups: &Groups::NONE,
        excluded: &refusing,
    })?;
    let rooms = list.rooms.iter().filter_map(|room| {
        let member = roster.members.get(room.seat)?;
        Some(Room {
            index: member.holding.index,
            tokens: room.tokens.into(),
        })
    });
    Ok(rooms.collect())
}

/// Builds the list anew.
///
/// # Errors
/// As [`preview_rooms`].
pub fn rebuild(
    storage: &mut dyn Storage,
    config: &Config,
    book: &mut Book,
    total_shares: Uint128,
    roster: &Roster,
    now: u64,
) -> Result<(), ContractError> {
    let rooms = preview_rooms(config, book, total_shares, roster, now)?;
    FILL.save(storage, &rooms);
    book.placement.head = head_at(&rooms, 0);
    Ok(())
}

/// Empties the list: its rooms may no longer fit.
pub fn clear(book: &mut Book) {
    book.placement.head = None;
}

/// Passes to the next room.
///
/// # Errors
/// When storage is damaged.
pub fn advance(storage: &dyn Storage, book: &mut Book) -> Result<(), ContractError> {
    if let Some(head) = book.placement.head {
        let rooms = FILL.may_load(storage)?.unwrap_or_default();
        book.placement.head = head_at(&rooms, head.position.saturating_add(1));
    }
    Ok(())
}

/// Takes `tokens` from the room in use, and passes on when less than a delegation is left.
///
/// # Errors
/// When storage is damaged.
pub fn use_head(
    storage: &dyn Storage,
    config: &Config,
    book: &mut Book,
    tokens: Uint128,
) -> Result<(), ContractError> {
    let Some(head) = &mut book.placement.head else {
        return Ok(());
    };
    head.tokens = head.tokens.saturating_sub(tokens);
    if head.tokens < config.bounds.min_delegation {
        advance(storage, book)?;
    }
    Ok(())
}

fn head_at(rooms: &[Room], position: u32) -> Option<Head> {
    let room = rooms.get(usize::try_from(position).ok()?)?;
    Some(Head {
        index: room.index,
        tokens: room.tokens,
        position,
    })
}
