//! Who may send which message: the table of the vault's README, and the source that `roles` walks.

use defenders_suite::Suite;

use crate::examples;

/// Who may speak to the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Stranger,
    ExOwner,
    PendingOwner,
    Owner,
    Guardian,
    Attester,
    /// Of a listed validator.
    Operator,
    Keeper,
    Vault,
    Pot,
}

use Role::{
    Attester, ExOwner, Guardian, Keeper, Operator, Owner, PendingOwner, Pot, Stranger, Vault,
};

impl Role {
    pub const ALL: [Self; 10] = [
        Stranger,
        ExOwner,
        PendingOwner,
        Owner,
        Guardian,
        Attester,
        Operator,
        Keeper,
        Vault,
        Pot,
    ];

    /// Contracts say only what their code says.
    pub fn is_contract(self) -> bool {
        matches!(self, Vault | Pot)
    }

    fn heading(self) -> &'static str {
        match self {
            Stranger => "stranger",
            ExOwner => "ex-owner",
            PendingOwner => "pending owner",
            Owner => "owner",
            Guardian => "guardian",
            Attester => "attester",
            Operator => "operator",
            Keeper => "keeper",
            Vault => "vault",
            Pot => "pot",
        }
    }
}

/// Who may send a message.
pub struct Row {
    pub message: &'static str,
    /// `None`: everyone, with what is theirs.
    pub gate: Option<Gate>,
}

/// Some may, and all others are told this.
pub struct Gate {
    pub allowed: &'static [Role],
    /// Name of the error.
    pub error: &'static str,
    /// What it says.
    pub says: &'static str,
}

const fn open(message: &'static str) -> Row {
    Row {
        message,
        gate: None,
    }
}

const fn gated(
    message: &'static str,
    allowed: &'static [Role],
    error: &'static str,
    says: &'static str,
) -> Row {
    Row {
        message,
        gate: Some(Gate {
            allowed,
            error,
            says,
        }),
    }
}

const fn of_owner(message: &'static str) -> Row {
    gated(message, &[Owner], "NotOwner", " may do this, not ")
}

/// Every message of the vault, in the order of its messages, and that of the pot.
pub const TABLE: &[Row] = &[
    open("deposit"),
    open("request_withdrawal"),
    open("cancel_withdrawal"),
    open("claim"),
    open("tick"),
    open("claim_fee"),
    of_owner("list_validators"),
    of_owner("drain_validators"),
    gated(
        "set_own_maximum",
        &[Operator],
        "NotOperator",
        "is not the account of the operator",
    ),
    of_owner("accept_snapshot"),
    gated(
        "post_powers",
        &[Attester],
        "NotAttester",
        "only the attester",
    ),
    of_owner("propose_settings"),
    of_owner("schedule_upgrade"),
    open("apply_change"),
    gated(
        "cancel_change",
        &[Owner, Guardian],
        "NotOwnerOrGuardian",
        " or the guardian ",
    ),
    gated(
        "put_brake_on",
        &[Guardian],
        "NotGuardian",
        "only the guardian",
    ),
    gated(
        "take_brake_off",
        &[Owner, Guardian],
        "NotOwnerOrGuardian",
        " or the guardian ",
    ),
    of_owner("arm_brake"),
    of_owner("transfer_ownership"),
    gated(
        "accept_ownership",
        &[PendingOwner],
        "NotPendingOwner",
        "may accept the ownership",
    ),
    of_owner("cancel_ownership_transfer"),
    open("transfer"),
    open("send"),
    open("increase_allowance"),
    open("decrease_allowance"),
    open("transfer_from"),
    open("send_from"),
    gated(
        "update_marketing",
        &[Owner],
        "NotMarketing",
        "only the marketing account",
    ),
    gated(
        "upload_logo",
        &[Owner],
        "NotMarketing",
        "only the marketing account",
    ),
    gated("pot: release", &[Vault], "NotTheVault", "only the vault"),
];

const README: &str = include_str!("../../contracts/vault/README.md");
const BEGIN: &str = "<!-- roles: tests/flows/roles_table.rs has what follows -->\n";
const END: &str = "<!-- roles end -->";

fn cell(row: &Row, role: Role) -> &'static str {
    match &row.gate {
        Some(gate) if gate.allowed.contains(&role) => "yes",
        Some(gate) => gate.error,
        None if role.is_contract() => "sends none",
        None => "yes",
    }
}

fn markdown() -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let headings = Role::ALL.iter().map(|role| role.heading().to_owned());
    let mut text = line(
        std::iter::once("message".to_owned())
            .chain(headings)
            .collect(),
    );
    text += &line(vec!["---".to_owned(); Role::ALL.len() + 1]);
    for row in TABLE {
        let cells = Role::ALL.iter().map(|role| cell(row, *role).to_owned());
        text += &line(
            std::iter::once(format!("`{}`", row.message))
                .chain(cells)
                .collect(),
        );
    }
    text
}

#[test]
fn readme_has_this_table() {
    let (_, rest) = README.split_once(BEGIN).unwrap();
    let (told, _) = rest.split_once(END).unwrap();
    let expected = markdown();
    assert_eq!(told, expected, "the README should have:\n{expected}");
}

#[test]
fn every_message_is_in_the_table() {
    let suite: Suite = crate::fixture::funded();
    let name = |message: serde_json::Value| {
        let fields = message.as_object().unwrap();
        fields.keys().next().unwrap().clone()
    };
    let of_vault = examples::executes(&suite).into_iter();
    let of_vault = of_vault.map(|message| name(serde_json::to_value(message).unwrap()));
    let of_pot = examples::pot_executes().into_iter();
    let of_pot = of_pot.map(|message| name(serde_json::to_value(message).unwrap()));
    let all: Vec<String> = of_vault
        .chain(of_pot.map(|it| format!("pot: {it}")))
        .collect();
    let known: Vec<&str> = TABLE.iter().map(|row| row.message).collect();
    let unlisted = all.iter().filter(|it| !known.contains(&it.as_str()));
    assert_eq!(unlisted.collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(all.len(), known.len(), "no row for what is no message");
}
