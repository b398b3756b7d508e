//! The chain's own governance. The vault's stake speaks there through the operators that it is delegated to, and
//! the vault itself has no voice; that governance stands above every contract.
//!
//! Succeeds when a proposal's tally grows by exactly what the vault delegates to operators that vote, on the side of
//! each, and by nothing of those that do not vote; when a proposal that passes gives the vault another admin: deposits
//! close, and who wants out is paid; and when one replaces the vault's code at once.

use std::fs;
use std::path::Path;

use cosmwasm_std::coins;
use defenders_suite::chain::{Code, GovMsg, GovProposal};
use defenders_suite::wasmd::Wasmd;
use defenders_suite::{BLOCK, DAY, DENOM, Suite, SuiteBuilder, TOKEN, TestChain, Tx};
use serde_json::{Value, json};

/// x/gov's own: what opens a vote, and how long it lasts.
const DEPOSIT: u128 = 10 * TOKEN;
const VOTING_PERIOD: u64 = 2 * DAY;

fn begin() -> Suite {
    let builder = SuiteBuilder::base().with_operators().with_room_to_leave();
    let chain = Box::new(Wasmd::init(&builder.chain));
    builder.try_build_on(chain).unwrap()
}

/// Somebody proposes that x/gov says this, in its own name.
fn propose(suite: &mut Suite, mut message: Value) -> u64 {
    let alice = suite.user_with("alice", DEPOSIT);
    message["sender"] = suite.chain.gov_account().into();
    let msg = GovMsg::Propose {
        messages: vec![message.to_string()],
        deposit: coins(DEPOSIT, DENOM),
    };
    suite.tx(Tx::Gov { sender: alice, msg }).unwrap();
    1
}

/// Mallory becomes the vault's admin.
fn admin_for_mallory(suite: &Suite) -> Value {
    json!({
        "@type": "/cosmwasm.wasm.v1.MsgUpdateAdmin",
        "new_admin": suite.user("mallory"),
        "contract": suite.vault,
    })
}

/// The large operators agree, and x/gov does it.
fn pass(suite: &mut Suite, message: Value) {
    let id = propose(suite, message);
    let large = suite.validators[..4].to_vec();
    for validator in &large {
        vote(suite, validator, true);
    }
    suite.advance(VOTING_PERIOD);
    suite.advance(BLOCK);
    let told = suite.chain.gov_proposal(id);
    assert_eq!(told.status, "PROPOSAL_STATUS_PASSED");
}

/// The operator of a validator votes.
fn vote(suite: &mut Suite, validator: &str, agrees: bool) {
    let (sender, proposal_id) = (suite.operator(validator), 1);
    let msg = GovMsg::Vote {
        proposal_id,
        agrees,
    };
    suite.tx(Tx::Gov { sender, msg }).unwrap();
}

fn delegated(suite: &Suite, validator: &str) -> u128 {
    let delegations = suite.chain.delegations(&suite.vault);
    let mut found = delegations.into_iter().filter(|(v, _)| v == validator);
    found.next().map_or(0, |(_, tokens)| tokens)
}

fn tokens(suite: &Suite, validator: &str) -> u128 {
    let validators = suite.chain.validators().into_iter();
    let mut found = validators.filter(|it| it.validator == validator);
    found.next().unwrap().tokens
}

#[test]
fn vaults_stake_speaks_through_the_operators_that_it_is_delegated_to() {
    let mut suite = begin();
    let (small, other) = (suite.listed[0].clone(), suite.listed[1].clone());
    let message = admin_for_mallory(&suite);
    let id = propose(&mut suite, message);
    vote(&mut suite, &small, true);
    vote(&mut suite, &other, false);
    let mut voters = [&small, &other].map(|validator| suite.operator(validator));
    voters.sort();
    let before = GovProposal {
        status: "PROPOSAL_STATUS_VOTING_PERIOD".into(),
        yes: tokens(&suite, &small),
        no: tokens(&suite, &other),
        voters: voters.to_vec(),
    };
    assert_eq!(suite.chain.gov_proposal(id), before);
    assert_eq!(delegated(&suite, &small), 0);

    let dave = suite.user("dave");
    suite.deposit(&dave, 999 * TOKEN);
    suite.keep();

    let [for_small, for_other] = [&small, &other].map(|validator| delegated(&suite, validator));
    assert!(for_small > 50 * TOKEN && for_other > 50 * TOKEN);
    let silent = suite.totals().bonded.u128() - for_small - for_other;
    assert!(silent > 500 * TOKEN, "others do not vote");
    let after = GovProposal {
        yes: before.yes + for_small,
        no: before.no + for_other,
        ..before
    };
    assert_eq!(suite.chain.gov_proposal(id), after, "vote for vote");
    assert!(!after.voters.contains(&suite.vault));

    // all of it goes with who leaves
    suite.drain(std::slice::from_ref(&small));
    suite.leave(std::slice::from_ref(&small));
    let left = suite.chain.gov_proposal(id);
    assert_eq!(left.status, after.status);
    assert_eq!(left.yes, before.yes + delegated(&suite, &small));
    assert!(delegated(&suite, &small) <= 1);
}

