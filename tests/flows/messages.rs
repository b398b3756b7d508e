//! The examples of the vault's MESSAGES.md, as a client would copy them.
//!
//! Succeeds when every message of it does what it is an example of, in the order of the file, and
//! every question is answered.

use std::collections::BTreeSet;

use cosmwasm_std::{Decimal, coins, from_json};
use defenders_suite::chain::Code;
use defenders_suite::{BLOCK, DAY, DENOM, Suite, SuiteBuilder, TOKEN, Tx};
use defenders_types::{
    AllocationPolicyInput, ExecuteMsg, InstantiateMsg, Job, MigrateMsg, ParametersInput,
    PowerSource, QueryMsg, ShareInput,
};
use serde_json::{Deserializer, Value};

use crate::examples::{self, VAULT};
use crate::fixture::{REWARD, batch_of, funded, funded_from, wait_for_unbonding};
use crate::settings::propose;
use crate::token::instantiate_sink;

const FILE: &str = include_str!("../../contracts/vault/MESSAGES.md");

/// An end of a listing there. It lies at most 400 days ahead, so it is another on every chain.
const ENDS_AT: &str = "1766275200";

/// A section of the file, by its heading.
fn section(heading: &str) -> &'static str {
    let (_, section) = FILE.split_once(&format!("\n## {heading}\n")).unwrap();
    section.split("\n## ").next().unwrap()
}

/// The JSON objects of a section, in their order.
fn objects(heading: &str) -> Vec<Value> {
    let blocks = section(heading).split("```json\n").skip(1);
    let blocks = blocks.map(|block| block.split_once("```").unwrap().0);
    blocks
        .flat_map(|block| Deserializer::from_str(block).into_iter())
        .map(Result::unwrap)
        .collect()
}

fn executes() -> Vec<Value> {
    let mut all = played();
    all.extend(objects("Believing a snapshot"));
    all.extend(objects("Posting powers"));
    all.extend(objects("Changing settings"));
    all.extend(objects("Replacing code"));
    all
}

/// On a vault whose powers the chain tells.
fn played() -> Vec<Value> {
    [
        "Depositing and leaving",
        "Keeping the vault going",
        "Curating the list",
        "The share token",
    ]
    .into_iter()
    .flat_map(objects)
    .collect()
}

fn name(message: &Value) -> String {
    let fields = message.as_object().unwrap();
    fields.keys().next().unwrap().clone()
}

/// The first that the suite has not listed.
fn new_validator(suite: &Suite) -> &str {
    let unlisted = |it: &&String| !suite.listed.contains(it);
    suite.validators.iter().find(unlisted).unwrap()
}

/// The message with whole addresses in the place of those that are cut off.
fn on(suite: &Suite, sink: &str, message: &Value) -> String {
    let new = new_validator(suite);
    let mut text = message.to_string();
    for (short, whole) in [
        ("wasm1...alice", &*suite.user("alice")),
        ("wasm1...bob", &*suite.user("bob")),
        ("wasm1...contract", sink),
        ("wasm1...multisig", &*suite.owner),
        ("wasm1...treasury", &*suite.fee_recipient),
        ("wasm1...vault", &*suite.vault),
        ("wasm1...bonded_pool", &*suite.chain.bonded_pool()),
        ("wasmvaloper1...small", &*suite.listed[0]),
        ("wasmvaloper1...small2", &*suite.listed[1]),
        ("wasmvaloper1...small3", &*suite.listed[2]),
        ("wasmvaloper1...new", new),
    ] {
        text = text.replace(&format!("\"{short}\""), &format!("\"{whole}\""));
    }
    let ends_at = suite.chain.time().plus_days(365).seconds();
    text = text.replace(ENDS_AT, &ends_at.to_string());
    assert!(!text.contains("1..."), "{text}");
    text
}

/// Makes true what the message needs, and says who sends it.
fn prepare(suite: &mut Suite, name: &str) -> String {
    let (alice, bob, carol) = (suite.user("alice"), suite.user("bob"), suite.user("carol"));
    match name {
        "claim" => {
            let request = on(suite, "", &objects("Depositing and leaving")[1]);
            let requested = suite.tx(call(suite, &alice, request, 0)).unwrap();
            assert_eq!(batch_of(&requested), 1);
            suite.keep();
            wait_for_unbonding(suite);
            carol
        }
        "tick" => {
            suite.advance(2 * DAY + BLOCK);
            carol
        }
        "claim_fee" => {
            let treasury = suite.fee_recipient.clone();
            suite.reward(REWARD);
            suite.advance(DAY);
            suite.faults().block_recipient(&treasury);
            suite.tick(Job::Harvest);
            suite.heal();
            assert!(suite.fee_owed(&treasury) > 0);
            carol
        }
        "list_validators" | "drain_validators" | "transfer_ownership" => suite.owner.clone(),
        "set_own_maximum" => {
            suite.apply_in_time(0); // it is listed by now
            suite.operator(new_validator(suite))
        }
        "cancel_ownership_transfer" => {
            let message = r#"{"transfer_ownership":{"new_owner":"wasm1...alice"}}"#;
            let message = on(suite, "", &serde_json::from_str(message).unwrap());
            suite.tx(call(suite, &bob, message, 0)).unwrap();
            bob
        }
        // who has accepted the ownership; the token's texts went with it
        "accept_ownership" | "upload_logo" | "update_marketing" => bob,
        "cancel_withdrawal" | "transfer_from" | "send_from" => bob,
        _ => alice,
    }
}

