//! Fields that nobody knows: misspelt ones in messages, later ones in answers.
//!
//! Succeeds when an answer carries fields that its reader does not know yet.
//!
//! Fails when any name in any message is misspelt, at any depth, or when a message without fields
//! is given one. The refusal names it, and nothing has changed.

use cosmwasm_std::{Uint128, coins};
use defenders_suite::chain::Code;
use defenders_suite::{BLOCK, DENOM, Refusal, Suite, TOKEN, Tx, json};
use defenders_types::pot::{self, Released};
use defenders_types::{
    BatchInfo, BatchesResponse, BrakeResponse, ChangesResponse, ConfigResponse, ExecuteMsg,
    ExplainResponse, HealthResponse, JobsResponse, LedgerResponse, MigrateMsg, OwnershipResponse,
    PlanResponse, PositionResponse, QueryMsg, RateHistoryResponse, RateResponse,
    RedemptionRateResponse, SolvencyResponse, TotalsResponse, ValidatorsResponse,
    WorstCaseResponse,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::examples::{self, POT, VAULT};
use crate::fixture::funded_cw20;

const UNHEARD_OF: &str = "unheard_of";

/// The message with one name misspelt, in every way, and what the refusal has to name. An object
/// without fields is given one.
fn misspellings(message: &Value) -> Vec<(Value, String)> {
    match message {
        Value::Object(fields) if fields.is_empty() => {
            vec![(json!({ UNHEARD_OF: "7" }), UNHEARD_OF.to_string())]
        }
        Value::Object(fields) => {
            let mut all = vec![];
            for (name, inner) in fields {
                let wrong = format!("{name}_");
                let mut misspelt = fields.clone();
                misspelt.remove(name);
                misspelt.insert(wrong.clone(), inner.clone());
                all.push((misspelt.into(), wrong));
                for (inner, wrong) in misspellings(inner) {
                    let mut misspelt = fields.clone();
                    misspelt.insert(name.clone(), inner);
                    all.push((misspelt.into(), wrong));
                }
            }
            all
        }
        Value::Array(items) => {
            let of_item = |(at, item): (usize, &Value)| -> Vec<(Value, String)> {
                let put = |(item, wrong)| {
                    let mut items = items.clone();
                    items[at] = item;
                    (items.into(), wrong)
                };
                misspellings(item).into_iter().map(put).collect()
            };
            items.iter().enumerate().flat_map(of_item).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![],
    }
}

fn assert_named(refusal: &Refusal, wrong: &str, message: &Value) {
    let is_named = refusal.says(&format!("unknown field `{wrong}`"))
        || refusal.says(&format!("unknown variant `{wrong}`"));
    assert!(is_named, "{message}: {}", refusal.text);
}

/// All that a refused message could have changed.
fn everything(suite: &Suite) -> impl PartialEq + std::fmt::Debug + use<> {
    let accounts = [&suite.vault, &suite.pot, &suite.user("alice")].map(|of| suite.tokens(of));
    let states = [&suite.vault, &suite.pot].map(|contract| suite.chain.state(contract));
    let delegations = suite.chain.delegations(&suite.vault);
    (accounts, states, delegations)
}

/// Sends every misspelling of the message, made a transaction, in one block.
fn assert_refused(suite: &mut Suite, message: &Value, tx: impl Fn(String) -> Tx) {
    let before = everything(suite);
    let wrong = misspellings(message);
    assert!(!wrong.is_empty());

    let txs = wrong.iter().map(|(message, _)| tx(message.to_string()));
    let results = suite.block(BLOCK, txs.collect());

    for ((message, wrong), result) in wrong.iter().zip(results) {
        let refusal = result.expect_err(&message.to_string());
        assert_named(&refusal, wrong, message);
    }
    assert_eq!(everything(suite), before);
}

fn assert_unanswered(suite: &Suite, contract: &str, question: &Value) {
    for (question, wrong) in misspellings(question) {
        let answer = suite.chain.query(contract, &question.to_string());
        let refusal = answer.expect_err(&question.to_string());
        assert_named(&refusal, &wrong, &question);
    }
}

fn call(sender: &str, contract: &str, tokens: u128) -> impl Fn(String) -> Tx + use<> {
    let (sender, contract) = (sender.to_string(), contract.to_string());
    move |msg| Tx::Execute {
        sender: sender.clone(),
        contract: contract.clone(),
        msg,
        funds: match tokens {
            0 => vec![],
            tokens => coins(tokens, DENOM),
        },
    }
}

#[test]
fn deposit_with_a_misspelt_recipient_mints_to_nobody() {
    let mut suite = funded_cw20();
    let alice = suite.user_with("alice", TOKEN);
    let bob = suite.user("bob");
    let before = everything(&suite);

    let msg = format!(r#"{{"deposit":{{"recipent":"{bob}","min_shares_out":"9"}}}}"#);
    let tx = call(&alice, &suite.vault, TOKEN)(msg);
    let refusal = suite.tx(tx).unwrap_err();

    let reason =
        "unknown field `recipent`, expected one of `amount`, `recipient`, `min_shares_out`";
    assert!(refusal.says(reason), "{}", refusal.text);
    assert_eq!(suite.tokens(&alice), TOKEN);
    assert_eq!(everything(&suite), before);
}

#[test]
fn deposit_with_a_misspelt_bound_is_refused_and_the_right_one_holds() {
    let mut suite = funded_cw20();
    let alice = suite.user_with("alice", TOKEN);
    let before = everything(&suite);

    let tx = |field: &str, suite: &Suite| {
        let msg = format!(r#"{{"deposit":{{"{field}":"{}"}}}}"#, u128::MAX);
        call(&alice, &suite.vault, TOKEN)(msg)
    };
    let refusal = suite.tx(tx("min_share_out", &suite)).unwrap_err();
    let bounded = suite.tx(tx("min_shares_out", &suite)).unwrap_err();

    let reason = "unknown field `min_share_out`";
    assert!(refusal.says(reason), "{}", refusal.text);
    assert!(!bounded.says("unknown field"), "{}", bounded.text);
    assert_eq!(suite.tokens(&alice), TOKEN);
    assert_eq!(everything(&suite), before);
}

#[test]
fn misspelt_messages_to_the_vault_change_nothing() {
    let mut suite = funded_cw20();
    // who sends it does not matter: a message is read before anybody asks who may send it
    let alice = suite.user_with("alice", TOKEN);
    for message in examples::all(VAULT, "execute", &examples::executes(&suite)) {
        let tokens = match message.get("deposit") {
            Some(_) => 7,
            None => 0,
        };
        let vault = suite.vault.clone();
        assert_refused(&mut suite, &message, call(&alice, &vault, tokens));
    }
}

#[test]
fn misspelt_questions_to_the_vault_have_no_answer() {
    let suite = funded_cw20();
    for question in examples::all(VAULT, "query", &examples::queries(&suite)) {
        assert_unanswered(&suite, &suite.vault, &question);
    }
}

#[test]
fn misspelt_messages_to_the_pot_change_nothing() {
    let mut suite = funded_cw20();
    let (alice, pot) = (suite.user("alice"), suite.pot.clone());
    for message in examples::all(POT, "execute", &examples::pot_executes()) {
        assert_refused(&mut suite, &message, call(&alice, &pot, 0));
    }
    for question in examples::all(POT, "query", &examples::pot_queries()) {
        assert_unanswered(&suite, &pot, &question);
    }
}

#[test]
fn misspelt_instantiation_makes_nothing() {
    let mut suite = funded_cw20();
    let alice = suite.user_with("alice", TOKEN);
    let vault_code = suite.chain.store(Code::Vault);
    let pot_code = suite.chain.store(Code::RewardPot);
    let instantiate = |code_id, funds| {
        let sender = alice.clone();
        move |msg| Tx::Instantiate {
            code_id,
            sender: sender.clone(),
            admin: None,
            salt: None,
            msg,
            funds,
        }
    };

    let of_vault = to_value(&examples::instantiation(&suite, pot_code));
    assert!(examples::is_given(&of_vault));
    let seed = coins(TOKEN, DENOM);
    let tx = |msg| instantiate(vault_code, seed.clone())(msg);
    assert_refused(&mut suite, &of_vault, tx);
    let of_pot = to_value(&pot::InstantiateMsg {
        denom: DENOM.into(),
    });
    let tx = |msg| instantiate(pot_code, vec![])(msg);
    assert_refused(&mut suite, &of_pot, tx);

    // nothing but the spelling was wrong
    let tx = instantiate(vault_code, seed)(of_vault.to_string());
    suite.chain.block(BLOCK, vec![tx]).remove(0).unwrap();
}

#[test]
fn misspelt_migration_is_refused() {
    let text = json!({ UNHEARD_OF: "7" }).to_string();
    let error = cosmwasm_std::from_json::<MigrateMsg>(text).unwrap_err();
    assert!(error.to_string().contains("unknown field `unheard_of`"));
}

#[test]
fn answers_that_have_grown_are_read() {
    let mut suite = funded_cw20();
    let (owner, alice, bob) = (suite.owner.clone(), suite.user("alice"), suite.user("bob"));
    suite.execute(&owner, &examples::logo(), vec![]).unwrap();
    let allowance = ExecuteMsg::IncreaseAllowance {
        spender: bob,
        amount: Uint128::new(7),
        expires: None,
    };
    suite.execute(&alice, &allowance, vec![]).unwrap();
    suite.request(&alice, TOKEN);
    suite.keep();
    assert!(!suite.ledger().is_empty());

    for question in examples::queries(&suite) {
        let answer = suite.chain.query(&suite.vault, &json(&question)).unwrap();
        read_as_told(&question, &serde_json::from_str(&answer).unwrap());
    }
    for question in examples::pot_queries() {
        let answer = suite.chain.query(&suite.pot, &json(&question)).unwrap();
        let answer = serde_json::from_str(&answer).unwrap();
        match question {
            pot::QueryMsg::Config {} => read_grown::<pot::ConfigResponse>(&answer),
            pot::QueryMsg::Balances {} => read_grown::<pot::BalancesResponse>(&answer),
        }
    }
    let tokens = Uint128::new(7);
    read_grown::<Released>(&to_value(&Released { tokens }));
}

/// The type of each answer.
fn read_as_told(question: &QueryMsg, answer: &Value) {
    match question {
        QueryMsg::Config {} => read_grown::<ConfigResponse>(answer),
        QueryMsg::Ownership {} => read_grown::<OwnershipResponse>(answer),
        QueryMsg::Totals {} => read_grown::<TotalsResponse>(answer),
        QueryMsg::Rate {} => read_grown::<RateResponse>(answer),
        QueryMsg::PreviewDeposit { .. }
        | QueryMsg::ConvertToShares { .. }
        | QueryMsg::ConvertToAssets { .. }
        | QueryMsg::FeeOwed { .. } => read_grown::<Uint128>(answer),
        QueryMsg::Position { .. } => read_grown::<PositionResponse>(answer),
        QueryMsg::Batch { .. } => read_grown::<Option<BatchInfo>>(answer),
        QueryMsg::Batches { .. } => read_grown::<BatchesResponse>(answer),
        QueryMsg::Validators { .. } => read_grown::<ValidatorsResponse>(answer),
        QueryMsg::Ledger { .. } => read_grown::<LedgerResponse>(answer),
        QueryMsg::Changes {} => read_grown::<ChangesResponse>(answer),
        QueryMsg::WorstCase {} => read_grown::<WorstCaseResponse>(answer),
        QueryMsg::Brake {} => read_grown::<BrakeResponse>(answer),
        QueryMsg::Jobs {} => read_grown::<JobsResponse>(answer),
        QueryMsg::Plan { .. } => read_grown::<PlanResponse>(answer),
        QueryMsg::Explain { .. } => read_grown::<ExplainResponse>(answer),
        QueryMsg::Health {} => read_grown::<HealthResponse>(answer),
        QueryMsg::RateHistory { .. } => read_grown::<RateHistoryResponse>(answer),
        QueryMsg::RedemptionRate { .. } => read_grown::<RedemptionRateResponse>(answer),
        QueryMsg::Solvency {} => read_grown::<SolvencyResponse>(answer),
        QueryMsg::Balance { .. } => read_grown::<cw20::BalanceResponse>(answer),
        QueryMsg::TokenInfo {} => read_grown::<cw20::TokenInfoResponse>(answer),
        QueryMsg::Minter {} => read_grown::<Option<cw20::MinterResponse>>(answer),
        QueryMsg::Allowance { .. } => read_grown::<cw20::AllowanceResponse>(answer),
        QueryMsg::AllAllowances { .. } => read_grown::<cw20::AllAllowancesResponse>(answer),
        QueryMsg::AllSpenderAllowances { .. } => {
            read_grown::<cw20::AllSpenderAllowancesResponse>(answer);
        }
        QueryMsg::AllAccounts { .. } => read_grown::<cw20::AllAccountsResponse>(answer),
        QueryMsg::MarketingInfo {} => read_grown::<cw20::MarketingInfoResponse>(answer),
        QueryMsg::DownloadLogo {} => read_grown::<cw20::DownloadLogoResponse>(answer),
    }
}

/// Reads an answer with a field more in every struct as without, as a client and as a contract.
fn read_grown<T: DeserializeOwned + PartialEq + std::fmt::Debug>(answer: &Value) {
    let now: T = serde_json::from_value(answer.clone()).unwrap();
    let later = grown(answer);
    assert_eq!(later != *answer, answer.is_object(), "{later}");
    let by_client: T = serde_json::from_value(later.clone()).unwrap();
    let by_contract: T = cosmwasm_std::from_json(later.to_string()).unwrap();
    assert_eq!(by_client, now);
    assert_eq!(by_contract, now);
}

fn grown(value: &Value) -> Value {
    /// Their values are enums, whose object has one name only.
    const ENUMS: [&str; 4] = ["purpose", "expires", "messages", "share"];
    let grow_enum = |of_enum: &serde_json::Map<String, Value>| {
        let variants = of_enum
            .iter()
            .map(|(name, inner)| (name.clone(), grown(inner)));
        Value::Object(variants.collect())
    };
    match value {
        Value::Object(fields) => {
            let grow = |(name, value): (&String, &Value)| {
                let value = match (ENUMS.contains(&name.as_str()), value) {
                    (true, Value::Object(of_enum)) => grow_enum(of_enum),
                    (true, Value::Array(enums)) => {
                        let objects = enums.iter().filter_map(Value::as_object);
                        objects.map(grow_enum).collect()
                    }
                    _ => grown(value),
                };
                (name.clone(), value)
            };
            let mut fields: serde_json::Map<String, Value> = fields.iter().map(grow).collect();
            fields.insert(UNHEARD_OF.into(), json!({ "deep": [{ "er": null }] }));
            fields.into()
        }
        Value::Array(items) => items.iter().map(grown).collect(),
        other => other.clone(),
    }
}

fn to_value(message: &impl Serialize) -> Value {
    serde_json::to_value(message).unwrap()
}
