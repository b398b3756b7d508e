//! Writes the pot's JSON schema to the folder it is run in.

use cosmwasm_schema::write_api;
use defenders_types::pot::{ExecuteMsg, InstantiateMsg, QueryMsg};

fn main() {
    write_api! {
        name: "reward-pot",
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
    }
}
