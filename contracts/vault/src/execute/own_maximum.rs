//! An operator says how much of the vault's stake it wants at most.

use cosmwasm_std::Uint128;
use defenders_types::DAY;

use crate::call::Call;
use crate::chain::address::data_part;
use crate::error::ContractError;
use crate::event;
use crate::jobs::rebalance;
use crate::state::terms::{AllTerms, OwnMaxLater};
use crate::state::HOLDINGS;

/// Least time between two changes, seconds.
const CHANGE_PERIOD: u64 = DAY;

/// Sets the operator's own maximum: a lower one at once, a higher one after an unbonding time, so that
/// nobody takes the vault's stake back and forth. What is above it leaves on the quality budget.
///
/// Reads: holding, terms, all validators. Writes: terms, book, fill list. Sends: nothing. Emits:
/// `vault/own_maximum_set`.
///
/// # Errors
/// [`ContractError::NotListed`], [`ContractError::NotOperator`], [`ContractError::AboveOwnersMaximum`],
/// [`ContractError::OwnMaximumTooSoon`].
pub fn set_own_maximum(
    call: &mut Call,
    validator: String,
    tokens: Option<Uint128>,
) -> Result<(), Box<ContractError>> {
    let now = call.now();
    let holding = HOLDINGS.may_load(call.deps.storage, &validator)?;
    let Some(holding) = holding.filter(|holding| holding.draining_since.is_none()) else {
        return Err(ContractError::NotListed { validator }.into());
    };
    if !is_operator(call.sender.as_str(), &validator) {
        return Err(ContractError::NotOperator {
            sender: call.sender.to_string(),
            validator,
        }
        .into());
    }
    let mut all_terms = AllTerms::load(call.deps.storage)?;
    let mut terms = all_terms.of(holding.power_row);
    if let (Some(tokens), Some(owner_max)) = (tokens, terms.owner_max) {
        if tokens > owner_max {
            return Err(ContractError::AboveOwnersMaximum {
                validator,
                tokens,
                owner_max,
            }
            .into());
        }
    }
    let changed_at = terms.own_max_changed_at;
    let possible_at = changed_at.saturating_add(CHANGE_PERIOD);
    if changed_at > 0 && now < possible_at {
        return Err(ContractError::OwnMaximumTooSoon {
            validator,
            changed_at,
            possible_at,
            now,
        }
        .into());
    }

    let in_force = terms.own_max_at(now);
    let is_raised = tokens.unwrap_or(Uint128::MAX) > in_force.unwrap_or(Uint128::MAX);
    let counts_at = if is_raised {
        now.saturating_add(call.book.unbonding_time)
    } else {
        now
    };
    terms.own_max = if is_raised { in_force } else { tokens };
    terms.own_max_later = is_raised.then_some(OwnMaxLater {
        tokens,
        at: counts_at,
    });
    terms.own_max_changed_at = now;
    all_terms.set(holding.power_row, terms);
    all_terms.save(call.deps.storage);
    call.reread_validators();
    call.update_capacity_and_fill_list()?;
    rebalance::schedule(call)?;
    call.emit(event::own_maximum_set(&validator, tokens, counts_at));
    Ok(())
}

/// Whether an account has the bytes of an operator address. Both are bech32 of the same chain, which
/// differ in prefix and checksum only: between these, the same letters are the same bytes. The chain has
/// checked both checksums, that of the sender and that of the validator when it was listed.
fn is_operator(account: &str, validator: &str) -> bool {
    let bytes = data_part(account);
    bytes.is_some() && bytes == data_part(validator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_under_both_prefixes_are_one_operator() {
        // the example of the Cosmos SDK's documentation of addresses
        let account = "cosmos1zxk7nwmf2nurgh8yqvdzq2gqvltd79h6k5dexz";
        let operator = "cosmosvaloper1zxk7nwmf2nurgh8yqvdzq2gqvltd79h6xxxxxx";
        assert!(is_operator(account, operator));
        let other = "cosmosvaloper1zxk7nwmf2nurgh8yqvdzq2gqvltd79q6xxxxxx";
        assert!(!is_operator(account, other));
        for neither in ["", "cosmos1", "cosmos1abcdef", "cosmosvaloper005"] {
            assert!(!is_operator(neither, neither), "{neither}");
        }
    }
}
