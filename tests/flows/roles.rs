//! Every message by everyone who could send it: the whole table of `roles_table`, walked.
//!
//! Succeeds where the table says yes, each time in a state in which nothing else stands in the way.
//!
//! Fails with the error that the table names, and changes no byte of what the vault has stored, no coin and no
//! stake. Nobody can sign for a contract: on the real chain the columns of vault and pot are left out, and on the
//! simulated one they are walked where somebody is refused. What both contracts really send is told by the
//! invariants of every flow.

use std::collections::BTreeMap;

use cosmwasm_std::{Binary, Decimal, Uint128, coins};
use cw20::{EmbeddedLogo, Logo};
use defenders_suite::chain::{Code, TxResult};
use defenders_suite::choice::is_real;
use defenders_suite::messages::{claim, deposit, list_validators, request_withdrawal};
use defenders_suite::{DAY, DENOM, HOUR, Suite, SuiteBuilder, TOKEN, Tx, json};
use defenders_types::pot::ExecuteMsg as PotMsg;
use defenders_types::{
    ChangesResponse, ExecuteMsg, Job, OwnContract, PowerSource, QueryMsg, SettingInput,
};

use crate::fixture::REWARD;
use crate::roles_table::{Role, Row, TABLE};
use crate::settings::propose;
use crate::token::instantiate_sink;

/// Settings that are changed both ways by waiting, one for each who applies.
const WAITING: [(&str, &str); 8] = [
    ("floor", "0.2"),
    ("max_moves", "2"),
    ("harvest_page", "10"),
    ("refresh_page", "30"),
    ("max_messages_per_piece", "4"),
    ("max_messages_per_invest", "4"),
    ("max_messages_per_deposit", "2"),
    ("retry_after", "7200"),
];

struct World {
    suite: Suite,
    sink: String,
    /// Changes of `WAITING` that are not applied yet.
    due: Vec<u64>,
}

impl World {
    /// Everyone has a role, and shares. The first owner has handed over to Bob, who has named Walker.
    fn begin(message: &str) -> Self {
        let builder = SuiteBuilder::base().with_cw20_shares().with_operators();
        let builder = match message {
            // it takes powers that a chain tells, or fails to
            "accept_snapshot" => builder,
            _ => builder.with_power_source(PowerSource::Attested {
                attester: Some("carol".into()),
            }),
        };
        let mut suite = builder.build();
        let guardian = suite.user("mallory");
        propose(&mut suite, &[("guardian", Some(&guardian))]).unwrap();
        let (bob, walker) = (suite.user("bob"), suite.user("walker"));
        suite.offer_ownership(&bob, None).unwrap();
        suite.accept_ownership(&bob).unwrap();
        suite.offer_ownership(&walker, None).unwrap();
        let sink = instantiate_sink(&mut suite);
        let mut world = Self {
            suite,
            sink,
            due: vec![],
        };
        for role in Role::ALL.into_iter().filter(|role| !role.is_contract()) {
            let account = world.account(role);
            world.suite.deposit(&account, 20 * TOKEN);
        }
        world.suite.keep();
        world
    }

    fn account(&self, role: Role) -> String {
        let suite = &self.suite;
        match role {
            Role::Stranger => suite.user("alice"),
            Role::ExOwner => suite.user("owner"),
            Role::PendingOwner => suite.user("walker"),
            Role::Owner => suite.user("bob"),
            Role::Guardian => suite.user("mallory"),
            Role::Attester => suite.user("carol"),
            Role::Operator => suite.operator(&suite.listed[0]),
            Role::Keeper => suite.user("keeper"),
            Role::Vault => suite.vault.clone(),
            Role::Pot => suite.pot.clone(),
        }
    }

    fn by(&mut self, role: Role, msg: &ExecuteMsg) -> TxResult {
        let sender = self.account(role);
        self.suite.execute(&sender, msg, vec![])
    }

