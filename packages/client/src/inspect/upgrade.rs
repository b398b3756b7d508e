//! Upgrades: other code takes the place of the vault's or its pot's.

use cosmwasm_std::Binary;
use defenders_types::OwnContract;

use super::checksums::warn_of_other_file;
use super::effects::{EffectRow, when_upgraded};
use super::fields::join;
use super::known::Known;
use super::warnings::Warnings;
use crate::input::json;

/// The code that takes over.
pub struct Upgrade<'a> {
    /// Whose code is replaced.
    pub contract: OwnContract,
    /// The code.
    pub code_id: u64,
    /// Its SHA-256.
    pub checksum: &'a str,
    /// What it is called with; absent: `{}`.
    pub msg: Option<&'a Binary>,
}

/// What an upgrade changes, and warnings: whoever votes must know what the code does.
pub fn read(place: &str, upgrade: &Upgrade, known: &Known, warnings: &mut Warnings) -> EffectRow {
    let Upgrade {
        contract,
        code_id,
        checksum,
        msg,
    } = upgrade;
    let name = contract.as_str();
    let context = &known.context;
    let (earliest, when) = when_upgraded(context);
    let told = format!(
        "CODE: {name} runs code {code_id} then, which can do anything with all that is deposited; {when}"
    );
    warnings.add(place, "upgrade", told);
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if checksum.len() != 64 || !checksum.bytes().all(is_digit) {
        let told = "the vault takes a checksum of 64 hex digits in lower case and no other";
        warnings.add(place, "refused", told);
    }
    let file = match contract {
        OwnContract::Vault => "vault.wasm",
        OwnContract::RewardPot => "reward_pot.wasm",
    };
    warn_of_other_file(place, checksum, file, known, warnings);
    warn_of_code(place, upgrade, known, warnings);
    let running = known.codes.as_ref().and_then(|codes| match contract {
        OwnContract::Vault => codes.vault.as_ref(),
        OwnContract::RewardPot => codes.reward_pot.as_ref(),
    });
    let called_with = msg.map_or("{}".to_string(), |msg| {
        let text = String::from_utf8(msg.to_vec()).ok();
        text.filter(|text| json::parse(text).is_ok())
            .unwrap_or_else(|| {
                let place = join(place, "schedule_upgrade.msg");
                warnings.add(&place, "not_decoded", "the message is not JSON in base64");
                msg.to_base64()
            })
    });
    EffectRow {
        now_is_known: running.is_some(),
        now: running.map(|code| format!("code {}, checksum {}", code.code_id, code.checksum)),
        then: Some(format!("code {code_id}, checksum {checksum}")),
        effect: "loosens",
        reason: format!("other code may do anything; it is called with {called_with}"),
        earliest,
        when,
        ..EffectRow::act(format!("code of the {name}"), "")
    }
    .replacing(context.change_of_upgrade(*contract), "takes the place of")
}

