//! What the program of the real chain was told to do wrong.

use serde_json::Value;

/// All that the program is told to do wrong.
#[derive(Default)]
pub struct Wrong {
    pub messages: Vec<Value>,
    pub queries: bool,
    pub unreadable: Vec<String>,
    pub hidden: Vec<String>,
    pub no_amounts: bool,
    pub blocked: Vec<String>,
    /// Delegator and validator of overstated delegations. They are part of the chain's state.
    pub overstated: Vec<(String, String)>,
}
