//! Creates the vault, its share token and its reward pot, from a seed that stays for ever: the
//! supply is never zero, so no special case for an empty vault exists.

use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};
use defenders_accounting::{Money, Queue, RecordedBlocks};
use defenders_settings::table::SHORTEST_EXIT_SLACK;
use defenders_settings::{ensure_founding, Settings};
use defenders_types::{InstantiateMsg, PowerSource};

use crate::bounds::ensure_at_most;
use crate::chain::staking;
use crate::error::ContractError;
use crate::funds;
use crate::messages::create_pot;
use crate::shares::Shares;
use crate::state::{
    contract_info, recorded_block, Book, Config, DepositState, Marketing, Timetable, Token, BOOK,
    CONFIG, MARKETING, POWER_ROWS_EVER, TIMETABLE, TOKEN,
};

/// Reads: the bond denom. Writes: everything. Sends: the pot's instantiation, whose reply completes the
/// configuration, sets the withdraw address and tests the chain with a part of the seed. Emits: in these
/// replies `vault/instantiated`, `vault/delegated`, `vault/undelegated`.
///
/// # Errors
/// [`ContractError::SeedTooSmall`], [`ContractError::OutOfBounds`], [`ContractError::Setting`],
/// [`ContractError::InvalidText`], [`ContractError::OtherFunds`], [`ContractError::NoBondedValidator`],
/// [`ContractError::UnfitPowerSource`], [`ContractError::NoAmountInAnswer`].
pub fn instantiate(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    let denom = staking::query_bond_denom(&deps.querier)?;
    let seed = funds::tokens_of(&info, &denom)?;
    let settings = Settings {
        policy: msg.policy.unwrap_or_default().into(),
        fee: msg.fee.into(),
        parameters: msg.parameters.unwrap_or_default().into(),
        power_source: msg.power_source,
        guardian: None,
        exit_slack: SHORTEST_EXIT_SLACK,
    };
    ensure_text("name", &msg.name, 3, 50, "any characters", |_| true)?;
    ensure_text("symbol", &msg.symbol, 3, 12, "letters and hyphens", |c| {
        c.is_ascii_alphabetic() || c == '-'
    })?;
    ensure_at_most("decimals", msg.decimals.into(), 18)?;
    let minimum = settings.parameters.minimum_seed;
    if seed < minimum {
        return Err(ContractError::SeedTooSmall {
            minimum,
            sent: seed,
        });
    }
    ensure_founding(&settings, seed.u128())?;
    let Settings {
        policy,
        fee,
        parameters,
        power_source,
        exit_slack,
        guardian: _,
    } = settings;
    if let PowerSource::Attested {
        attester: Some(attester),
    } = &power_source
    {
        deps.api.addr_validate(attester)?;
    }
    let vault = env.contract.address.clone();
    let owner = deps.api.addr_validate(&msg.owner)?;
    let now = env.block.time.seconds();

    let config = Config {
        owner: owner.clone(),
        denom: denom.clone(),
        // replaced in the reply, before anyone else can call
        reward_pot: vault.clone(),
        bonded_pool: deps.api.addr_validate(&msg.bonded_pool)?,
        power_source,
        fee_recipient: deps.api.addr_validate(&fee.recipient)?,
        performance_fee_rate: fee.performance_fee_rate,
        keeper_bounty_share: fee.keeper_bounty_share,
        seed_shares: seed,
        policy,
        parameters,
        guardian: None,
        exit_slack,
    };
    let mut recorded = RecordedBlocks::default();
    recorded.record(recorded_block(&env.block));
    let book = Book {
        money: Money {
            idle: seed,
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
    let timetable = Timetable {
        refresh_at: now,
        harvested_at: now,
        ..Timetable::default()
    };

    let token = Token {
        name: msg.name,
        symbol: msg.symbol,
        decimals: msg.decimals,
    };
    let marketing = Marketing {
        project: None,
        description: None,
        account: Some(owner),
    };

    contract_info::save(deps.storage);
    TOKEN.save(deps.storage, &token);
    MARKETING.save(deps.storage, &marketing);
    Shares::none().mint(deps.storage, &vault, seed)?;
    CONFIG.save(deps.storage, &config);
    BOOK.save(deps.storage, &book);
    TIMETABLE.save(deps.storage, &timetable);
    POWER_ROWS_EVER.save(deps.storage, &0);

    let pot = create_pot::message(&vault, msg.reward_pot_code_id, denom)?;
    Ok(Response::new().add_submessage(pot))
}

fn ensure_text(
    name: &'static str,
    text: &str,
    min: usize,
    max: usize,
    allowed: &'static str,
    is_allowed: impl Fn(char) -> bool,
) -> Result<(), ContractError> {
    let length = text.chars().count();
    if (min..=max).contains(&length) && text.chars().all(is_allowed) {
        return Ok(());
    }
    Err(ContractError::InvalidText {
        name,
        value: text.to_owned(),
        min,
        max,
        allowed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_bounded_at_both_ends_and_by_its_characters() {
        let ensure = |text: &str| ensure_text("symbol", text, 3, 5, "letters", char::is_alphabetic);
        for text in ["abc", "abcde", "äöü"] {
            assert_eq!(ensure(text), Ok(()), "{text}");
        }
        for text in ["", "ab", "abcdef", "ab1"] {
            let refused = ContractError::InvalidText {
                name: "symbol",
                value: text.to_owned(),
                min: 3,
                max: 5,
                allowed: "letters",
            };
            assert_eq!(ensure(text), Err(refused), "{text}");
        }
    }
}
