//! A vault's answers as files, and running the program on them.

use std::path::PathBuf;
use std::process::{Command, Output};

use bech32::{Bech32, Hrp};
use cosmwasm_std::{Decimal, Uint128};
use defenders_types::*;
use serde::Serialize;
use serde_json::{Value, json};
use tempfile::TempDir;

/// 2023-11-14T22:13:20Z
pub const NOW: u64 = 1_700_000_000;
/// 30 days later, when nobody says.
pub const VALID_UNTIL: u64 = NOW + 30 * DAY;
/// The exit delay of the answer `changes`.
pub const EXIT_DELAY: u64 = 30 * DAY;

fn address(prefix: &str, bytes: &[u8]) -> String {
    bech32::encode::<Bech32>(Hrp::parse(prefix).unwrap(), bytes).unwrap()
}

pub fn vault() -> String {
    address("cosmos", &[7; 32])
}

pub fn account(number: u8) -> String {
    address("cosmos", &[number; 20])
}

pub fn operator(number: u8) -> String {
    address("cosmosvaloper", &[number; 20])
}

/// Of a vault with defaults, and guardian 1.
pub fn config() -> ConfigResponse {
    ConfigResponse {
        owner: account(9),
        denom: "uatom".to_string(),
        share: defenders_types::Share::Cw20 {},
        reward_pot: account(8),
        bonded_pool: account(7),
        unbonding_time: 21 * DAY,
        power_source: PowerSource::Grpc,
        fee: FeePolicy {
            recipient: account(2),
            performance_fee_rate: Decimal::percent(5),
            keeper_bounty_share: Decimal::percent(10),
        },
        policy: AllocationPolicy::default(),
        caps_not_in_force: vec![],
        parameters: Parameters::default(),
        guardian: Some(account(1)),
        exit_slack: 7 * DAY,
        seed_shares: Uint128::new(1_000_000),
        self_limit_warning: Decimal::percent(16),
        self_limit: Decimal::percent(22),
    }
}

/// Change 3, of the floor, waits; change 4, of the match cap, is due; change 2 is gone.
pub fn changes() -> ChangesResponse {
    let setting = |id, name: &str, now: &str, then: &str, due_at| ChangeInfo {
        id,
        change: Change::Setting {
            name: name.to_string(),
            now: Some(now.to_string()),
            then: Some(then.to_string()),
        },
        scheduled_at: due_at - EXIT_DELAY,
        due_at,
        expires_at: due_at + 14 * DAY,
    };
    ChangesResponse {
        exit_delay: EXIT_DELAY,
        has_depositors: true,
        changes: vec![
            setting(2, "max_moves", "3", "5", NOW - 20 * DAY),
            setting(3, "floor", "0.25", "0.3", NOW + DAY),
            setting(4, "match_cap", "0.5", "0.6", NOW - DAY),
        ],
    }
}

/// Operators 1 and 2 are listed, 3 is drained; 2 has a maximum of 10^24.
pub fn listings() -> Value {
    let info = |number: u8, listed: bool, max_tokens: Option<&str>| {
        json!({
            "validator": operator(number), "delegated": "5", "listed": listed, "listing": {
                "name": format!("Operator {number}"), "website": null, "contact": null,
                "reason": "small", "listed_at": NOW - DAY, "ends_at": NOW + 10 * DAY,
                "operator": null, "hosting": "big-cloud", "jurisdiction": null,
                "max_tokens": max_tokens, "own_max_tokens": null, "own_max_later": null,
            },
        })
    };
    let most = "1000000000000000000000000";
    let rows = [
        info(1, true, None),
        info(2, true, Some(most)),
        info(3, false, None),
    ];
    json!({ "validators": rows })
}

/// A folder with the vault's answers.
pub struct World(TempDir);

impl World {
    pub fn new() -> Self {
        let world = Self(tempfile::tempdir().unwrap());
        world.write("config.json", &config());
        // as nodes answer
        world.write("changes.json", &json!({ "data": changes() }));
        world.write("listings.json", &listings());
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, json: &impl Serialize) {
        self.write_text(name, &serde_json::to_string(json).unwrap());
    }

    pub fn write_text(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> Value {
        serde_json::from_str(&std::fs::read_to_string(self.path(name)).unwrap()).unwrap()
    }

    /// Runs in the folder, at [`NOW`].
    pub fn run(&self, arguments: &[&str]) -> Output {
        let now = NOW.to_string();
        Command::new(env!("CARGO_BIN_EXE_defenders"))
            .args(arguments)
            .args(["--now", &now])
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// `propose FILE`, with all that is known; what it prints.
    pub fn propose(&self, file: &Value) -> String {
        self.write("p.json", file);
        let output = self.run(&[&["propose", "p.json"][..], &KNOWN].concat());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// `inspect FILE --json` with arguments more, and its status.
    pub fn inspect_with(&self, file: &str, arguments: &[&str]) -> (Value, i32) {
        let output = self.run(&[&["inspect", file, "--json"][..], arguments].concat());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.is_empty(), "{errors}");
        let report = serde_json::from_slice(&output.stdout).unwrap();
        (report, output.status.code().unwrap())
    }

    /// The same with all that is known.
    pub fn inspect(&self, file: &str) -> (Value, i32) {
        let vault = vault();
        let arguments = [&["--vault", &vault][..], &KNOWN].concat();
        self.inspect_with(file, &arguments)
    }

    /// What `propose` says when it refuses, without the file; with status 2, and nothing written.
    pub fn refusal(&self, file: &str, known: &[&str]) -> String {
        self.write_text("p.json", file);
        let output = self.run(&[&["propose", "p.json"][..], known].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(output.stdout.is_empty());
        assert!(!self.path("p.cw3.json").exists() && !self.path("p.dao-dao.json").exists());
        let said = said.trim_end().to_string();
        said.strip_prefix("error: p.json: ")
            .map_or(said.clone(), str::to_string)
    }
}

/// All that is known of the vault.
pub const KNOWN: [&str; 6] = [
    "--config",
    "config.json",
    "--changes",
    "changes.json",
    "--listings",
    "listings.json",
];

/// A file for `propose` with these acts.
pub fn file(acts: Value) -> Value {
    json!({ "vault": vault(), "title": "A title", "description": "Why.\nAnd how.", "acts": acts })
}

/// A cw3 proposal of these messages.
pub fn proposal(messages: &[Value]) -> Value {
    json!({ "propose": { "title": "t", "description": "d", "msgs": messages, "latest": null } })
}

/// A call of the vault.
pub fn call(message: &Value) -> Value {
    call_of(&vault(), message)
}

/// A call of a contract.
pub fn call_of(contract: &str, message: &Value) -> Value {
    let msg = cosmwasm_std::Binary::from(message.to_string().into_bytes());
    json!({ "wasm": { "execute": { "contract_addr": contract, "msg": msg, "funds": [] } } })
}