fn call(suite: &Suite, sender: &str, msg: String, tokens: u128) -> Tx {
    Tx::Execute {
        sender: sender.into(),
        contract: suite.vault.clone(),
        msg,
        funds: match tokens {
            0 => vec![],
            tokens => coins(tokens, DENOM),
        },
    }
}

#[test]
fn examples_are_accepted_in_their_order_and_questions_answered() {
    let mut suite = funded_from(SuiteBuilder::base().with_cw20_shares().with_operators());
    let sink = instantiate_sink(&mut suite);
    suite.user_with("alice", 1_000 * TOKEN);
    for message in played() {
        let sender = prepare(&mut suite, &name(&message));
        let tokens = match name(&message).as_str() {
            "deposit" => 1_000 * TOKEN,
            _ => 0,
        };
        let text = on(&suite, &sink, &message);
        let result = suite.tx(call(&suite, &sender, text, tokens));
        assert!(result.is_ok(), "{message}: {result:?}");
    }

    assert_eq!(suite.ownership().owner, suite.user("bob"));
    for question in objects("Questions") {
        let text = on(&suite, &sink, &question);
        let answer = suite.chain.query(&suite.vault, &text);
        assert!(answer.is_ok(), "{question}: {answer:?}");
    }
}

#[test]
fn example_of_an_accepted_snapshot_is_accepted_while_it_is_suspect() {
    let mut suite = funded();
    let unreadable = suite.listed[..3].to_vec();
    for validator in &unreadable {
        suite.faults().refuse_queries_about(validator);
    }
    suite.advance(DAY);
    suite.keep();
    let text = on(&suite, "", &objects("Believing a snapshot")[0]);
    let owner = suite.owner.clone();

    let outcome = suite.tx(call(&suite, &owner, text, 0)).unwrap();

    assert!(outcome.emits("snapshot_accepted"));
}

#[test]
fn examples_of_changed_settings_are_accepted_in_their_order() {
    let mut suite = SuiteBuilder::base().build();
    let (owner, guardian) = (suite.owner.clone(), suite.user("guardian"));
    propose(&mut suite, &[("guardian", Some(&guardian))]).unwrap();
    let alice = suite.user("alice");
    suite.deposit(&alice, 100 * TOKEN);
    for message in objects("Changing settings") {
        let sender = match name(&message).as_str() {
            "apply_change" => {
                suite.advance(36 * DAY); // one validator alone has long batch periods
                alice.clone()
            }
            "put_brake_on" => guardian.clone(),
            _ => owner.clone(),
        };
        let until = (suite.now() + DAY).to_string();
        let text = on(&suite, "", &message).replace("1735948800", &until);
        let result = suite.tx(call(&suite, &sender, text, 0));
        assert!(result.is_ok(), "{message}: {result:?}");
    }
    assert_eq!(suite.config().fee.performance_fee_rate, Decimal::percent(8));
    assert_eq!(
        suite.config().policy.max_commission_rate,
        Decimal::percent(12)
    );
    assert_eq!(suite.config().policy.floor, Decimal::percent(25));
}

#[test]
fn example_of_replaced_code_is_accepted_for_the_code_that_lies_there() {
    let mut suite = funded();
    let owner = suite.owner.clone();
    let code_id = suite.chain.store(Code::NextVault);
    let mut message = objects("Replacing code").remove(0);
    message["schedule_upgrade"]["code_id"] = code_id.into();
    message["schedule_upgrade"]["checksum"] = suite.chain.checksum(code_id).into();
    let text = on(&suite, "", &message);

    let outcome = suite.tx(call(&suite, &owner, text, 0)).unwrap();

    assert!(outcome.emits("change_scheduled"));
}

#[test]
fn example_of_a_posted_page_is_accepted_where_powers_are_posted() {
    let attester = Some("carol".to_owned());
    let builder = SuiteBuilder::base().with_power_source(PowerSource::Attested { attester });
    let mut suite = builder.without_refresh().build();
    let text = on(&suite, "", &objects("Posting powers")[0]);
    let carol = suite.user("carol");

    let outcome = suite.tx(call(&suite, &carol, text, 0)).unwrap();

    assert!(outcome.emits("powers_posted"));
}

