//! Upgrades: other code takes the place of the vault's or its pot's.

use cosmwasm_std::Binary;
use defenders_types::OwnContract;

use super::effects::{EffectRow, when_upgraded};
use super::fields::join;
use super::warnings::Warnings;
use crate::input::parse_json;
use crate::proposal::Context;

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
pub fn read(
    place: &str,
    upgrade: &Upgrade,
    context: &Context,
    warnings: &mut Warnings,
) -> EffectRow {
    let Upgrade {
        contract,
        code_id,
        checksum,
        msg,
    } = upgrade;
    let name = contract.as_str();
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
    let called_with = msg.map_or("{}".to_string(), |msg| {
        let text = String::from_utf8(msg.to_vec()).ok();
        text.filter(|text| parse_json(text).is_ok())
            .unwrap_or_else(|| {
                let place = join(place, "schedule_upgrade.msg");
                warnings.add(&place, "not_decoded", "the message is not JSON in base64");
                msg.to_base64()
            })
    });
    EffectRow {
        then: Some(format!("code {code_id}, checksum {checksum}")),
        effect: "loosens",
        reason: format!("other code may do anything; it is called with {called_with}"),
        earliest,
        when,
        ..EffectRow::act(format!("code of the {name}"), "")
    }
    .replacing(context.change_of_upgrade(*contract), "takes the place of")
}
