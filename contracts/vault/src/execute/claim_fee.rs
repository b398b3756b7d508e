//! Fee and bounty that are still owed are pulled.

use cosmwasm_std::SubMsg;

use crate::call::Call;
use crate::chain::bank;
use crate::error::ContractError;
use crate::event;
use crate::state::FEES_OWED;

/// Pays fee or bounty that could not be paid before.
///
/// Reads: fees owed. Writes: fees owed, book. Sends: the fee. Emits: `vault/fee_claimed`.
///
/// # Errors
/// [`ContractError::NothingOwed`].
pub fn claim_fee(call: &mut Call, recipient: Option<String>) -> Result<(), Box<ContractError>> {
    let recipient = match recipient {
        Some(recipient) => call.deps.api.addr_validate(&recipient)?,
        None => call.sender.clone(),
    };
    let owed = FEES_OWED.may_load(call.deps.storage, &recipient)?;
    let Some(tokens) = owed.filter(|tokens| !tokens.is_zero()) else {
        return Err(ContractError::NothingOwed {
            recipient: recipient.to_string(),
        }
        .into());
    };

    call.book.money.pay_fee_owed(tokens)?;

    FEES_OWED.remove(call.deps.storage, &recipient);
    let payment = bank::send(&recipient, &call.config.denom, tokens);
    call.send(SubMsg::new(payment));
    call.emit(event::fee_claimed(&recipient, tokens));
    Ok(())
}
