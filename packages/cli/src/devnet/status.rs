//! What stands on a development chain.

use serde_json::{Value, json};

use super::accounts;
use super::args::HomeArgs;
use super::control::ask;
use super::error::DevnetError;
use super::founding;
use super::home::Home;
use super::page;
use crate::output::{print, to_json};
use crate::terminal::{Column, Screen, Table};

/// Shows it.
pub fn run(args: &HomeArgs) -> Result<(), DevnetError> {
    let home = Home::at(&args.home)?;
    let running = home.ensure_running()?;
    let node = ask(&home, "devnet_status", &json!({}))?;
    let accounts = accounts::load(&home)?;
    let noted = founding::noted(&home);
    let (vault, multisig) = match &noted {
        Some((vault, multisig)) => (Some(vault.as_str()), Some(multisig.as_str())),
        None => (None, None),
    };
    let list: Vec<Value> = accounts
        .iter()
        .map(|account| json!({ "name": account.name, "address": account.address }))
        .collect();
    let report = json!({
        "home": home.folder,
        "chain_id": running.chain_id,
        "rpc": running.rpc, "grpc": running.grpc, "rest": running.rest,
        "pid": running.pid,
        "height": node.get("height"), "time": node.get("time"),
        "is_paused": node.get("paused"),
        "absent": node.get("absent"),
        "first_block": node.get("first_block"),
        "vault": vault, "multisig": multisig,
        "page": page::find(&home, &running),
        "accounts": list,
        "validators": node.get("validators"),
        "consensus": CONSENSUS,
    });
    let text = match args.view.json {
        true => to_json(&report)?,
        false => render(&report, &args.view.screen()),
    };
    Ok(print(&text)?)
}

/// What is not there, said wherever someone could take it for a network.
const CONSENSUS: &str = "none: one program makes the blocks and signs every validator's vote";

fn render(report: &Value, screen: &Screen) -> String {
    let text = |field: &str| match report.get(field) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => "-".to_string(),
        Some(other) => other.to_string(),
    };
    let mut shown = String::new();
    let mut line = |name: &str, value: &str| shown += &format!("{name:<10}{value}\n");
    line("chain", &text("chain_id"));
    line("RPC", &text("rpc"));
    line("gRPC", &text("grpc"));
    line("REST", &text("rest"));
    line("height", &text("height"));
    line("time", &text("time"));
    let validators = report.get("validators").and_then(Value::as_array);
    let voting = |validator: &&Value| validator.get("votes") == Some(&Value::Bool(true));
    let (all, voting) =
        validators.map_or((0, 0), |all| (all.len(), all.iter().filter(voting).count()));
    let paused = match report.get("is_paused") == Some(&Value::Bool(true)) {
        true => "; paused, nobody votes",
        false => "",
    };
    line("votes", &format!("{voting} of {all} validators{paused}"));
    line("consensus", CONSENSUS);
    line("vault", &text("vault"));
    line("multisig", &text("multisig"));
    if report.get("page").is_some_and(Value::is_string) {
        line("page", &text("page"));
    }
    let mut table = Table::new(&[Column::Words("name"), Column::Words("address")]);
    for account in report
        .get("accounts")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let field = |name: &str| {
            account
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_string()
        };
        table.add([field("name"), field("address")]);
    }
    let home = text("home");
    let table = table.render("accounts", &crate::terminal::Labels::default(), screen);
    let keys = screen.wrap(&format!("Its keys lie in {home}/keyring, in plain."));
    // a path to copy stays in one piece
    format!("{shown}{table}\n{keys}\nCommands find all of this from its folder:\n  cd {home}\n")
}
