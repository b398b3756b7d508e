//! What stands on the chain, asked of it.

use comfy_table::Table;
use comfy_table::presets::NOTHING;
use defenders_governor::cw_utils::{Duration, ThresholdResponse};
use defenders_governor::cw3_flex_multisig::msg::QueryMsg as MultisigQuery;
use defenders_governor::cw3_flex_multisig::state::{Config, Executor};
use defenders_governor::cw4::{AdminResponse, MemberListResponse};
use defenders_governor::cw4_group::msg::QueryMsg as GroupQuery;
use defenders_suite::governor::Governor;
use defenders_suite::{Suite, Tx, choice, json};
use defenders_types::vault::InstantiateMsg;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::arguments::MOST_MEMBERS;

/// A contract.
struct ContractRow {
    name: &'static str,
    address: String,
    code_id: u64,
    checksum: String,
    /// Who may replace its code.
    wasm_admin: Option<String>,
    /// Who decides about what it does.
    decides: String,
}

/// A member of the group.
struct MemberRow {
    name: String,
    address: String,
    weight: u64,
}

/// All of it.
pub struct Shown {
    contracts: Vec<ContractRow>,
    members: Vec<MemberRow>,
    threshold: u64,
    total_weight: u64,
    voting_period: u64,
    executes: &'static str,
}

impl Shown {
    /// Asks the chain.
    pub fn read(suite: &Suite, governor: &Governor, names: &[&str]) -> Self {
        let (group, multisig) = (&governor.group, &governor.multisig);
        let admin: AdminResponse = ask(suite, group, &GroupQuery::Admin {});
        let members: MemberListResponse = ask(
            suite,
            group,
            &GroupQuery::ListMembers {
                start_after: None,
                limit: Some(MOST_MEMBERS as u32),
            },
        );
        let threshold = ask(suite, multisig, &MultisigQuery::Threshold {});
        let ThresholdResponse::AbsoluteCount {
            weight,
            total_weight,
        } = threshold
        else {
            panic!("{threshold:?}")
        };
        let config: Config = ask(suite, multisig, &MultisigQuery::Config {});
        assert_eq!(config.group_addr.addr().as_str(), group);
        let Duration::Time(voting_period) = config.max_voting_period else {
            panic!("{config:?}")
        };
        let members = members.members.into_iter().map(|member| {
            let name = names.iter().find(|name| suite.user(name) == member.addr);
            MemberRow {
                name: name.unwrap_or(&"").to_string(),
                address: member.addr,
                weight: member.weight,
            }
        });
        Self {
            contracts: contracts(suite, governor, admin.admin.unwrap_or_default()),
            members: members.collect(),
            threshold: weight,
            total_weight,
            voting_period,
            executes: match config.executor {
                None => "anyone",
                Some(Executor::Member) => "members",
                Some(Executor::Only(_)) => "one account",
            },
        }
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        let contracts = self.contracts.iter().map(|row| {
            json!({
                "name": row.name, "address": row.address, "code_id": row.code_id,
                "checksum": row.checksum, "wasm_admin": row.wasm_admin, "decides": row.decides,
            })
        });
        let members = self
            .members
            .iter()
            .map(|row| json!({ "name": row.name, "address": row.address, "weight": row.weight }));
        json!({
            "chain": chain(),
            "contracts": contracts.collect::<Vec<_>>(),
            "members": members.collect::<Vec<_>>(),
            "threshold": self.threshold,
            "total_weight": self.total_weight,
            "voting_period": self.voting_period,
            "executes": self.executes,
        })
    }

    /// For people.
    pub fn to_text(&self) -> String {
        let name_of = |address: &str| {
            let mut rows = self.contracts.iter();
            let row = rows.find(|row| row.address == address);
            row.map_or(address.to_owned(), |row| row.name.to_owned())
        };
        let mut contracts = table(["contract", "address", "code", "wasm admin", "who decides"]);
        let mut codes = table(["code", "of", "SHA-256"]);
        for row in &self.contracts {
            let admin = row.wasm_admin.as_deref().map_or("nobody".into(), name_of);
            contracts.add_row([
                row.name,
                &row.address,
                &row.code_id.to_string(),
                &admin,
                &name_of(&row.decides),
            ]);
            codes.add_row([&row.code_id.to_string(), row.name, &row.checksum]);
        }
        let mut members = table(["member", "address", "weight"]);
        for row in &self.members {
            members.add_row([&row.name, &row.address, &row.weight.to_string()]);
        }
        let (days, seconds) = (self.voting_period / 86_400, self.voting_period % 86_400);
        assert_eq!(seconds, 0, "voting ends after whole days");
        format!(
            "On a chain of its own ({}), which ends with this program.\n\n{contracts}\n\n{members}\n\n\
             {} of {} must say yes, within {days} days; {} execute what has passed.\n\n{codes}\n",
            chain(),
            self.threshold,
            self.total_weight,
            self.executes
        )
    }
}

fn contracts(suite: &Suite, governor: &Governor, group_admin: String) -> Vec<ContractRow> {
    let Tx::Instantiate { code_id, msg, .. } = &suite.instantiate_tx else {
        panic!("{:?}", suite.instantiate_tx)
    };
    let msg: InstantiateMsg = serde_json::from_str(msg).unwrap();
    let row = |name, address: &String, code_id: u64, decides: String| ContractRow {
        name,
        address: address.clone(),
        code_id,
        checksum: suite.chain.checksum(code_id),
        wasm_admin: suite.chain.admin(address),
        decides,
    };
    let [group, multisig] = governor.codes;
    vec![
        row("cw4-group", &governor.group, group, group_admin),
        row(
            "cw3-flex",
            &governor.multisig,
            multisig,
            governor.group.clone(),
        ),
        row("vault", &suite.vault, *code_id, suite.config().owner),
        row(
            "reward pot",
            &suite.pot,
            msg.reward_pot_code_id,
            suite.vault.clone(),
        ),
    ]
}

fn ask<T: DeserializeOwned>(suite: &Suite, contract: &str, query: &impl Serialize) -> T {
    let answer = suite.chain.query(contract, &json(query)).unwrap();
    serde_json::from_str(&answer).expect("an answer of another type")
}

fn chain() -> &'static str {
    match choice::is_real() {
        true => "wasmd",
        false => "sim",
    }
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_preset(NOTHING).set_header(header);
    table
}
