//! Answers of a chain that are no validator set of x/staking: what they are, and what to ask for
//! instead.

use crate::input::shape::shorten;
use crate::input::{InputError, Json};

const REST: &str = "ask the REST endpoint /cosmos/staking/v1beta1/validators?pagination.limit=500";

/// Of a page that has no validators as x/staking tells them: what it is, if that can be told.
pub fn ensure_is_set(path: &str, page: &Json) -> Result<(), InputError> {
    let Json::Object(_) = page else {
        return Ok(());
    };
    let Some((what, instead)) = recognise(page) else {
        return Ok(());
    };
    Err(InputError::LooksLike {
        path: format!("{path}: "),
        what,
        instead,
    })
}

/// Of a file that a person writes: whether it is an answer of a chain.
pub fn ensure_no_answer(page: &Json) -> Result<(), InputError> {
    let first = page.field("validators").unwrap_or(page);
    let is_answer = ["pagination", "jsonrpc", "app_state", "height"]
        .iter()
        .any(|name| page.field(name).is_some());
    let has_operators = first
        .first()
        .is_some_and(|it| it.field("operator_address").is_some());
    match is_answer || has_operators {
        true => Err(InputError::looks_like(
            "what a chain answers",
            "`concentration` and `simulate` take that with --validators; --help shows the file \
             that is wanted here",
        )),
        false => Ok(()),
    }
}

fn recognise(page: &Json) -> Option<(String, &'static str)> {
    let has = |name: &str| page.field(name).is_some();
    let known = |what: &str, instead| Some((what.to_string(), instead));
    if has("app_state") || has("genesis_time") {
        return known(
            "a genesis export",
            "give its part `app_state.staking`, with `jq .app_state.staking FILE`",
        );
    }
    if let Some(message) = find_error(page) {
        return Some((
            format!("an error that a node answered, {:?}", shorten(&message)),
            "ask again, or another node",
        ));
    }
    let inner = page.field("result").unwrap_or(page);
    let rows = inner.field("validators").and_then(Json::first);
    if has("jsonrpc") || rows.is_some_and(|row| row.field("voting_power").is_some()) {
        return known(
            "what a node's RPC says of consensus validators, without operators and commission",
            REST,
        );
    }
    if has("height") && has("result") {
        return known(
            "a legacy answer, whose status numbers 0 to 2 newer programs count otherwise",
            REST,
        );
    }
    if has("operator_address") {
        return known(
            "a stream of validators, one object after the other",
            "put them into one array, with `jq --slurp . FILE`",
        );
    }
    if has("validator") {
        return known("an answer about one validator", REST);
    }
    if has("delegation_responses") || has("delegations") {
        return known("a list of delegations", REST);
    }
    if has("total_bonded") && has("policy") {
        return known(
            "the input of `defenders targets` or `defenders plan`",
            "give it to those with --input; here give a chain's validators",
        );
    }
    None
}

/// The message of an error, as REST endpoints, proxies and the RPC tell it.
fn find_error(page: &Json) -> Option<String> {
    let error = page.field("error");
    let nested = error.and_then(|error| error.field("message"));
    let data = error.and_then(|error| error.field("data"));
    let texts = [
        data,
        nested,
        error,
        page.field("message"),
        page.field("detail"),
    ];
    let mut texts = texts.into_iter().flatten().filter_map(Json::text);
    let message = texts.find(|text| !text.is_empty())?;
    page.field("validators")
        .is_none()
        .then(|| message.to_string())
}
