//! The vault creates its reward pot, and sends its rewards there from then on.

use anybuf::Bufany;
use cosmwasm_std::{DepsMut, Env, Response, SubMsg, SubMsgResult, Uint128, WasmMsg};
use defenders_accounting::{Money, Queue, RecordedBlocks};
use defenders_json::write;
use defenders_settings::ensure_above_min_delegation;
use defenders_types::{pot, Parameters};

use super::reply_id::{answer_data, ReplyId};
use super::test_chain;
use crate::chain::staking;
use crate::error::ContractError;
use crate::event;
use crate::shares::Shares;
use crate::state::{recorded_block, Book, Config, DepositState, BOOK, CONFIG};

/// What came to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Seed {
    /// Sent of the bond denom, tokens.
    pub sent: Uint128,
    /// What the chain took of it for the shares' denom, tokens.
    pub fee: Uint128,
}

impl Seed {
    /// What is left of it, tokens.
    ///
    /// # Errors
    /// [`ContractError::SeedTooSmall`], [`SettingsError::AboveSeed`](defenders_settings::SettingsError).
    pub fn ensure_enough(self, parameters: &Parameters) -> Result<Uint128, Box<ContractError>> {
        let Self { sent, fee } = self;
        let seed = sent.saturating_sub(fee);
        let minimum = parameters.minimum_seed;
        if seed < minimum {
            return Err(ContractError::SeedTooSmall { minimum, sent, fee }.into());
        }
        ensure_above_min_delegation(parameters, seed.u128())?;
        Ok(seed)
    }
}

/// Books the seed and adds the pot's instantiation; the vault is its admin.
///
/// Writes: config, book, supply, balance. Sends: what mints shares that are coins and shows that they can be
/// burnt, the pot's instantiation.
///
/// # Errors
/// [`ContractError::SeedTooSmall`], [`SettingsError::AboveSeed`](defenders_settings::SettingsError).
pub fn send(
    deps: DepsMut,
    env: &Env,
    mut config: Config,
    seed: Seed,
    code_id: u64,
) -> Result<Response, Box<ContractError>> {
    let tokens = seed.ensure_enough(&config.parameters)?;
    let vault = &env.contract.address;
    let now = env.block.time.seconds();
    config.seed_shares = tokens;
    let mut recorded = RecordedBlocks::default();
    recorded.record(recorded_block(&env.block));
    let book = Book {
        money: Money {
            idle: tokens,
            ..Money::default()
        },
        queue: Queue::new(),
        deposits: DepositState::default(),
        recorded,
        synced_at: now,
        next_settle_nanos: None,
        // told by the chain before anyone else can call
        unbonding_time: 0,
        doubt: None,
        has_begun: false,
        brake_until: None,
        is_own_admin: false,
    };
    let minting = Shares::none(&config).found(deps.storage, vault, tokens)?;

    CONFIG.save(deps.storage, &config);
    BOOK.save(deps.storage, &book);
    let message = WasmMsg::Instantiate {
        admin: Some(vault.to_string()),
        code_id,
        msg: write(&pot::InstantiateMsg {
            denom: config.denom,
        })
        .into(),
        funds: vec![],
        label: "defenders reward pot".to_owned(),
    };
    let pot = SubMsg::reply_on_success(message, ReplyId::CreatePot as u64);
    Ok(Response::new().add_messages(minting).add_submessage(pot))
}

/// The pot exists: the configuration is complete, and rewards go there. Then the chain is tested.
///
/// Reads: config, and what `test_chain` reads. Writes: config, and what `test_chain`
/// writes. Sends: the withdraw address, a delegation and its undelegation. Emits: `vault/instantiated`,
/// `vault/delegated`; the reply `vault/undelegated`.
///
/// # Errors
/// [`ContractError::PotAnswer`], and those of `test_chain`.
pub fn reply(
    deps: DepsMut,
    env: &Env,
    result: SubMsgResult,
) -> Result<Response, Box<ContractError>> {
    let mut config = CONFIG.load(deps.storage)?;
    let data = answer_data(result)?;
    let answer = Bufany::deserialize(&data).ok();
    let address = answer.and_then(|answer| answer.string(1));
    let address = address.ok_or(ContractError::PotAnswer {
        bytes: data.len(),
        field: "address",
    })?;
    config.reward_pot = deps.api.addr_validate(&address)?;
    let seed = config.seed_shares;

    CONFIG.save(deps.storage, &config);
    let response = Response::new()
        .add_message(staking::set_withdraw_address(&config.reward_pot))
        .add_event(event::instantiated(&config, &env.contract.address, seed));
    test_chain::send(deps, env, &config, response)
}