    /// Makes true what the message needs beside a role.
    fn prepare(&mut self, message: &str, role: Role) {
        let account = self.account(role);
        match message {
            "deposit" => self.suite.chain.fund(&account, coins(TOKEN, DENOM)),
            "cancel_withdrawal" => {
                self.by(role, &request_withdrawal(TOKEN)).unwrap();
            }
            "claim_fee" => {
                let fees = self.suite.fee_recipient.clone();
                self.suite.reward(REWARD);
                self.suite.advance(DAY);
                self.suite.faults().block_recipient(&fees);
                self.suite.tick(Job::Harvest);
                self.suite.heal();
            }
            "accept_snapshot" if self.suite.health().suspect.is_none() => {
                let unreadable = self.suite.listed[..3].to_vec();
                for validator in &unreadable {
                    self.suite.faults().refuse_queries_about(validator);
                }
                self.suite.advance(DAY);
                self.suite.keep();
            }
            "apply_change" if self.due.is_empty() => {
                for setting in WAITING {
                    propose(&mut self.suite, &[(setting.0, Some(setting.1))]).unwrap();
                }
                let told: ChangesResponse = self.suite.query(&QueryMsg::Changes {});
                self.due = told.changes.iter().map(|change| change.id).collect();
                self.suite
                    .advance(told.changes[0].due_at - self.suite.now() + DAY);
            }
            "cancel_change" => {
                let told: ChangesResponse = self.suite.query(&QueryMsg::Changes {});
                if told.changes.is_empty() {
                    propose(&mut self.suite, &[("floor", Some("0.2"))]).unwrap();
                }
            }
            "take_brake_off" => {
                let told: defenders_types::BrakeResponse = self.suite.query(&QueryMsg::Brake {});
                if told.until.is_none() {
                    self.by(Role::Owner, &ExecuteMsg::ArmBrake { valid_until: None })
                        .unwrap();
                    self.by(Role::Guardian, &ExecuteMsg::PutBrakeOn { until: None })
                        .unwrap();
                }
            }
            "post_powers" => self.suite.advance(7 * HOUR),
            "decrease_allowance" => {
                let increase = self.message("increase_allowance");
                self.by(role, &increase).unwrap();
            }
            "transfer_from" | "send_from" => {
                let allow = ExecuteMsg::IncreaseAllowance {
                    spender: account,
                    amount: Uint128::new(10),
                    expires: None,
                };
                let fees = self.suite.user("fees");
                self.suite.execute(&fees, &allow, vec![]).unwrap();
            }
            _ => {}
        }
    }

    fn message(&mut self, message: &str) -> ExecuteMsg {
        let amount = Uint128::new(1);
        let friend = self.suite.user("fees");
        let valid_until = None;
        match message {
            "deposit" => deposit(),
            "request_withdrawal" => request_withdrawal(TOKEN),
            "cancel_withdrawal" => ExecuteMsg::CancelWithdrawal {
                batch_id: self.suite.batches().last().map_or(1, |it| it.batch_id),
            },
            "claim" => claim(1),
            "tick" => ExecuteMsg::Tick {
                job: Some(Job::Sync),
                skip: None,
            },
            "claim_fee" => ExecuteMsg::ClaimFee {
                recipient: Some(self.suite.fee_recipient.clone()),
            },
            "list_validators" => list_validators(&self.suite.validators[..1]),
            "drain_validators" => ExecuteMsg::DrainValidators {
                validators: self.suite.listed[..1].to_vec(),
                valid_until,
            },
            "set_own_maximum" => ExecuteMsg::SetOwnMaximum {
                validator: self.suite.listed[0].clone(),
                tokens: Some(Uint128::new(TOKEN)),
            },
            "accept_snapshot" => ExecuteMsg::AcceptSnapshot {
                failed: self.suite.health().suspect.unwrap().failed,
                valid_until,
            },
            "post_powers" => ExecuteMsg::PostPowers {
                page: 1,
                of: 1,
                powers: self.suite.powers(),
            },
            "propose_settings" => ExecuteMsg::ProposeSettings {
                settings: vec![SettingInput {
                    name: "performance_fee_rate".into(),
                    value: Some(Decimal::percent(5).to_string()),
                }],
                valid_until,
            },
            "schedule_upgrade" => {
                let code_id = self.suite.chain.store(Code::NextVault);
                ExecuteMsg::ScheduleUpgrade {
                    contract: OwnContract::Vault,
                    code_id,
                    checksum: self.suite.chain.checksum(code_id),
                    msg: None,
                    valid_until,
                }
            }
            "apply_change" => ExecuteMsg::ApplyChange {
                id: self.due.pop().unwrap(),
            },
            "cancel_change" => {
                let told: ChangesResponse = self.suite.query(&QueryMsg::Changes {});
                let id = told.changes[0].id;
                ExecuteMsg::CancelChange { id, valid_until }
            }
            "put_brake_on" => ExecuteMsg::PutBrakeOn { until: None },
            "take_brake_off" => ExecuteMsg::TakeBrakeOff { valid_until },
            "arm_brake" => ExecuteMsg::ArmBrake { valid_until },
            "transfer_ownership" => ExecuteMsg::TransferOwnership {
                new_owner: friend,
                expires_at: None,
                valid_until,
            },
            "accept_ownership" => ExecuteMsg::AcceptOwnership {},
            "cancel_ownership_transfer" => ExecuteMsg::CancelOwnershipTransfer { valid_until },
            "transfer" => ExecuteMsg::Transfer {
                recipient: friend,
                amount,
            },
            "send" => ExecuteMsg::Send {
                contract: self.sink.clone(),
                amount,
                msg: Binary::from(b"{}"),
            },
            "increase_allowance" => ExecuteMsg::IncreaseAllowance {
                spender: self.sink.clone(),
                amount,
                expires: None,
            },
            "decrease_allowance" => ExecuteMsg::DecreaseAllowance {
                spender: self.sink.clone(),
                amount,
                expires: None,
            },
            "transfer_from" => ExecuteMsg::TransferFrom {
                owner: friend.clone(),
                recipient: friend,
                amount,
            },
            "send_from" => ExecuteMsg::SendFrom {
                owner: friend,
                contract: self.sink.clone(),
                amount,
                msg: Binary::from(b"{}"),
            },
            "update_marketing" => ExecuteMsg::UpdateMarketing {
                project: Some("https://example.org".into()),
                description: None,
                marketing: None,
            },
            "upload_logo" => ExecuteMsg::UploadLogo(Logo::Embedded(EmbeddedLogo::Svg(
                Binary::from(b"<?xml version=\"1.0\"?><svg/>"),
            ))),
            other => panic!("{other} is no message of the vault"),
        }
    }

