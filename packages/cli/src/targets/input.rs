//! The file of `defenders targets`.

use cosmwasm_std::{Decimal, Uint128};
use defenders_allocation::{Groups, Policy, Validator};

use crate::input::listing::{GroupReader, Names, VALIDATOR_FIELDS, read_policy, read_validator};
use crate::input::{InputError, Node, Object};
use crate::validator_set::answers::ensure_no_answer;

/// What the rule takes.
#[derive(Debug)]
pub struct TargetsInput {
    /// T, base units.
    pub total: u128,
    /// W, base units: T and what is unbonding to be delegated again. Caps and floor are shares of it.
    pub base: u128,
    /// S, base units.
    pub total_bonded: u128,
    /// Caps and floor.
    pub policy: Policy,
    /// Groups, in the order of the file.
    pub groups: Groups,
    /// Validators, in the order of the file.
    pub validators: Vec<Validator>,
}

/// What such a file has.
pub const TARGETS_FIELDS: [&str; 6] = [
    "total",
    "restaking",
    "total_bonded",
    "policy",
    "groups",
    "validators",
];

impl TargetsInput {
    /// Reads the whole file.
    pub fn read(top: Node) -> Result<Self, InputError> {
        ensure_no_answer(top.json())?;
        let mut file = top.object(&TARGETS_FIELDS)?;
        Self::read_fields(&mut file, |node, names, groups| {
            read_validator(&mut node.object(&VALIDATOR_FIELDS)?, names, groups)
        })
    }

    /// Reads its fields of a file that may have others; `read_row` reads a validator.
    pub fn read_fields(
        file: &mut Object,
        mut read_row: impl FnMut(Node, &mut Names, &mut GroupReader) -> Result<Validator, InputError>,
    ) -> Result<Self, InputError> {
        let total = file.required("total")?.tokens()?;
        let base = read_base(total, file.optional("restaking"))?;
        let total_bonded = file.required("total_bonded")?.tokens()?;
        let policy = read_policy(file.required("policy")?)?;
        ensure_caps_can_be_told(base, policy.vault_share_cap)?;
        let mut groups = GroupReader::read(file.optional("groups"))?;

        let mut names = Names::default();
        let mut validators = Vec::new();
        for node in file.required("validators")?.array()? {
            validators.push(read_row(node, &mut names, &mut groups)?);
        }
        Ok(Self {
            total,
            base,
            total_bonded,
            policy,
            groups: groups.finish()?,
            validators,
        })
    }
}

/// W: the total, and what is unbonding to be delegated again.
fn read_base(total: u128, restaking: Option<Node>) -> Result<u128, InputError> {
    let Some(node) = restaking else {
        return Ok(total);
    };
    let base = total.checked_add(node.tokens()?);
    base.ok_or_else(|| node.wrong("an amount that fits into 128 bits with the total"))
}

/// Every cap is at most floor(alpha x W), so all of them are exact when this one fits.
fn ensure_caps_can_be_told(base: u128, alpha: Decimal) -> Result<(), InputError> {
    let fits = Uint128::new(base).checked_mul_floor(alpha).is_ok();
    fits.then_some(()).ok_or_else(|| InputError::Impossible {
        path: "policy.vault_share_cap".to_string(),
        reason: format!("{alpha} of a total of {base} tokens is beyond 128 bits"),
    })
}