/// Dave has brought 999 tokens.
fn funded() -> (Suite, String) {
    let mut suite = begin();
    let dave = suite.user("dave");
    suite.deposit(&dave, 999 * TOKEN);
    suite.keep();
    (suite, dave)
}

fn ensure_is_paid(suite: &mut Suite, dave: &str) {
    let shares = suite.shares(dave);
    suite.request(dave, shares);
    suite.keep_for_days(40);
    suite.claim(dave, 1);
    assert!(suite.tokens(dave) + 20 >= 999 * TOKEN);
}

#[test]
fn governance_of_the_chain_gives_the_vault_another_admin_and_deposits_close() {
    let (mut suite, dave) = funded();
    let message = admin_for_mallory(&suite);

    pass(&mut suite, message);

    assert_eq!(suite.chain.admin(&suite.vault), Some(suite.user("mallory")));
    suite.keep_for_days(1);
    let carol = suite.user_with("carol", 10 * TOKEN);
    let refusal = suite.try_deposit(&carol, 10 * TOKEN).unwrap_err();
    assert!(refusal.says("deposits are closed"), "{}", refusal.text);
    ensure_is_paid(&mut suite, &dave);
}

#[test]
fn governance_of_the_chain_replaces_the_code_without_an_exit_delay() {
    let (mut suite, dave) = funded();
    let code_id = suite.chain.store(Code::NextVault);
    let message = json!({
        "@type": "/cosmwasm.wasm.v1.MsgMigrateContract",
        "contract": suite.vault,
        "code_id": code_id.to_string(),
        "msg": {},
    });

    pass(&mut suite, message);

    let stored = suite.chain.state(&suite.vault).into_iter();
    let mut stored = stored.filter(|(key, _)| key == b"contract_info");
    let info: Value = serde_json::from_slice(&stored.next().unwrap().1).unwrap();
    assert_eq!(info["version"], "0.2.0");
    // this code is honest
    ensure_is_paid(&mut suite, &dave);
}

/// What a contract would have to write to speak in x/gov. Beside this, every step of every flow and history checks
/// that no call made anybody speak there.
const WORDS: [&str; 7] = [
    "CosmosMsg::Gov",
    "GovMsg",
    "MsgVote",
    "cosmos.gov",
    "CosmosMsg::Any",
    "AnyMsg",
    "CosmosMsg::Stargate",
];

/// Words of one file: of the chain's messages it has these three, under whatever prefix a founder chose, and x/gov has
/// none of these names.
const ANY: [&str; 2] = ["CosmosMsg::Any", "AnyMsg"];
const FACTORY: [&str; 3] = ["MsgCreateDenom", "MsgMint", "MsgSetDenomMetadata"];

/// Names of the chain's messages that a file has as texts, its tests aside.
fn messages_in(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let texts = code.split('"').skip(1).step_by(2);
    texts.filter(|text| text.starts_with("Msg")).collect()
}

#[test]
fn no_line_of_the_contracts_speaks_in_governance() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../contracts");
    let (mut folders, mut files) = (vec![root], 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let mut words = WORDS.iter();
                let found = match path.ends_with("chain/token_factory.rs") {
                    true => {
                        assert_eq!(messages_in(&text), FACTORY);
                        words.find(|word| text.contains(**word) && !ANY.contains(word))
                    }
                    false => words.find(|word| text.contains(**word)),
                };
                assert_eq!(found, None, "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 50, "{files} files are not the contracts");
}