    /// Sends it as this one.
    fn send(&mut self, message: &str, role: Role) -> TxResult {
        let sender = self.account(role);
        if message == "pot: release" {
            return self.suite.tx(Tx::Execute {
                sender,
                contract: self.suite.pot.clone(),
                msg: json(&PotMsg::Release {}),
                funds: vec![],
            });
        }
        let msg = self.message(message);
        let funds = match message {
            "deposit" => coins(TOKEN, DENOM),
            _ => vec![],
        };
        self.suite.execute(&sender, &msg, funds)
    }

    /// All that a refused call must leave as it was.
    fn read(&self) -> impl PartialEq + std::fmt::Debug + use<> {
        let (vault, pot) = (&self.suite.vault, &self.suite.pot);
        (
            [vault, pot].map(|contract| self.suite.chain.state(contract)),
            [vault, pot].map(|contract| self.suite.tokens(contract)),
            self.suite.chain.delegations(vault),
        )
    }
}

/// Walks one row; how many cells.
fn walk(row: &Row) -> u32 {
    let mut world = World::begin(row.message);
    let fees = world.suite.user("fees");
    world.suite.deposit(&fees, TOKEN);
    let mut walked = 0;
    let is_allowed = |role: Role| match &row.gate {
        Some(gate) => gate.allowed.contains(&role),
        None => !role.is_contract(),
    };
    let refused = Role::ALL.into_iter().filter(|role| !is_allowed(*role));
    for role in refused.filter(|role| !(role.is_contract() && is_real())) {
        let Some(gate) = &row.gate else { continue };
        world.prepare(row.message, gate.allowed[0]);
        let before = world.read();
        let refusal = world.send(row.message, role).unwrap_err();
        assert!(
            refusal.says(gate.says),
            "{} by {role:?} should be {}: {}",
            row.message,
            gate.error,
            refusal.text
        );
        let is_of_two = gate.error == "NotOwner" && refusal.says(" or the guardian ");
        assert!(!is_of_two, "{}", refusal.text);
        assert_eq!(world.read(), before, "{} by {role:?}", row.message);
        walked += 1;
    }
    let allowed = Role::ALL.into_iter().filter(|role| is_allowed(*role));
    // the vault releases the pot whenever it harvests
    for role in allowed.filter(|role| !role.is_contract()) {
        world.prepare(row.message, role);
        let result = world.send(row.message, role);
        assert!(result.is_ok(), "{} by {role:?}: {result:?}", row.message);
        walked += 1;
    }
    walked
}

fn walk_all(part: usize) {
    let mut walked: BTreeMap<&str, u32> = BTreeMap::new();
    for row in TABLE.iter().skip(part).step_by(3) {
        walked.insert(row.message, walk(row));
    }
    let cells: u32 = walked.values().sum();
    println!("{cells} cells of {} rows: {walked:?}", walked.len());
    for row in TABLE.iter().skip(part).step_by(3) {
        // eight who sign, and on the simulated chain the contracts that are refused
        let refused = match &row.gate {
            Some(gate) if !is_real() => {
                let contracts = [Role::Vault, Role::Pot];
                contracts
                    .iter()
                    .filter(|it| !gate.allowed.contains(it))
                    .count()
            }
            _ => 0,
        };
        assert_eq!(walked[row.message] as usize, 8 + refused, "{}", row.message);
    }
}

#[test]
fn first_third_of_the_table() {
    walk_all(0);
}

#[test]
fn second_third_of_the_table() {
    walk_all(1);
}

#[test]
fn last_third_of_the_table() {
    walk_all(2);
}

#[test]
fn vault_releases_the_pot() {
    let mut suite = crate::fixture::funded();
    suite.reward(REWARD);
    suite.advance(DAY);
    assert!(suite.tick(Job::Harvest).emits("harvested"));
}
