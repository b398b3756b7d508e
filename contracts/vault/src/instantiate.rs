//! Creates the vault, its shares and its reward pot, from a seed that stays for ever: the supply is never
//! zero, so no special case for an empty vault exists.

use cosmwasm_std::{DepsMut, Env, MessageInfo, Response, Uint128};
use defenders_settings::table::SHORTEST_EXIT_SLACK;
use defenders_settings::{ensure_founding, Settings};
use defenders_types::{InstantiateMsg, PowerSource, ShareInput};

use crate::bounds::ensure_at_most;
use crate::chain::staking;
use crate::chain::token_factory::{denom_of, Metadata, DEFAULT_PREFIX};
use crate::error::ContractError;
use crate::funds;
use crate::messages::create_pot::{self, Seed};
use crate::messages::{create_denom, set_metadata};
use crate::state::shares::ShareDenom;
use crate::state::{
    contract_info, Config, Marketing, Timetable, Token, CONFIG, MARKETING, POWER_ROWS_EVER,
    TIMETABLE, TOKEN,
};

/// Reads: the bond denom, what lies at the vault's address. Writes: everything. Sends: of shares that are
/// coins, the creation of their denom and its metadata; then the pot's instantiation, whose reply completes
/// the configuration, sets the withdraw address and tests the chain with a part of the seed. Emits: in these
/// replies `vault/metadata_refused`, `vault/instantiated`, `vault/delegated`, `vault/undelegated`.
///
/// # Errors
/// [`ContractError::SeedTooSmall`], [`ContractError::OutOfBounds`], [`ContractError::Setting`],
/// [`ContractError::InvalidText`], [`ContractError::Funds`], [`ContractError::NoBondedValidator`],
/// [`ContractError::UnfitPowerSource`], [`ContractError::NoAmountInAnswer`].
pub fn instantiate(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, Box<ContractError>> {
    let denom = staking::query_bond_denom(&deps.querier)?;
    let settings = Settings {
        policy: msg.policy.unwrap_or_default().into(),
        fee: msg.fee.into(),
        parameters: msg.parameters.unwrap_or_default().into(),
        power_source: msg.power_source,
        guardian: None,
        exit_slack: SHORTEST_EXIT_SLACK,
    };
    ensure_founding(&settings)?;
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

    let mut config = Config {
        owner: owner.clone(),
        denom,
        // replaced in the reply, before anyone else can call
        reward_pot: vault.clone(),
        bonded_pool: deps.api.addr_validate(&msg.bonded_pool)?,
        power_source,
        fee_recipient: deps.api.addr_validate(&fee.recipient)?,
        performance_fee_rate: fee.performance_fee_rate,
        keeper_bounty_share: fee.keeper_bounty_share,
        seed_shares: Uint128::zero(),
        policy,
        parameters,
        guardian: None,
        exit_slack,
        share_denom: None,
    };
    let timetable = Timetable {
        refresh_at: now,
        harvested_at: now,
        ..Timetable::default()
    };
    contract_info::save(deps.storage);
    TIMETABLE.save(deps.storage, &timetable);
    POWER_ROWS_EVER.save(deps.storage, &0);

    match msg.share {
        ShareInput::Cw20 {
            name,
            symbol,
            decimals,
        } => {
            ensure_names(&name, &symbol, decimals)?;
            let token = Token {
                name,
                symbol,
                decimals,
            };
            let marketing = Marketing {
                project: None,
                description: None,
                account: Some(owner),
            };
            let seed = Seed {
                sent: funds::amount_of(&info.funds, &config.denom)?,
                fee: Uint128::zero(),
            };

            TOKEN.save(deps.storage, &token);
            MARKETING.save(deps.storage, &marketing);
            create_pot::send(deps, &env, config, seed, msg.reward_pot_code_id)
        }
        ShareInput::Denom {
            subdenom,
            name,
            symbol,
            decimals,
            description,
            message_prefix,
        } => {
            ensure_names(&name, &symbol, decimals)?;
            let description = description.unwrap_or_default();
            let prefix = message_prefix.unwrap_or_else(|| DEFAULT_PREFIX.to_owned());
            ensure_denom_texts(&subdenom, &description, &prefix)?;
            let denom = denom_of(&vault, &subdenom);
            let metadata = Metadata {
                denom: &denom,
                name: &name,
                symbol: &symbol,
                decimals,
                description: &description,
            };
            let came = (info.sender, info.funds);
            let pot = msg.reward_pot_code_id;
            let create =
                create_denom::message(&deps.querier, &env, came, pot, (&prefix, &subdenom))?;
            let tell = set_metadata::message(&prefix, &vault, &metadata);

            config.share_denom = Some(ShareDenom {
                denom,
                message_prefix: prefix,
            });
            CONFIG.save(deps.storage, &config);
            Ok(Response::new().add_submessage(create).add_submessage(tell))
        }
    }
}

fn ensure_names(name: &str, symbol: &str, decimals: u8) -> Result<(), Box<ContractError>> {
    let allowed = "any characters, not all of them blank";
    ensure_text("name", name, (3, 50), allowed, |text| {
        !text.chars().all(char::is_whitespace)
    })?;
    // it names the display unit, which the bank takes only as it takes a denom
    let allowed = "letters and hyphens, a letter first";
    ensure_text("symbol", symbol, (3, 12), allowed, |text| {
        let mut letters_and_hyphens = text.chars().map(|c| c.is_ascii_alphabetic() || c == '-');
        letters_and_hyphens.all(|is_one| is_one) && !text.starts_with('-')
    })?;
    ensure_at_most("decimals", decimals.into(), 18)
}

/// What x/tokenfactory and x/bank take.
fn ensure_denom_texts(
    subdenom: &str,
    description: &str,
    prefix: &str,
) -> Result<(), Box<ContractError>> {
    let allowed = "letters, digits and / : . _ -";
    ensure_text("subdenom", subdenom, (1, 44), allowed, |text| {
        are_alphanumeric_or(text, "/:._-")
    })?;
    ensure_text(
        "description",
        description,
        (0, 280),
        "any characters",
        |_| true,
    )?;
    let allowed = "a / first, then letters, digits and / . _";
    ensure_text("message_prefix", prefix, (2, 64), allowed, |text| {
        text.starts_with('/') && are_alphanumeric_or(text, "/._")
    })
}

fn are_alphanumeric_or(text: &str, others: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

fn ensure_text(
    name: &'static str,
    text: &str,
    (min, max): (usize, usize),
    allowed: &'static str,
    is_allowed: fn(&str) -> bool,
) -> Result<(), Box<ContractError>> {
    let length = text.chars().count();
    if (min..=max).contains(&length) && is_allowed(text) {
        return Ok(());
    }
    Err(ContractError::InvalidText {
        name,
        value: text.to_owned(),
        min,
        max,
        allowed,
    }
    .into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_bounded_at_both_ends_and_by_its_characters() {
        let ensure = |text: &str| {
            ensure_text("symbol", text, (3, 5), "letters", |text| {
                text.chars().all(char::is_alphabetic)
            })
        };
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
            assert_eq!(ensure(text), Err(refused.into()), "{text}");
        }
    }
}
