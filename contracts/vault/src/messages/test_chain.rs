//! A small part of the seed is delegated and undelegated while the vault is created: so the chain shows
//! that its answers carry what the ledger needs, and how long it unbonds. What comes back is delegated
//! again like all that restakes.

use cosmwasm_std::{DepsMut, Env, Response, StdError, SubMsg, SubMsgResult, Uint128};
use defenders_types::EntryPurpose;

use super::reply_id::ReplyId;
use super::undelegate::{commit, Undelegation};
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::state::{Config, Holding, BOOK, HOLDINGS};
use crate::store::packed::pack;
use crate::validators::power_reader::ensure_source_fits;
use crate::validators::registry::Registry;

/// How much of the seed, tokens. No cap and no least delegation binds it.
pub const TEST_TOKENS: Uint128 = Uint128::new(1_000);

/// Books both messages and adds them. They go to the least powerful bonded validator, which is entered as
/// drained: it is no choice of the owner's. A refusal of either fails the instantiation.
///
/// Reads: bonded validators, the power of one, book, rows. Writes: book, holding, row.
/// Emits: `vault/delegated`.
///
/// # Errors
/// [`ContractError::NoBondedValidator`], [`ContractError::UnfitPowerSource`]; when the chain does not answer.
pub fn send(
    deps: DepsMut,
    env: &Env,
    config: &Config,
    response: Response,
) -> Result<Response, Box<ContractError>> {
    let mut bonded = staking::query_bonded_validators(&deps.querier)?;
    let validator = bonded.pop().ok_or(ContractError::NoBondedValidator {})?;
    ensure_source_fits(&deps.querier, &config.power_source, &validator)?;
    let mut book = BOOK.load(deps.storage)?;

    book.money.delegate(TEST_TOKENS)?;
    book.money.undelegate_for_restake(TEST_TOKENS)?;
    let holding = Holding {
        power_row: Registry::load(deps.storage)?.enter(deps.storage, &validator)?,
        draining_since: Some(env.block.time.seconds()),
        ..Holding::default()
    };

    HOLDINGS.save(deps.storage, &validator, &holding);
    BOOK.save(deps.storage, &book);
    let delegate = staking::delegate(&validator, &config.denom, TEST_TOKENS);
    let undelegate = staking::undelegate(&validator, &config.denom, TEST_TOKENS);
    let undelegate = SubMsg::reply_on_success(undelegate, ReplyId::TestChain as u64);
    let delegated = event::delegated(&validator, TEST_TOKENS);
    let undelegation = Undelegation {
        validator,
        tokens: TEST_TOKENS,
        shares: Uint128::zero(),
        purpose: EntryPurpose::Restake {},
        tokens_per_share: None, // too little to be marked
        reason: None,
        share_denom: None,
    };
    Ok(response
        .add_message(delegate)
        .add_submessage(undelegate.with_payload(pack(&undelegation)))
        .add_event(delegated))
}

/// The chain unbonds: the entry goes into the ledger, and its time is the unbonding time.
///
/// Reads: book, holding. Writes: ledger, holding, book. Sends: nothing. Emits: `vault/undelegated`.
///
/// # Errors
/// [`ContractError::NoAmountInAnswer`].
pub fn reply(
    deps: DepsMut,
    env: &Env,
    undelegation: Undelegation,
    result: SubMsgResult,
) -> Result<Response, Box<ContractError>> {
    let lacks = |field: &'static str| ContractError::NoAmountInAnswer {
        tokens: undelegation.tokens,
        validator: undelegation.validator.clone(),
        field,
    };
    let response = result.into_result().map_err(StdError::generic_err)?;
    let answer = staking::parse_undelegate_answer(&undelegation.validator, &response.msg_responses)
        .map_err(|incomplete| lacks(incomplete.field))?;
    let now = env.block.time;
    let mut book = BOOK.load(deps.storage)?;

    let event = commit(deps.storage, now, &mut book, &undelegation, answer)?;
    if book.unbonding_time == 0 {
        return Err(lacks("a completion time in the future").into());
    }

    BOOK.save(deps.storage, &book);
    Ok(Response::new().add_event(event))
}
