//! Rows of fixed width for what is read and written many at a time: JSON would cost a chain
//! twice as much. Numbers are big endian.

use cosmwasm_std::{Binary, Uint128};

use crate::error::ContractError;

/// Rows of powers in a page; row r of page p belongs to index p x 25 + r.
pub const POWERS_PER_PAGE: u16 = 25;

const ROOM_BYTES: usize = 18;
const POWER_BYTES: usize = 35;

const IS_READ: u8 = 1;
const IS_BONDED: u8 = 1 << 1;
const IS_JAILED: u8 = 1 << 2;
const IS_COMMISSION_HIGH: u8 = 1 << 3;

/// A room of the fill list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackedRoom {
    /// The validator's index.
    pub index: u16,
    /// Tokens that it takes.
    pub tokens: Uint128,
}

/// What the last refresh read of a validator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PackedPower {
    /// The validator's index.
    pub index: u16,
    /// Its tokens.
    pub tokens: Uint128,
    /// Its tokens without the vault's.
    pub external: Uint128,
    /// It could be read.
    pub is_read: bool,
    /// In the bonded set.
    pub is_bonded: bool,
    /// Jailed.
    pub is_jailed: bool,
    /// Charges more than the policy allowed then.
    pub is_commission_high: bool,
}

/// Packs rooms: u16 index, u128 tokens each.
#[must_use]
pub fn pack_rooms(rooms: &[PackedRoom]) -> Binary {
    let mut bytes = Vec::with_capacity(rooms.len().saturating_mul(ROOM_BYTES));
    for room in rooms {
        bytes.extend_from_slice(&room.index.to_be_bytes());
        bytes.extend_from_slice(&room.tokens.u128().to_be_bytes());
    }
    bytes.into()
}

/// The room at `position`, if the list is that long.
///
/// # Errors
/// When the item is damaged.
pub fn unpack_room(packed: &Binary, position: u32) -> Result<Option<PackedRoom>, ContractError> {
    let position = usize::try_from(position).unwrap_or(usize::MAX);
    let Some(row) = packed.chunks(ROOM_BYTES).nth(position) else {
        return Ok(None);
    };
    let damaged = || ContractError::DamagedState {
        item: "fill",
        bytes: packed.len(),
    };
    Ok(Some(PackedRoom {
        index: u16::from_be_bytes(part(row, 0).ok_or_else(damaged)?),
        tokens: u128::from_be_bytes(part(row, 2).ok_or_else(damaged)?).into(),
    }))
}

/// Packs a page of powers: u16 index, u128 tokens, u128 external, u8 flags each.
#[must_use]
pub fn pack_powers(powers: &[PackedPower]) -> Binary {
    let mut bytes = Vec::with_capacity(powers.len().saturating_mul(POWER_BYTES));
    for power in powers {
        bytes.extend_from_slice(&power.index.to_be_bytes());
        bytes.extend_from_slice(&power.tokens.u128().to_be_bytes());
        bytes.extend_from_slice(&power.external.u128().to_be_bytes());
        let flag = |is: bool, bit: u8| if is { bit } else { 0 };
        bytes.push(
            flag(power.is_read, IS_READ)
                | flag(power.is_bonded, IS_BONDED)
                | flag(power.is_jailed, IS_JAILED)
                | flag(power.is_commission_high, IS_COMMISSION_HIGH),
        );
    }
    bytes.into()
}

/// Unpacks a page of powers.
///
/// # Errors
/// When the item is damaged.
pub fn unpack_powers(packed: &Binary) -> Result<Vec<PackedPower>, ContractError> {
    let damaged = || ContractError::DamagedState {
        item: "powers",
        bytes: packed.len(),
    };
    packed
        .chunks(POWER_BYTES)
        .map(|row| {
            let [flags] = part(row, 34).ok_or_else(damaged)?;
            Ok(PackedPower {
                index: u16::from_be_bytes(part(row, 0).ok_or_else(damaged)?),
                tokens: u128::from_be_bytes(part(row, 2).ok_or_else(damaged)?).into(),
                external: u128::from_be_bytes(part(row, 18).ok_or_else(damaged)?).into(),
                is_read: flags & IS_READ != 0,
                is_bonded: flags & IS_BONDED != 0,
                is_jailed: flags & IS_JAILED != 0,
                is_commission_high: flags & IS_COMMISSION_HIGH != 0,
            })
        })
        .collect()
}

fn part<const N: usize>(row: &[u8], from: usize) -> Option<[u8; N]> {
    row.get(from..)?.get(..N)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_come_back_as_packed() {
        let rooms = [
            PackedRoom {
                index: 7,
                tokens: Uint128::new(1),
            },
            PackedRoom {
                index: u16::MAX,
                tokens: Uint128::MAX,
            },
        ];
        let packed = pack_rooms(&rooms);
        assert_eq!(packed.len(), 2 * 18);
        assert_eq!(unpack_room(&packed, 0), Ok(Some(rooms[0])));
        assert_eq!(unpack_room(&packed, 1), Ok(Some(rooms[1])));
        assert_eq!(unpack_room(&packed, 2), Ok(None));
    }

    #[test]
    fn a_full_page_of_powers_has_875_bytes_and_comes_back_as_packed() {
        let powers: Vec<PackedPower> = (0..POWERS_PER_PAGE)
            .map(|index| PackedPower {
                index,
                tokens: Uint128::MAX,
                external: Uint128::new(index.into()),
                is_read: index % 2 == 0,
                is_bonded: index % 3 == 0,
                is_jailed: index % 5 == 0,
                is_commission_high: index % 7 == 0,
            })
            .collect();
        let packed = pack_powers(&powers);
        assert_eq!(packed.len(), 875);
        assert_eq!(unpack_powers(&packed), Ok(powers));
    }

    #[test]
    fn damaged_rows_are_refused() {
        let packed = Binary::from([0u8; 34]);
        assert_eq!(
            unpack_powers(&packed),
            Err(ContractError::DamagedState {
                item: "powers",
                bytes: 34
            })
        );
        assert_eq!(
            unpack_room(&Binary::from([0u8; 17]), 0),
            Err(ContractError::DamagedState {
                item: "fill",
                bytes: 17
            })
        );
    }
}
