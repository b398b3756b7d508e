//! The contract's wasm on the real chain.

use serde_json::{json, Value};
use wasmd_chain::{coin, Chain, Faults, Genesis, MessageKind, Outcome, Validator};

/// A chain with validators `val-0` and `val-1`, alice, and the contract.
fn begin() -> Outcome<(Chain, String)> {
    let mut chain = Genesis::new()
        .account("alice", &[coin(1_000_000_000, "ustake")])
        .validator(Validator::new("val-0", 1_000_000_000))
        .validator(Validator::new("val-1", 900_000_000))
        .begin()?;
    let code_id = chain.store("alice", "stranger.wasm")?;
    let contract = chain.instantiate("alice", code_id, &json!({}), &[])?;
    Ok((chain, contract))
}

#[test]
fn refused_stake_goes_to_the_next() -> Outcome<()> {
    let (mut chain, contract) = begin()?;
    let (a, b) = (chain.operator("val-0")?, chain.operator("val-1")?);
    chain.set_faults(&Faults::default().refuse(&a, MessageKind::Delegate, "liquid", 105))?;
    let stake = json!({"stake": {"validators": [a, b]}});
    let receipt = chain.execute("alice", &contract, &stake, &[coin(600, "ustake")])?;
    let mut told = receipt.events_of("wasm");
    let refusal = Some("codespace: liquid, code: 105");
    assert!(told.any(|event| event.attribute("refusal") == refusal));
    assert!(receipt.gas_used > 100_000);
    assert_eq!(chain.delegations(&contract)?, [(b.clone(), 600)]);
    let told: Value = chain.smart(&contract, &json!({}))?;
    assert_eq!(told[0]["amount"]["amount"], "600");
    Ok(())
}

#[test]
fn eighth_leave_is_refused() -> Outcome<()> {
    let (mut chain, contract) = begin()?;
    let b = chain.operator("val-1")?;
    let stake = json!({"stake": {"validators": [b]}});
    chain.execute("alice", &contract, &stake, &[coin(600, "ustake")])?;
    let amount = json!({"denom": "ustake", "amount": "1"});
    let leave = json!({"leave": {"validator": b, "amount": amount}});
    for _ in 0..7 {
        chain.execute("alice", &contract, &leave, &[])?;
    }
    let error = chain.execute("alice", &contract, &leave, &[]).unwrap_err();
    let refused = error
        .refused()
        .map(|told| (told.codespace.as_str(), told.code));
    assert_eq!(refused, Some(("staking", 27)));
    Ok(())
}
