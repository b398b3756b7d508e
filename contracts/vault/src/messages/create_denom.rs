//! The vault creates the denom of its shares. Only then it is known what of the coins that came is the seed.

use cosmwasm_std::{Addr, BankMsg, Coin, DepsMut, Env, QuerierWrapper, Response, SubMsg, Uint128};

use super::create_pot::{self, Seed};
use super::reply_id::ReplyId;
use crate::chain::{bank, token_factory};
use crate::error::ContractError;
use crate::state::CONFIG;
use crate::store::packed::{pack, packed};

/// What begins a vault, while its denom is created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    /// Who instantiates, and gets back what is left of other denoms.
    pub founder: Addr,
    /// Code of the reward pot.
    pub reward_pot_code_id: u64,
    /// What came along.
    pub coins: Vec<SentCoins>,
}

/// Coins of one denom that came along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentCoins {
    /// Their denom.
    pub denom: String,
    /// How many were sent.
    pub sent: Uint128,
    /// How many the vault had with them: some may have lain at its address before.
    pub balance: Uint128,
}

packed! {
    Founding { founder, reward_pot_code_id, coins }
    SentCoins { denom, sent, balance }
}

/// The creation. Its refusal fails the instantiation with the chain's own words.
///
/// # Errors
/// When the bank does not answer.
pub fn message(
    querier: &QuerierWrapper,
    env: &Env,
    (founder, funds): (Addr, Vec<Coin>),
    reward_pot_code_id: u64,
    (prefix, subdenom): (&str, &str),
) -> Result<SubMsg, Box<ContractError>> {
    let vault = &env.contract.address;
    let mut coins = Vec::with_capacity(funds.len());
    for Coin { denom, amount } in funds {
        let balance = bank::query_balance(querier, vault, &denom)?;
        let sent = amount;
        coins.push(SentCoins {
            denom,
            sent,
            balance,
        });
    }
    let founding = Founding {
        founder,
        reward_pot_code_id,
        coins,
    };
    let message = token_factory::create_denom(prefix, vault, subdenom);
    let message = SubMsg::reply_on_success(message, ReplyId::CreateDenom as u64);
    Ok(message.with_payload(pack(&founding)))
}

/// The denom exists, and its fee is paid: what is left of the bond denom is the seed, what is left of
/// others goes back.
///
/// Reads: config, balances at the bank. Writes, sends and emits: what [`create_pot::send`] does, and coins
/// to the founder.
///
/// # Errors
/// [`ContractError::SeedTooSmall`], [`SettingsError::AboveSeed`](defenders_settings::SettingsError); when the
/// bank does not answer.
pub fn reply(deps: DepsMut, env: &Env, founding: Founding) -> Result<Response, Box<ContractError>> {
    let config = CONFIG.load(deps.storage)?;
    let mut seed = Seed {
        sent: Uint128::zero(),
        fee: Uint128::zero(),
    };
    let mut left = vec![];
    for SentCoins {
        denom,
        sent,
        balance,
    } in founding.coins
    {
        let now = bank::query_balance(&deps.querier, &env.contract.address, &denom)?;
        let fee = balance.saturating_sub(now);
        if denom == config.denom {
            seed = Seed { sent, fee };
        } else if fee < sent {
            left.push(Coin::new(sent.checked_sub(fee)?, denom));
        }
    }
    let response = create_pot::send(deps, env, config, seed, founding.reward_pot_code_id)?;
    if left.is_empty() {
        return Ok(response);
    }
    Ok(response.add_message(BankMsg::Send {
        to_address: founding.founder.into(),
        amount: left,
    }))
}
