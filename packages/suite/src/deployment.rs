//! The ways in which a vault becomes its own wasm admin. In each, the vault is instantiated first and makes its
//! pot, whose admin it is from the beginning.

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Api, Binary, Coin, HexBinary, instantiate2_address};

use crate::chain::{Code, Refusal, TestChain, Tx};
use crate::event::text;
use crate::units::{BLOCK, json};

/// What tells one vault of a wallet from another.
pub const SALT: &str = "defenders";

/// How a vault becomes its own admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deployment {
    /// A wallet instantiates at an address that is known beforehand, and names that address as admin.
    Predicted,
    /// A wallet instantiates as admin, and names the vault by `MsgUpdateAdmin` in the next block.
    HandedOver,
    /// A factory instantiates as admin, and names the vault in the same transaction.
    ByFactory,
    /// A wallet instantiates as admin, and keeps that: deposits stay closed.
    Kept,
}

/// The address of a contract that `creator` instantiates from code of this checksum with this salt.
pub fn predict_address(checksum: &str, creator: &str, salt: &str) -> String {
    let (prefix, _) = creator.rsplit_once('1').unwrap();
    let api = match prefix {
        "cosmwasm" => MockApi::default(),
        "wasm" => MockApi::default().with_prefix("wasm"),
        other => panic!("{other} is the prefix of no test chain"),
    };
    let checksum = HexBinary::from_hex(checksum).unwrap();
    let creator = api.addr_canonicalize(creator).unwrap();
    let address = instantiate2_address(&checksum, &creator, salt.as_bytes()).unwrap();
    api.addr_humanize(&address).unwrap().into_string()
}

/// The transaction that instantiates.
pub fn instantiation(
    deployment: Deployment,
    chain: &mut dyn TestChain,
    code_id: u64,
    sender: &str,
    msg: String,
    funds: Vec<Coin>,
) -> Tx {
    if deployment == Deployment::ByFactory {
        let msg = Binary::from(msg.into_bytes());
        let found = defenders_factory::ExecuteMsg::Found { code_id, msg };
        return Tx::Execute {
            sender: sender.to_owned(),
            contract: found_factory(chain, sender),
            msg: json(&found),
            funds,
        };
    }
    let checksum = chain.checksum(code_id);
    let (admin, salt) = match deployment {
        Deployment::Predicted => (
            predict_address(&checksum, sender, SALT),
            Some(SALT.to_owned()),
        ),
        _ => (sender.to_owned(), None),
    };
    Tx::Instantiate {
        code_id,
        sender: sender.to_owned(),
        admin: Some(admin),
        salt,
        msg,
        funds,
    }
}

fn found_factory(chain: &mut dyn TestChain, sender: &str) -> String {
    let tx = Tx::Instantiate {
        code_id: chain.store(Code::Factory),
        sender: sender.to_owned(),
        admin: None,
        salt: None,
        msg: "{}".to_owned(),
        funds: vec![],
    };
    let outcome = chain.block(BLOCK, vec![tx]).remove(0).unwrap();
    let mut events = outcome.events.iter();
    let instantiated = events.find(|event| event.ty == "instantiate");
    text(instantiated.unwrap(), "_contract_address")
}

/// What is left to do once it stands.
pub fn complete(
    deployment: Deployment,
    chain: &mut dyn TestChain,
    sender: &str,
    vault: &str,
) -> Result<(), Refusal> {
    if deployment == Deployment::HandedOver {
        let tx = Tx::UpdateAdmin {
            sender: sender.to_owned(),
            contract: vault.to_owned(),
            admin: vault.to_owned(),
        };
        chain.block(BLOCK, vec![tx]).remove(0)?;
    }
    Ok(())
}
