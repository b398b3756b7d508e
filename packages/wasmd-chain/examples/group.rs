//! A group whose members change, on the real chain, with what each call costs.
//!
//! `cargo run -p wasmd-chain --example group [path of cw4_group.wasm]`

use serde_json::{Value, json};
use wasmd_chain::{Block, Gas, Genesis, Tx, Validator, coin, msg};

/// Built by `scripts/build-wasm.sh`.
const WASM: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../target/wasm/cw4_group.wasm"
);

fn main() -> wasmd_chain::Outcome<()> {
    let wasm = std::env::args().nth(1).unwrap_or_else(|| WASM.into());
    let mut chain = Genesis::new()
        .account("alice", &[coin(1_000_000_000, "ustake")])
        .account("bob", &[coin(1_000_000, "ustake")])
        .validator(Validator::new("val-0", 1_000_000_000))
        .begin()?;
    let (alice, bob) = (chain.account("alice")?, chain.account("bob")?);
    let code_id = chain.store("alice", wasm)?;
    let members = json!([{"addr": alice, "weight": 3}]);
    let msg = json!({"admin": alice, "members": members});
    let group = chain.instantiate("alice", code_id, &msg, &[])?;
    println!("the group is        {group}");

    let before = chain.snapshot()?;
    let add = json!({"update_members": {"remove": [], "add": [{"addr": bob, "weight": 4}]}});
    let receipt = chain.execute("alice", &group, &add, &[])?;
    println!("alice adds bob      {} gas", receipt.gas_used);
    let refused = chain.execute("bob", &group, &add, &[]);
    if let Err(error) = refused {
        println!("bob may not         {error}");
    }
    let (told, gas): (Value, u64) =
        chain.smart_with_gas(&group, &json!({"total_weight": {}}), None)?;
    println!("weight of all       {}, {gas} gas", told["weight"]);

    chain.restore(before)?;
    let told: Value = chain.smart(&group, &json!({"total_weight": {}}))?;
    println!("before bob          {}", told["weight"]);
    let message = msg::execute(&alice, &group, &add, &[])?;
    let tx = Tx::new("alice", [message]).gas(Gas::Limit(90_000));
    for result in chain.block(&Block::after(6).tx(tx))?.txs {
        match result {
            Ok(receipt) => println!("with little gas     {} gas", receipt.gas_used),
            Err(refused) => println!("with little gas     {}/{}", refused.codespace, refused.code),
        }
    }
    Ok(())
}
