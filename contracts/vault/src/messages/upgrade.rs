//! Other code takes the place of the vault's or the pot's. The new code answers whether it took over the same
//! contract, with the same totals; otherwise all of it reverts.

use cosmwasm_std::{DepsMut, Env, Response, SubMsg, Uint128};
use defenders_types::OwnContract;

use super::reply_id::ReplyId;
use crate::call::Call;
use crate::chain::wasm;
use crate::error::ContractError;
use crate::event;
use crate::migrate::parse_version;
use crate::shares::load_supply;
use crate::state::changes::NewCode;
use crate::state::contract_info::{self, ContractInfo};
use crate::state::{Book, Config, CONFIG};
use crate::store::packed::{pack, packed};

/// A migration in flight, written by the old code and read by the new: fields are only ever added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// Whose code it is.
    pub contract: OwnContract,
    /// Name of the old code.
    pub name: String,
    /// Version of the old code.
    pub version: String,
    /// Under the old code, in the order of [`TOTALS`].
    pub totals: Vec<Uint128>,
}

packed! {
    Upgrade { contract, name, version, totals }
}

/// What is the same before and after.
pub const TOTALS: [&str; 12] = [
    "total_assets",
    "bonded",
    "idle",
    "restaking",
    "marked_down",
    "locked_profit",
    "unbonding",
    "claimable",
    "awaiting_settlement",
    "fees_owed",
    "total_shares",
    "escrow_shares",
];

/// Sends it: the last message of the call.
///
/// # Errors
/// When storage is damaged, sums are beyond 128 bits, or the pot does not tell its name.
pub fn send(
    call: &mut Call,
    contract: OwnContract,
    new_code: NewCode,
) -> Result<(), Box<ContractError>> {
    let ContractInfo { name, version } = match contract {
        OwnContract::Vault => contract_info::load(call.deps.storage)?,
        OwnContract::RewardPot => {
            wasm::query_contract_info(&call.deps.querier, &call.config.reward_pot)?
        }
    };
    let upgrade = Upgrade {
        contract,
        name,
        version,
        totals: compute_totals(&call.book, call.total_shares(), call.now())?.to_vec(),
    };
    let address = match contract {
        OwnContract::Vault => &call.env.contract.address,
        OwnContract::RewardPot => &call.config.reward_pot,
    };
    let message = wasm::migrate(address, new_code);
    let message = SubMsg::reply_on_success(message, ReplyId::Upgrade as u64);
    call.send(message.with_payload(pack(&upgrade)));
    Ok(())
}

/// Of the vault, the new code answers; of the pot, the vault asks it.
///
/// Reads: config, book, supply, name and version. Writes: nothing. Sends: nothing. Emits: `vault/upgraded`.
///
/// # Errors
/// [`ContractError::CannotMigrate`], [`ContractError::TotalsDiffer`], [`ContractError::PotOfAnother`],
/// [`ContractError::Read`] when the pot does not answer: then the old code stays.
pub fn reply(deps: DepsMut, env: &Env, upgrade: Upgrade) -> Result<Response, Box<ContractError>> {
    let config = CONFIG.load(deps.storage)?;
    let now = env.block.time.seconds();
    let book = Book::load(deps.storage, now)?;
    let total_shares = load_supply(deps.storage)?;
    ensure_same_totals(&upgrade.totals, &compute_totals(&book, total_shares, now)?)?;
    let info = match upgrade.contract {
        OwnContract::Vault => contract_info::load(deps.storage)?,
        OwnContract::RewardPot => {
            ensure_pot_obeys(&deps, env, &config)?;
            wasm::query_contract_info(&deps.querier, &config.reward_pot)?
        }
    };
    ensure_successor(&upgrade, &info)?;
    let event = event::upgraded(upgrade.contract, &upgrade.version, &info.version);
    Ok(Response::new().add_event(event))
}

