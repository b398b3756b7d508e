//! An upgrade as a person writes it.

use cosmwasm_std::Binary;
use defenders_types::{ExecuteMsg, OwnContract};

use super::scope::Scope;
use crate::input::{InputError, Json, Node, Object};
use crate::inspect::to_value;

/// The fields of the act.
pub const FIELDS: &[&str] = &["act", "contract", "code_id", "checksum", "msg"];

/// The message.
pub fn read(mut act: Object, scope: &mut Scope) -> Result<ExecuteMsg, InputError> {
    let node = act.required("contract")?;
    let contract = node.text(
        "the contract whose code is replaced: \"vault\" or \"reward_pot\"",
        |text| {
            let own = [OwnContract::Vault, OwnContract::RewardPot];
            own.into_iter().find(|contract| contract.as_str() == text)
        },
    )?;
    scope.name_upgrade(&node, contract)?;
    Ok(ExecuteMsg::ScheduleUpgrade {
        contract,
        code_id: read_code_id(&act.required("code_id")?)?,
        checksum: read_checksum(&act.required("checksum")?)?,
        msg: act.optional("msg").map(read_msg).transpose()?,
        valid_until: scope.until(),
    })
}

fn read_code_id(node: &Node) -> Result<u64, InputError> {
    match node.count()? {
        0 => Err(node.wrong("the number of a code, from 1 on")),
        code_id => Ok(code_id),
    }
}

fn read_checksum(node: &Node) -> Result<String, InputError> {
    node.text("a SHA-256 checksum: 64 digits of 0-9 and a-f", |text| {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(is_digit)).then(|| text.to_string())
    })
}

/// What the new code is called with: any object, encoded here.
fn read_msg(node: Node) -> Result<Binary, InputError> {
    if !matches!(node.json(), Json::Object(_)) {
        return Err(node.wrong("an object, which the new code is called with"));
    }
    let mut twice = Vec::new();
    let msg = to_value(node.json(), node.path(), &mut twice);
    match twice.into_iter().next() {
        Some(path) => Err(InputError::FieldTwice { path }),
        None => Ok(Binary::from(msg.to_string().into_bytes())),
    }
}
