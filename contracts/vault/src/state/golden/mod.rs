//! The bytes of everything that is stored or in flight, pinned. Whoever changes one of these lines
//! changes what lies on a chain already: a migration must rewrite it.

mod keys;
mod money;
mod payloads;
mod settings;
mod validators;

use std::fmt::Debug;
use std::path::Path;

use cosmwasm_std::{Addr, Uint128};

use crate::store::packed::{pack, unpack, Packed};

/// What is pinned: the names beside `packed!`, `packed_enum!` and `impl Packed for`.
#[derive(Default)]
struct Golden(Vec<String>);

impl Golden {
    fn pin<T: Packed + PartialEq + Debug>(&mut self, value: &T, hex: &str) {
        let name = std::any::type_name::<T>();
        let name = name.rsplit("::").next().unwrap_or(name);
        let bytes = pack(value);
        let packed: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(packed, hex.replace(' ', ""), "{name}");
        assert_eq!(unpack(&bytes).as_ref(), Some(value), "{name}");
        if !self.0.iter().any(|pinned| pinned == name) {
            self.0.push(name.to_owned());
        }
    }
}

fn n(number: u128) -> Uint128 {
    Uint128::new(number)
}

fn addr(name: &str) -> Addr {
    Addr::unchecked(name)
}

/// Bytes as they are pinned.
fn bytes(hex: &str) -> Vec<u8> {
    let hex = hex.replace(' ', "");
    let pairs = hex.as_bytes().chunks(2);
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.map(byte).collect()
}

#[test]
fn every_stored_struct_payload_and_enum_has_the_bytes_that_it_had() {
    let mut golden = Golden::default();
    settings::config(&mut golden);
    money::book(&mut golden);
    validators::validators(&mut golden);
    money::jobs(&mut golden);
    money::withdrawals(&mut golden);
    money::token(&mut golden);
    payloads::payloads(&mut golden);

    let mut declared = vec![];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    find_declared(&source, &mut declared);
    declared.sort();
    // the list of powers is pinned as well
    golden.0.retain(|name| declared.contains(name));
    golden.0.sort();
    assert_eq!(
        golden.0, declared,
        "declared in the source, and pinned here"
    );
}

/// The types that files in and under a folder declare to be packed. Those of `store/packed` itself are
/// the parts that all others are made of.
fn find_declared(folder: &Path, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("state/golden") || path.ends_with("store/packed") {
            continue;
        }
        if path.is_dir() {
            find_declared(&path, names);
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let mut is_declaring = false;
        for line in source.lines() {
            match line {
                "packed! {" | "packed_enum! {" => is_declaring = true,
                "}" => is_declaring = false,
                _ if is_declaring => {
                    let name = line
                        .strip_prefix("    ")
                        .and_then(|row| row.split_once(" {"));
                    let name = name.filter(|(name, _)| name.chars().all(char::is_alphanumeric));
                    names.extend(name.map(|(name, _)| name.to_owned()));
                }
                _ => {
                    let name = line.strip_prefix("impl Packed for ");
                    names.extend(
                        name.and_then(|name| name.strip_suffix(" {"))
                            .map(str::to_owned),
                    );
                }
            }
        }
    }
}