fn compute_totals(
    book: &Book,
    total_shares: Uint128,
    now: u64,
) -> Result<[Uint128; TOTALS.len()], Box<ContractError>> {
    let money = &book.money;
    Ok([
        money.total_assets(now)?,
        money.bonded,
        money.idle,
        money.restaking,
        money.marked_down,
        money.locked_profit.locked_at_ceil(now)?,
        money.unbonding,
        money.claimable,
        money.awaiting_settlement,
        money.fees_owed,
        total_shares,
        book.queue.escrow_shares,
    ])
}

/// A total that only one of both codes knows is 0 to the other.
fn ensure_same_totals(before: &[Uint128], after: &[Uint128]) -> Result<(), Box<ContractError>> {
    let of = |totals: &[Uint128], index: usize| totals.get(index).copied().unwrap_or_default();
    for index in 0..before.len().max(after.len()) {
        let (before, after) = (of(before, index), of(after, index));
        if before != after {
            return Err(ContractError::TotalsDiffer {
                total: TOTALS.get(index).copied().unwrap_or("unknown"),
                before,
                after,
            }
            .into());
        }
    }
    Ok(())
}

fn ensure_pot_obeys(deps: &DepsMut, env: &Env, config: &Config) -> Result<(), Box<ContractError>> {
    let vault = wasm::query_vault_of_pot(&deps.querier, &config.reward_pot)?;
    match env.contract.address.as_str() == vault {
        true => Ok(()),
        false => Err(ContractError::PotOfAnother { vault }.into()),
    }
}

/// The same contract, of the same version or a newer one.
fn ensure_successor(upgrade: &Upgrade, info: &ContractInfo) -> Result<(), Box<ContractError>> {
    let version = parse_version(&info.version);
    let is_older = version.is_none() || version < parse_version(&upgrade.version);
    if info.name == upgrade.name && !is_older {
        return Ok(());
    }
    Err(ContractError::CannotMigrate {
        from_name: upgrade.name.clone(),
        from_version: upgrade.version.clone(),
        name: info.name.clone(),
        version: info.version.clone(),
    }
    .into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upgrade(name: &str, version: &str) -> Upgrade {
        Upgrade {
            contract: OwnContract::Vault,
            name: name.to_owned(),
            version: version.to_owned(),
            totals: vec![],
        }
    }

    #[test]
    fn a_successor_has_the_name_and_no_lower_version() {
        let before = upgrade("vault", "1.9.0");
        for (name, version, is_taken) in [
            ("vault", "1.9.0", true),
            ("vault", "1.10.0", true),
            ("vault", "1.8.9", false),
            ("vault", "2", false),
            ("other", "2.0.0", false),
        ] {
            let (name, version) = (name.to_owned(), version.to_owned());
            let told = format!("{name} {version}");
            let info = ContractInfo { name, version };
            assert_eq!(ensure_successor(&before, &info).is_ok(), is_taken, "{told}");
        }
    }

    #[test]
    fn totals_are_compared_one_by_one_and_missing_ones_are_nothing() {
        let totals = |numbers: &[u128]| -> Vec<Uint128> {
            numbers.iter().map(|number| Uint128::new(*number)).collect()
        };
        let compare =
            |before: &[u128], after: &[u128]| ensure_same_totals(&totals(before), &totals(after));
        assert_eq!(compare(&[1, 2], &[1, 2, 0]), Ok(()));
        assert_eq!(compare(&[1, 2, 0], &[1, 2]), Ok(()));
        let differ = |total, before: u128, after: u128| {
            Err(ContractError::TotalsDiffer {
                total,
                before: before.into(),
                after: after.into(),
            }
            .into())
        };
        assert_eq!(compare(&[1, 2], &[1, 3]), differ("bonded", 2, 3));
        assert_eq!(compare(&[1], &[1, 3]), differ("bonded", 0, 3));
        assert_eq!(compare(&[1, 2], &[1]), differ("bonded", 2, 0));
        let many = [&[0; 12][..], &[5]].concat();
        assert_eq!(compare(&many, &[0; 12]), differ("unknown", 5, 0));
    }
}
