//! What the next `tick {}` would do: it runs, on a copy of what is stored, and is not sent.

use cosmwasm_std::{
    Addr, BankMsg, CosmosMsg, Deps, DepsMut, DistributionMsg, Env, MessageInfo, StakingMsg, WasmMsg,
};
use defenders_allocation::Gather;
use defenders_allocation::Unmoved;
use defenders_types::{BlockInput, HeldBack, MoveInfo, PlanResponse, PlannedMessage};

use crate::call::Call;
use crate::error::ContractError;
use crate::execute::tick;
use crate::jobs::rebalance::plan::{compute, describe_refusal};
use crate::moves::{Plan, PlannedMove};
use crate::store::overlay::Overlay;
use crate::validators::skip::Skip;
use crate::validators::Validators;

/// Answers.
///
/// # Errors
/// When storage is damaged or the chain does not answer.
pub fn plan(
    deps: Deps,
    env: Env,
    at: Option<BlockInput>,
) -> Result<PlanResponse, Box<ContractError>> {
    let env = block_at(env, at);
    let (height, time) = (env.block.height, env.block.time);
    let mut response = PlanResponse {
        height,
        time,
        job: None,
        messages: vec![],
        moves: vec![],
        has_more: false,
        refused: None,
        held_back: vec![],
    };

    // nobody calls: the vault stands for who would
    let caller = env.contract.address.clone();
    let mut storage = Overlay::new(deps.storage);
    let call = open(deps, &mut storage, &env, &caller)?;
    let (mut plan, mut held_back, mut job) = (None, vec![], None);
    let answer = call.run(|call| {
        job = Some(tick::tick(call, None, None)?);
        if let Some(made) = call.plan.take() {
            held_back = name_held_back(call.validators()?, &made)?;
            response.refused = describe_refusal(&call.view(), &made)?;
            plan = Some(made);
        }
        Ok(())
    });
    let answer = match answer {
        Ok(answer) => Some(answer),
        Err(error) if matches!(*error, ContractError::NothingDue {}) => None,
        Err(error) => return Err(error),
    };
    let messages = answer.iter().flat_map(|answer| &answer.messages);
    response.messages = messages.map(|message| name(&message.msg)).gather();
    response.job = job;
    match plan {
        Some(plan) => {
            response.moves = plan.moves.iter().map(info).gather();
            response.has_more = plan.has_more;
            response.held_back = held_back;
        }
        None => {
            // another job runs: what is held back is told all the same, as of now
            let mut storage = Overlay::new(deps.storage);
            let call = open(deps, &mut storage, &env, &caller)?;
            let plan = compute(&call.view(), &Skip::Nobody)?;
            response.held_back = name_held_back(call.validators()?, &plan)?;
        }
    }
    Ok(response)
}

fn block_at(mut env: Env, at: Option<BlockInput>) -> Env {
    match at {
        Some(BlockInput { height, time }) => {
            env.block.height = height;
            env.block.time = time;
        }
        None => env.block.height = env.block.height.saturating_add(1),
    }
    env
}

fn open<'a>(
    deps: Deps<'a>,
    storage: &'a mut Overlay<'_>,
    env: &Env,
    caller: &Addr,
) -> Result<Call<'a>, Box<ContractError>> {
    let info = MessageInfo {
        sender: caller.clone(),
        funds: vec![],
    };
    let deps = DepsMut {
        storage,
        api: deps.api,
        querier: deps.querier,
    };
    Call::open(deps, env.clone(), info)
}

fn info(planned: &PlannedMove) -> MoveInfo {
    MoveInfo {
        source: planned.source.clone(),
        destination: planned.destination.clone(),
        tokens: planned.tokens,
        reason: planned.reason,
        budget: planned.reason.budget(),
    }
}

fn name_held_back(
    validators: &Validators,
    plan: &Plan,
) -> Result<Vec<HeldBack>, Box<ContractError>> {
    let unmoved = plan.unmoved.iter();
    unmoved
        .map(|Unmoved { index, tokens, why }| {
            Ok(HeldBack {
                validator: validators.at(*index)?.address.clone(),
                tokens: (*tokens).into(),
                why: *why,
            })
        })
        .gather_ok()
}

fn name(message: &CosmosMsg) -> PlannedMessage {
    match message {
        CosmosMsg::Staking(StakingMsg::Delegate { validator, amount }) => {
            PlannedMessage::Delegate {
                validator: validator.clone(),
                tokens: amount.amount,
            }
        }
        CosmosMsg::Staking(StakingMsg::Undelegate { validator, amount }) => {
            PlannedMessage::Undelegate {
                validator: validator.clone(),
                tokens: amount.amount,
            }
        }
        CosmosMsg::Staking(StakingMsg::Redelegate {
            src_validator,
            dst_validator,
            amount,
        }) => PlannedMessage::Redelegate {
            source: src_validator.clone(),
            destination: dst_validator.clone(),
            tokens: amount.amount,
        },
        CosmosMsg::Distribution(DistributionMsg::WithdrawDelegatorReward { validator }) => {
            PlannedMessage::WithdrawRewards {
                validator: validator.clone(),
            }
        }
        CosmosMsg::Bank(BankMsg::Send { to_address, amount }) => PlannedMessage::Pay {
            recipient: to_address.clone(),
            tokens: amount.first().map(|coin| coin.amount).unwrap_or_default(),
        },
        CosmosMsg::Bank(BankMsg::Burn { amount }) => PlannedMessage::Burn {
            shares: amount.first().map(|coin| coin.amount).unwrap_or_default(),
        },
        CosmosMsg::Wasm(WasmMsg::Execute { contract_addr, .. }) => PlannedMessage::Call {
            contract: contract_addr.clone(),
        },
        _ => PlannedMessage::Other {},
    }
}
