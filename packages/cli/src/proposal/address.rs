//! Addresses in files.

use defenders_client::address::Prefix;

use crate::input::{InputError, Node};

/// Reads an account or contract, and takes its prefix.
pub fn read_prefix(node: &Node) -> Result<(Prefix, String), InputError> {
    let text = node.name()?;
    let prefix = Prefix::parse(&text).map_err(|reason| no_address(node, &text, reason))?;
    match prefix.is_operator() {
        true => Err(no_address(
            node,
            &text,
            "it is an operator's, an account's is wanted",
        )),
        false => Ok((prefix, text)),
    }
}

/// Reads an account or contract of this chain.
pub fn read_account(prefix: &Prefix, node: &Node) -> Result<String, InputError> {
    let text = node.name()?;
    match prefix.ensure_account(&text) {
        Ok(()) => Ok(text),
        Err(reason) => Err(no_address(node, &text, &reason)),
    }
}

/// Reads an operator address of this chain.
pub fn read_operator(prefix: &Prefix, node: &Node) -> Result<String, InputError> {
    let text = node.name()?;
    match prefix.ensure_operator(&text) {
        Ok(()) => Ok(text),
        Err(reason) => Err(no_address(node, &text, &reason)),
    }
}

fn no_address(node: &Node, text: &str, reason: &str) -> InputError {
    node.impossible(format!("{text:?} is not the address wanted here: {reason}"))
}
