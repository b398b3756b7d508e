//! What is deployed on a development chain, written as anybody would write it, and carried out by the program's own
//! commands.

use std::process::Command;

use bech32::Bech32;
use serde_json::json;

use super::accounts::{Account, OPERATORS, PREFIX};
use super::error::DevnetError;
use super::home::{Home, Running, failed};
use super::program::find_contracts;
use super::spec::{DENOM, DevnetValidator};

/// Most validators of one act.
const PAGE: usize = 100;
/// Whoever charges more is not listed.
const MOST_COMMISSION: &str = "0.1";
/// What each of these deposits first.
const DEPOSITS: [(&str, &str); 3] = [
    ("alice", "5000STAKE"),
    ("bob", "2000STAKE"),
    ("carol", "800STAKE"),
];

/// What the keeper may spend of fees in a day.
const KEEPER_LIMIT: &str = "100000000ustake";

/// The settings that every command finds from here.
pub fn write_settings(
    home: &Home,
    running: &Running,
    vault: Option<(&str, &str)>,
) -> Result<(), DevnetError> {
    let mut text = format!(
        "# Written by `defenders devnet`, anew at each start.\n\
         chain_id = \"{}\"\nnodes = [\"{}\"]\naddress_prefix = \"{PREFIX}\"\ngas_price = \"0.025{DENOM}\"\n\
         keyring = \"keyring\"\n",
        running.chain_id, running.rpc
    );
    if let Some((vault, multisig)) = vault {
        text += &format!("vault = \"{vault}\"\nmultisig = \"{multisig}\"\n");
    }
    text += &format!("\n[denom]\nbase = \"{DENOM}\"\nsymbol = \"STAKE\"\ndecimals = 6\n");
    home.write(&home.settings(), &text)
}

/// The files that say what to deploy.
pub fn write_deployment(
    home: &Home,
    validators: &[DevnetValidator],
    accounts: &[Account],
) -> Result<(), DevnetError> {
    let address = |name: &str| {
        accounts
            .iter()
            .find(|account| account.name == name)
            .map_or("", |account| account.address.as_str())
    };
    let contracts = find_contracts()?;
    let mut text = format!(
        "label = \"Decentralized Staking Defenders\"\nwasm = {:?}\nseed = \"1000000{DENOM}\"\n\n\
         [multisig]\nthreshold = 3\nvoting_days = 3\n",
        contracts.display().to_string()
    );
    for name in OPERATORS {
        text += &format!("\n[[multisig.members]]\naddress = \"{}\"\n", address(name));
    }
    text += &format!(
        "\n[vault]\npower_source = \"grpc\"\n\n\
         [vault.share.cw20]\nname = \"Defenders stake\"\nsymbol = \"DEFEND\"\ndecimals = 6\n\n\
         [vault.fee]\nperformance_fee_rate = \"0.05\"\nkeeper_bounty_share = \"0.1\"\nrecipient = \"{}\"\n\n\
         [first]\nproposal = \"first.json\"\nvoters = [\"op-2\", \"op-3\"]\ndeposit = \"1000000000{DENOM}\"\n",
        address("treasury")
    );
    home.write(&home.deployment(), &text)?;
    let listed = choose_listed(validators)?;
    let pages = listed
        .chunks(PAGE)
        .map(|page| json!({ "act": "list", "validators": page }));
    let proposal = json!({
        "title": "Begin",
        "description": "Lists every validator that charges a tenth at most and is not among the fewest that hold a third.",
        "acts": pages.collect::<Vec<_>>(),
    });
    home.write(&home.first_proposal(), &format!("{proposal:#}\n"))
}

/// Whom the vault lists: all but the fewest that together hold a third, and whoever charges more than a tenth.
fn choose_listed(validators: &[DevnetValidator]) -> Result<Vec<serde_json::Value>, DevnetError> {
    let total: u128 = validators.iter().map(|validator| validator.tokens).sum();
    let most: cosmwasm_std::Decimal = MOST_COMMISSION.parse().unwrap_or_default();
    let mut before = 0;
    let mut listed = Vec::new();
    for validator in validators {
        let is_top = before * 3 < total;
        before += validator.tokens;
        let commission: cosmwasm_std::Decimal = validator
            .commission
            .parse()
            .unwrap_or(cosmwasm_std::Decimal::one());
        if !is_top && commission <= most {
            listed.push(json!({
                "validator": operator_of(&validator.name)?,
                "name": validator.name,
                "ends_in_days": 365,
            }));
        }
    }
    Ok(listed)
}

/// The operator address of a validator of this name.
pub fn operator_of(name: &str) -> Result<String, DevnetError> {
    let key = defenders_node::keys::PrivateKey::from_hex(&super::accounts::private_key_of(name))?;
    let account = key.public_key().address(PREFIX)?;
    let broken = |reason: String| DevnetError::Impossible(format!("{name}: {reason}"));
    let (_, bytes) = bech32::decode(&account).map_err(|error| broken(error.to_string()))?;
    let prefix = bech32::Hrp::parse(&format!("{PREFIX}valoper"))
        .map_err(|error| broken(error.to_string()))?;
    bech32::encode::<Bech32>(prefix, &bytes).map_err(|error| broken(error.to_string()))
}

/// Deploys and makes the first deposits, by the program's own commands. Each goes on where it was broken off.
pub fn found(home: &Home) -> Result<(), DevnetError> {
    call(
        home,
        &[
            "deploy",
            "--config",
            "deploy.toml",
            "--from",
            "op-1",
            "--yes",
        ],
    )?;
    let noted = std::fs::read(home.deployment_state())
        .map_err(|error| failed(&home.deployment_state(), error))?;
    let noted: serde_json::Value = serde_json::from_slice(&noted).unwrap_or_default();
    let text = |field: &str| {
        noted
            .get(field)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
            .to_string()
    };
    let running = home.ensure_running()?;
    write_settings(home, &running, Some((&text("vault"), &text("multisig"))))?;
    for (name, amount) in DEPOSITS {
        // noted each, so that `start` again makes none twice
        let made = home.deposit_of(name);
        if !made.is_file() {
            call(home, &["deposit", amount, "--from", name, "--yes"])?;
            home.write(&made, amount)?;
        }
    }
    // so that stake is where it belongs from the beginning
    call(
        home,
        &[
            "keep",
            "--once",
            "--from",
            "keeper",
            "--daily-fee-limit",
            KEEPER_LIMIT,
        ],
    )?;
    home.write(&home.founded(), "")
}

/// The vault and its multisig, once they are noted.
pub fn noted(home: &Home) -> Option<(String, String)> {
    let noted: serde_json::Value =
        serde_json::from_slice(&std::fs::read(home.deployment_state()).ok()?).ok()?;
    let text = |field: &str| noted.get(field)?.as_str().map(str::to_string);
    Some((text("vault")?, text("multisig")?))
}

/// This program, from the chain's folder, where it finds its settings.
fn call(home: &Home, arguments: &[&str]) -> Result<(), DevnetError> {
    let what = format!("defenders {}", arguments.join(" "));
    let failed = |reason: String| DevnetError::Failed {
        what: what.clone(),
        reason,
    };
    let program = std::env::current_exe().map_err(|error| failed(error.to_string()))?;
    let ended = Command::new(program)
        .args(arguments)
        .current_dir(&home.folder)
        .stdout(std::process::Stdio::null())
        .status()
        .map_err(|error| failed(error.to_string()))?;
    match ended.success() {
        true => Ok(()),
        false => Err(failed(format!(
            "it ended with {ended}; what it said stands above; `start` again goes on"
        ))),
    }
}