/// Warns of code that the chain would not let take over, as far as it is known what the chain keeps.
fn warn_of_code(place: &str, upgrade: &Upgrade, known: &Known, warnings: &mut Warnings) {
    let code_id = upgrade.code_id;
    let proposed = known.codes.as_ref().map(|codes| &codes.proposed);
    let Some(found) = proposed.and_then(|proposed| proposed.get(&code_id)) else {
        return;
    };
    let Some(code) = found else {
        let told = format!("the vault refuses code {code_id}: the chain has none of that number");
        return warnings.add(place, "refused", told);
    };
    if code.checksum != upgrade.checksum {
        let told = format!(
            "the vault refuses code {code_id}: its checksum on the chain is {}",
            code.checksum
        );
        warnings.add(place, "refused", told);
    }
    if let (Some(allowed), Some(vault)) = (&code.instantiators, &known.vault)
        && !allowed.contains(vault)
    {
        let told = match allowed.as_slice() {
            [] => "nobody may".to_string(),
            allowed => format!("only {} may", allowed.join(", ")),
        };
        let told = format!(
            "the chain refuses the upgrade when it is due: the vault may not instantiate code {code_id}, {told}"
        );
        warnings.add(place, "code_permission", told);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::chain::CodeInfo;
    use crate::inspect::ListedCode;
    use crate::inspect::{Codes, Context};

    const VAULT: &str = "cosmos1qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurs79d55s";

    fn code(code_id: u64, instantiators: Option<&[&str]>) -> CodeInfo {
        CodeInfo {
            code_id,
            checksum: "ab".repeat(32),
            instantiators: instantiators.map(|all| all.iter().map(ToString::to_string).collect()),
        }
    }

    /// The row, and the warnings without the first, which is about every upgrade.
    fn read_upgrade(checksum: &str, found: Option<CodeInfo>) -> (EffectRow, Vec<String>) {
        read_with(None, checksum, found)
    }

    fn read_with(
        checksums: Option<Vec<ListedCode>>,
        checksum: &str,
        found: Option<CodeInfo>,
    ) -> (EffectRow, Vec<String>) {
        let context = Context::at(1_700_000_000);
        let known = Known {
            context,
            vault: Some(VAULT.to_string()),
            checksums,
            codes: Some(Codes {
                vault: Some(code(3, None)),
                reward_pot: None,
                proposed: BTreeMap::from([(9, found)]),
            }),
        };
        let mut warnings = Warnings::default();
        let upgrade = Upgrade {
            contract: OwnContract::Vault,
            code_id: 9,
            checksum,
            msg: None,
        };
        let row = read("msgs[0]", &upgrade, &known, &mut warnings);
        let all = warnings.finish().into_iter();
        let told = all.skip(1).map(|it| format!("{}: {}", it.kind, it.message));
        (row, told.collect())
    }

    #[test]
    fn code_that_the_chain_would_not_let_take_over_is_warned_of() {
        let checksum = "ab".repeat(32);
        let other = "cd".repeat(32);
        for (found, given, said) in [
            (Some(code(9, None)), &checksum, None),
            (Some(code(9, Some(&[VAULT]))), &checksum, None),
            (
                None,
                &checksum,
                Some("refused: the vault refuses code 9: the chain has none of that number".to_string()),
            ),
            (
                Some(code(9, None)),
                &other,
                Some(format!(
                    "refused: the vault refuses code 9: its checksum on the chain is {checksum}"
                )),
            ),
            (
                Some(code(9, Some(&["cosmos1a"]))),
                &checksum,
                Some(
                    "code_permission: the chain refuses the upgrade when it is due: the vault may not \
                     instantiate code 9, only cosmos1a may"
                        .to_string(),
                ),
            ),
            (
                Some(code(9, Some(&[]))),
                &checksum,
                Some(
                    "code_permission: the chain refuses the upgrade when it is due: the vault may not \
                     instantiate code 9, nobody may"
                        .to_string(),
                ),
            ),
        ] {
            let (_, told) = read_upgrade(given, found);
            assert_eq!(told, Vec::from_iter(said));
        }
    }

    #[test]
    fn another_file_of_the_release_is_warned_of() {
        let checksum = "ab".repeat(32);
        for (file, said) in [
            (Some("vault.wasm"), None),
            (None, None),
            (
                Some("next_vault.wasm"),
                Some(format!(
                    "unknown_checksum: the checksum {checksum} is of next_vault.wasm in checksums.txt, not of vault.wasm"
                )),
            ),
        ] {
            let listed = ListedCode {
                checksum: checksum.clone(),
                file: file.map(str::to_string),
            };
            let (_, told) = read_with(Some(vec![listed]), &checksum, Some(code(9, None)));
            assert_eq!(told, Vec::from_iter(said));
        }
    }

    #[test]
    fn the_code_that_runs_now_stands_beside_the_new_one() {
        let checksum = "ab".repeat(32);
        let (row, _) = read_upgrade(&checksum, Some(code(9, None)));
        assert_eq!(row.now, Some(format!("code 3, checksum {checksum}")));
        assert_eq!(row.then, Some(format!("code 9, checksum {checksum}")));
        assert!(row.now_is_known);
    }
}
