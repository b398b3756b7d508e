//! Creates the vault, its share token and its reward pot, from a seed that stays for ever: the
//! supply is never zero, so no special case for an empty vault exists.

use cosmwasm_std::{Api, Decimal, DepsMut, Env, MessageInfo, Response, Uint128};
use defenders_accounting::fee::MAX_PERFORMANCE_FEE_RATE;
use defenders_accounting::{Money, Queue, RecordedBlocks};
use defenders_types::{
    AllocationPolicy, FeePolicy, InstantiateMsg, Parameters, PowerSource, LEAST_SEED,
    LONGEST_COMMISSION_RETURN_PERIOD, LONGEST_PERIOD, LOWEST_RANK, MOST_TURNOVER,
};

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
/// [`ContractError::SeedTooSmall`], [`ContractError::OutOfBounds`],
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
    let fee = FeePolicy::from(msg.fee);
    let policy = AllocationPolicy::from(msg.policy.unwrap_or_default());
    let parameters = Parameters::from(msg.parameters.unwrap_or_default());
    ensure_text("name", &msg.name, 3, 50, "any characters", |_| true)?;
    ensure_text("symbol", &msg.symbol, 3, 12, "letters and hyphens", |c| {
        c.is_ascii_alphabetic() || c == '-'
    })?;
    ensure_between("decimals", msg.decimals, 0, 18)?;
    ensure_fee(&fee)?;
    ensure_policy(&policy)?;
    ensure_parameters(&parameters)?;
    ensure_power_source(deps.api, &msg.power_source)?;
    if seed < parameters.minimum_seed {
        return Err(ContractError::SeedTooSmall {
            minimum: parameters.minimum_seed,
            sent: seed,
        });
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
        power_source: msg.power_source,
        fee_recipient: deps.api.addr_validate(&fee.recipient)?,
        performance_fee_rate: fee.performance_fee_rate,
        keeper_bounty_share: fee.keeper_bounty_share,
        seed_shares: seed,
        policy,
        parameters,
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

fn ensure_power_source(api: &dyn Api, source: &PowerSource) -> Result<(), ContractError> {
    match source {
        PowerSource::Grpc | PowerSource::Stargate => Ok(()),
        PowerSource::Attested { attester } => {
            if let Some(attester) = attester {
                api.addr_validate(attester)?;
            }
            Ok(())
        }
        PowerSource::Rank { least_rank } => {
            ensure_between("least_rank", *least_rank, 1, LOWEST_RANK)
        }
    }
}

fn ensure_fee(fee: &FeePolicy) -> Result<(), ContractError> {
    ensure_between(
        "performance_fee_rate",
        fee.performance_fee_rate,
        Decimal::zero(),
        MAX_PERFORMANCE_FEE_RATE,
    )?;
    ensure_share("keeper_bounty_share", fee.keeper_bounty_share)
}

fn ensure_policy(policy: &AllocationPolicy) -> Result<(), ContractError> {
    ensure_share("vault_share_cap", policy.vault_share_cap)?;
    ensure_share(
        "chain_share_cap",
        policy.chain_share_cap.unwrap_or_default(),
    )?;
    // a match cap of 1 would allow any amount: below 1, by one part in 10^18 at least
    let most = Decimal::one().saturating_sub(Decimal::raw(1));
    let match_cap = policy.match_cap.unwrap_or_default();
    ensure_between("match_cap", match_cap, Decimal::zero(), most)?;
    ensure_share("operator_cap", policy.operator_cap)?;
    ensure_share("hosting_cap", policy.hosting_cap)?;
    ensure_share("jurisdiction_cap", policy.jurisdiction_cap)?;
    ensure_share("floor", policy.floor)?;
    ensure_share("max_commission_rate", policy.max_commission_rate)?;
    let ceiling = policy.max_commission_ceiling.unwrap_or_default();
    ensure_share("max_commission_ceiling", ceiling)?;
    ensure_between(
        "commission_return_period",
        policy.commission_return_period,
        0,
        LONGEST_COMMISSION_RETURN_PERIOD,
    )
}

fn ensure_parameters(parameters: &Parameters) -> Result<(), ContractError> {
    let one = Uint128::one();
    ensure_between(
        "minimum_seed",
        parameters.minimum_seed,
        LEAST_SEED,
        Uint128::MAX,
    )?;
    ensure_between(
        "min_delegation",
        parameters.min_delegation,
        one,
        Uint128::MAX,
    )?;
    ensure_between(
        "max_messages_per_deposit",
        parameters.max_messages_per_deposit,
        0,
        10,
    )?;
    ensure_between(
        "max_messages_per_piece",
        parameters.max_messages_per_piece,
        1,
        10,
    )?;
    ensure_between(
        "max_messages_per_invest",
        parameters.max_messages_per_invest,
        1,
        10,
    )?;
    ensure_between("max_moves", parameters.max_moves, 1, 5)?;
    for (name, turnover) in [
        ("turnover_quality", parameters.turnover_quality),
        ("turnover_emergency", parameters.turnover_emergency),
    ] {
        ensure_between(name, turnover, Decimal::zero(), MOST_TURNOVER)?;
    }
    ensure_between("harvest_page", parameters.harvest_page, 1, 50)?;
    ensure_between("refresh_page", parameters.refresh_page, 25, 100)?;
    for (name, period) in [
        ("batch_period", parameters.batch_period),
        ("profit_unlock_period", parameters.profit_unlock_period),
        ("harvest_period", parameters.harvest_period),
        ("refresh_period", parameters.refresh_period),
        ("book_max_age", parameters.book_max_age),
        ("retry_after", parameters.retry_after),
    ] {
        ensure_between(name, period, 1, LONGEST_PERIOD)?;
    }
    Ok(())
}

fn ensure_share(name: &'static str, share: Decimal) -> Result<(), ContractError> {
    ensure_between(name, share, Decimal::zero(), Decimal::one())
}

fn ensure_between<T: PartialOrd + ToString>(
    name: &'static str,
    value: T,
    min: T,
    max: T,
) -> Result<(), ContractError> {
    if value >= min && value <= max {
        return Ok(());
    }
    Err(ContractError::OutOfBounds {
        name,
        min: min.to_string(),
        max: max.to_string(),
        value: value.to_string(),
    })
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