#[test]
fn example_of_an_instantiation_makes_a_vault_with_the_defaults() {
    let mut suite = funded();
    let alice = suite.user_with("alice", TOKEN);
    let codes = [Code::Vault, Code::RewardPot].map(|code| suite.chain.store(code));
    let mut message = objects("Instantiation").remove(0);
    assert!(examples::is_given(&message));
    message["reward_pot_code_id"] = codes[1].into();
    let msg = on(&suite, "", &message);
    let parsed: InstantiateMsg = from_json(&msg).unwrap();
    assert_eq!(parsed.policy, Some(AllocationPolicyInput::default()));
    assert_eq!(parsed.parameters, Some(ParametersInput::default()));
    let optional = optional_of(&message, |text| from_json::<InstantiateMsg>(text).is_ok());
    assert_eq!(optional, ["parameters", "policy"]);
    assert!(section("Instantiation").contains("\nOptional: `policy`, `parameters`.\n"));

    let tx = Tx::Instantiate {
        code_id: codes[0],
        sender: alice,
        admin: None,
        salt: None,
        msg,
        funds: coins(TOKEN, DENOM),
    };
    suite.chain.block(BLOCK, vec![tx]).remove(0).unwrap();
    let migration = objects("Migration").remove(0);
    from_json::<MigrateMsg>(migration.to_string()).unwrap();
}

/// The fields of an object that may be left out, in ascending order.
fn optional_of(fields: &Value, is_read: impl Fn(String) -> bool) -> Vec<String> {
    let fields = fields.as_object().unwrap();
    let is_optional = |name: &&String| {
        let mut fields = fields.clone();
        fields.remove(*name);
        is_read(Value::from(fields).to_string())
    };
    let mut optional: Vec<String> = fields.keys().filter(is_optional).cloned().collect();
    optional.sort();
    optional
}

/// What a table of the file says may be left out; nothing where the message is in none.
fn told_optional(name: &str) -> Vec<String> {
    let row = FILE
        .lines()
        .find(|line| line.starts_with(&format!("| `{name}` |")));
    let cell = row.map_or("", |row| row.split('|').nth(3).unwrap());
    let quoted = cell.split('`').skip(1).step_by(2);
    let mut told: Vec<String> = quoted.map(String::from).collect();
    told.sort();
    told
}

#[test]
fn examples_leave_out_nothing_and_say_what_may_be_left_out() {
    let schema: Value = serde_json::from_str(VAULT).unwrap();
    for (kind, messages) in [("execute", executes()), ("query", objects("Questions"))] {
        let given: BTreeSet<String> = messages.iter().map(name).collect();
        let variants = schema[kind]["oneOf"].as_array().unwrap().iter();
        let variants: BTreeSet<String> = variants.map(|it| name(&it["properties"])).collect();
        assert_eq!(given, variants);
        for message in messages {
            let name = name(&message);
            let is_read = |text: String| match kind {
                "execute" => from_json::<ExecuteMsg>(text).is_ok(),
                _ => from_json::<QueryMsg>(text).is_ok(),
            };
            assert!(is_read(message.to_string()), "{message}");
            let wrap = |fields: String| is_read(format!(r#"{{"{name}":{fields}}}"#));
            assert_eq!(
                optional_of(&message[&name], wrap),
                told_optional(&name),
                "{name}"
            );
            if name != "upload_logo" {
                let properties = fields_of(&schema[kind], &name);
                let given = message[&name].as_object().unwrap().keys().cloned();
                assert_eq!(given.collect::<BTreeSet<_>>(), properties, "{name}");
            }
        }
    }
}

/// The fields that the schema knows of a message.
fn fields_of(schema: &Value, message: &str) -> BTreeSet<String> {
    let variants = schema["oneOf"].as_array().unwrap().iter();
    let fields = |variant: &Value| variant["properties"].get(message).cloned();
    let fields = variants.filter_map(fields).next().unwrap();
    let properties = fields["properties"].as_object();
    properties.map_or_else(BTreeSet::new, |it| it.keys().cloned().collect())
}

#[test]
fn example_of_shares_as_coins_makes_them_and_takes_them_back() {
    let [share, request] = <[Value; 2]>::try_from(objects("Shares as coins")).unwrap();
    let share: ShareInput = from_json(share.to_string()).unwrap();
    let builder = SuiteBuilder::base().with_share(share.clone());
    let mut suite = funded_from(builder);
    let alice = suite.user("alice");

    let mut tx = call(&suite, &alice, on(&suite, "", &request), 0);
    if let Tx::Execute { funds, .. } = &mut tx {
        *funds = suite.share_coins(250 * TOKEN);
    }
    let outcome = suite.tx(tx).unwrap();

    assert!(outcome.emits("withdrawal_requested"));
    let share = serde_json::to_value(share).unwrap();
    let of_denom = |text: String| from_json::<ShareInput>(format!(r#"{{"denom":{text}}}"#)).is_ok();
    let optional = optional_of(&share["denom"], of_denom);
    assert_eq!(optional, ["description", "message_prefix"]);
}
