//! The files of a development chain: its settings, and what is deployed on it, written as anybody would write it.

use std::fs;

use bech32::Bech32;
use serde_json::json;

use super::accounts::{Account, OPERATORS, PREFIX};
use super::args::SharesKind;
use super::error::DevnetError;
use super::home::{Home, Running, failed};
use super::program::find_contracts;
use super::spec::{DENOM, DevnetValidator};
use crate::terminal::percent;

/// Most validators of one act.
const PAGE: usize = 100;
/// Whoever charges more is not listed.
const MOST_COMMISSION: &str = "0.1";
/// Least that every validator gets, of an equal split: as `simulate` has it, so that the chain gets as even as it can.
const FLOOR: &str = "0.05";

/// The settings that every command finds from here.
pub fn write_settings(
    home: &Home,
    running: &Running,
    vault: Option<(&str, &str)>,
) -> Result<(), DevnetError> {
    let mut text = format!(
        "# Written by `defenders devnet`, anew at each start.\n\
         chain_id = \"{}\"\nnodes = [\"{}\"]\naddress_prefix = \"{PREFIX}\"\ngas_price = \"0.025{DENOM}\"\n\
         keyring = \"keyring\"\nstate = \".\"\n",
        running.chain_id, running.rpc
    );
    if let Some((vault, multisig)) = vault {
        text += &format!("vault = \"{vault}\"\nmultisig = \"{multisig}\"\n");
    }
    if home.checksums().is_file() {
        text += "checksums = \"checksums.txt\"\n";
    }
    text += &format!("\n[denom]\nbase = \"{DENOM}\"\nsymbol = \"STAKE\"\ndecimals = 6\n");
    home.write(&home.settings(), &text)
}

/// The files that say what to deploy.
pub fn write_deployment(
    home: &Home,
    validators: &[DevnetValidator],
    accounts: &[Account],
    shares: SharesKind,
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
         {}\n\
         [vault.fee]\nperformance_fee_rate = \"0.05\"\nkeeper_bounty_share = \"0.1\"\nrecipient = \"{}\"\n\n\
         [first]\nproposal = \"first.json\"\nvoters = [\"op-2\", \"op-3\"]\ndeposit = \"1000000000{DENOM}\"\n",
        share_of(shares),
        address("treasury")
    );
    // of the contracts as they are now: others may be built in the same folder
    let list = contracts.join("checksums.txt");
    let checksums = fs::read_to_string(&list).map_err(|error| failed(&list, error))?;
    home.write(&home.checksums(), &checksums)?;
    let listed = choose_listed(validators)?;
    let pages = listed
        .chunks(PAGE)
        .map(|page| json!({ "act": "list", "validators": page }));
    let settings = [
        json!({ "act": "settings", "set": { "floor": FLOOR } }),
        json!({ "act": "guardian", "account": address("guardian") }),
    ];
    let proposal = json!({
        "title": "Begin",
        "description": "Lowers the floor, names the guardian, and lists every validator that charges a tenth at most and is not among the fewest that hold a third.",
        "acts": settings.into_iter().chain(pages).collect::<Vec<_>>(),
    });
    home.write(&home.first_proposal(), &format!("{proposal:#}\n"))?;
    // the last: with it the files are complete
    home.write(&home.deployment(), &text)
}

fn share_of(shares: SharesKind) -> String {
    let (kind, more) = match shares {
        SharesKind::Cw20 => ("cw20", ""),
        SharesKind::Coins => ("denom", "subdenom = \"defend\"\n"),
    };
    format!(
        "[vault.share.{kind}]\n{more}name = \"Defenders stake\"\nsymbol = \"DEFEND\"\ndecimals = 6\n"
    )
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
                "website": site_of(&validator.name),
                "reason": format!(
                    "Charges {}, and is not among the fewest that hold a third of all stake.",
                    percent(&commission.to_string())
                ),
                "ends_in_days": 365,
            }));
        }
    }
    Ok(listed)
}

/// An address that leads nowhere, below a name that nobody can own.
fn site_of(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter {
        'a'..='z' | '0'..='9' => letter,
        'A'..='Z' => letter.to_ascii_lowercase(),
        _ => '-',
    });
    // a label of a host has at most 63 letters
    let label: String = letters.take(63).collect();
    match label.trim_matches('-') {
        "" => "https://validator.example".to_string(),
        label => format!("https://{label}.example"),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_has_a_site_that_leads_nowhere() {
        for (name, site) in [
            ("chorus-one", "https://chorus-one.example"),
            ("Wave 2!", "https://wave-2.example"),
            ("日本", "https://validator.example"),
            ("", "https://validator.example"),
        ] {
            assert_eq!(site_of(name), site, "{name:?}");
        }
        assert_eq!(site_of(&"x".repeat(70)).len(), 8 + 63 + 8);
    }
}
