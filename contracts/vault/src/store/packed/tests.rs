//! A value comes back from its own bytes, and from no others.

use cosmwasm_std::{Decimal, Uint128};

use super::{pack, packed, packed_enum, unpack};

#[derive(Debug, PartialEq)]
struct Sample {
    tokens: Uint128,
    note: Option<String>,
    flags: Vec<bool>,
    colour: Colour,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Colour {
    Red,
    Blue,
}

packed! {
    Sample { tokens, note, flags, colour }
}
packed_enum! {
    Colour { Red = 0, Blue = 7 }
}

fn sample() -> Sample {
    Sample {
        tokens: Uint128::new(258),
        note: Some("ä".to_owned()),
        flags: vec![true, false],
        colour: Colour::Blue,
    }
}

#[test]
fn a_struct_is_its_fields_in_the_listed_order() {
    let packed = pack(&sample());
    // 258 = 01 02; some text of 2 bytes, ä = c3 a4; 2 flags; blue
    let expected = [2, 1, 2, 1, 1, 2, 0xc3, 0xa4, 1, 2, 1, 0, 7];
    assert_eq!(packed, expected);
    assert_eq!(unpack(&packed), Some(sample()));
}

#[test]
fn numbers_take_their_digits_and_a_byte() {
    for (number, bytes) in [(0, 1), (1, 2), (255, 2), (256, 3), (u128::MAX, 17)] {
        let packed = pack(&number);
        assert_eq!(packed.len(), bytes);
        assert_eq!(unpack(&packed), Some(number));
    }
    assert_eq!(unpack::<u16>(&pack(&65_535u32)), Some(65_535));
    assert_eq!(unpack::<u16>(&pack(&65_536u32)), None);
    // 17 digits are no number of 128 bits
    assert_eq!(unpack::<u128>(&[&[17][..], &[1; 17]].concat()), None);
}

#[test]
fn decimals_take_their_digits_without_the_zeros_at_the_end() {
    for (decimal, bytes) in [
        (Decimal::zero(), vec![0, 0]),
        (Decimal::one(), vec![1, 1, 18]),
        (Decimal::percent(5), vec![1, 5, 16]),
        (Decimal::permille(125), vec![1, 125, 15]),
        (Decimal::raw(1), vec![1, 1, 0]),
    ] {
        assert_eq!(pack(&decimal), bytes, "{decimal}");
        assert_eq!(unpack(&bytes), Some(decimal));
    }
    assert_eq!(unpack(&pack(&Decimal::MAX)), Some(Decimal::MAX));
    // 1 x 10^39 is beyond 128 bits
    assert_eq!(unpack::<Decimal>(&[1, 1, 39]), None);
}

#[test]
fn flags_in_a_row_share_a_byte() {
    let flags = [true, false, true];
    assert_eq!(pack(&flags), [0b101]);
    assert_eq!(unpack(&[0b101]), Some(flags));
    // a fourth flag is none of theirs
    assert_eq!(unpack::<[bool; 3]>(&[0b1101]), None);
}

#[test]
fn enums_have_the_numbers_that_are_written_down() {
    assert_eq!(pack(&Colour::Red), [0]);
    assert_eq!(unpack(&[7]), Some(Colour::Blue));
    assert_eq!(unpack::<Colour>(&[1]), None);
}

#[test]
fn a_later_version_reads_what_an_earlier_one_stored() {
    #[derive(Debug, PartialEq)]
    struct Grown {
        tokens: Uint128,
        note: Option<String>,
        since: u64,
    }
    struct Before {
        tokens: Uint128,
        note: Option<String>,
    }
    packed! {
        Before { tokens, note }
        Grown { tokens, note; since: 9 }
    }
    let before = Before {
        tokens: Uint128::new(5),
        note: None,
    };
    let grown = |since| Grown {
        tokens: Uint128::new(5),
        note: None,
        since,
    };
    assert_eq!(unpack(&pack(&before)), Some(grown(9)));
    assert_eq!(unpack(&pack(&grown(300))), Some(grown(300)));
}

#[test]
fn neither_fewer_nor_more_bytes_are_a_value() {
    let packed = pack(&sample());
    for length in 0..packed.len() {
        assert_eq!(unpack::<Sample>(&packed[..length]), None, "{length} bytes");
    }
    let longer = [packed, vec![0]].concat();
    assert_eq!(unpack::<Sample>(&longer), None);
}

#[test]
fn damaged_bytes_are_no_value() {
    assert_eq!(unpack::<bool>(&[2]), None);
    assert_eq!(unpack::<String>(&[1, 1, 0xff]), None);
    // a list that says to have 2^64 - 1 rows
    let length = pack(&u64::MAX);
    assert_eq!(unpack::<Vec<u64>>(&length), None);
}
