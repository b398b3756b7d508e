//! What the rule gives everybody now, and what keeps each from more.

use defenders_allocation::{
    self as allocation, compute_bindings, compute_caps, compute_targets_within, Binding, Cap,
    Groups, Policy, Targets,
};
use defenders_types::CapName;

use crate::call::View;
use crate::error::ContractError;

/// The rule's result, with what it was run on; lists are in the order of the members.
pub struct Rule {
    /// T, tokens.
    pub total: u128,
    /// W, of which caps are shares, tokens.
    pub base: u128,
    /// S, tokens.
    pub total_bonded: u128,
    /// As in force.
    pub policy: Policy,
    /// The members.
    pub inputs: Vec<allocation::Validator>,
    /// Their groups.
    pub groups: Groups,
    /// Most that each may have by itself.
    pub caps: Vec<Cap>,
    /// What the rule wants.
    pub targets: Targets,
    /// What keeps each from one unit more.
    pub bindings: Vec<Binding>,
}

/// Runs it for the present T.
///
/// # Errors
/// When storage is damaged or sums are beyond 128 bits.
pub fn compute_rule(view: &View) -> Result<Rule, Box<ContractError>> {
    let validators = view.validators()?;
    let valuation = view.valuation();
    let total = valuation.tokens_to_allocate()?.u128();
    let base = valuation.tokens_to_allocate_in_time()?.u128();
    let total_bonded = validators.total_bonded();
    let policy = validators.policy_in_force(&view.config.policy);
    let inputs = validators.for_allocation();
    let groups = validators.groups(&view.config.policy)?;
    let caps = compute_caps(base, total_bonded, &policy, &inputs)?;
    let targets = compute_targets_within(total, base, &caps, &policy, &inputs, &groups)?;
    let bindings = compute_bindings(base, &caps, &groups, &targets.tokens);
    Ok(Rule {
        total,
        base,
        total_bonded,
        policy,
        inputs,
        groups,
        caps,
        targets,
        bindings,
    })
}

/// What binds, as people name it. `None`: nothing does.
pub fn name_cap(binding: Binding) -> Option<CapName> {
    Some(match binding {
        Binding::None => return None,
        Binding::Ineligible => CapName::Ineligible,
        Binding::VaultShare => CapName::VaultShare,
        Binding::ChainShare => CapName::ChainShare,
        Binding::Match => CapName::Match,
        Binding::OwnerMaximum => CapName::OwnerMaximum,
        Binding::OwnMaximum => CapName::OwnMaximum,
        Binding::Bond => CapName::Bond,
        Binding::Group(_) => CapName::Group,
    })
}
