//! Double signs (`x/evidence/keeper/infraction.go`).

use cosmwasm_std::{Order, Storage, Timestamp};
use cw_storage_plus::Bound;

use crate::dec18::Dec18;
use crate::env::Env;
use crate::error::Outcome;
use crate::staking::{index, load_validator, slash};
use crate::store::{EVIDENCE, Evidence, POWER_HISTORY, Status, VALIDATORS, load_params};

/// Unix time of the last second of the year 9999.
const END_OF_TIME: u64 = 253_402_300_799;

/// When a double signer leaves jail: as late as a `Timestamp` can say. The chain writes the
/// end of the year 9999, which does not fit 64 bits of nanoseconds; queries show that.
pub(crate) const JAILED_FOR_EVER: Timestamp = Timestamp::from_nanos(u64::MAX);

/// Seconds of a jail end as the chain shows them.
pub(crate) fn compute_jailed_until_seconds(jailed_until: Timestamp) -> u64 {
    if jailed_until == JAILED_FOR_EVER {
        END_OF_TIME
    } else {
        jailed_until.seconds()
    }
}

/// Begin block: handles the evidence that came in with the block.
pub(crate) fn handle_evidence(env: &mut Env<'_>) -> Outcome<()> {
    let evidence = EVIDENCE.may_load(env.storage)?.unwrap_or_default();
    if evidence.is_empty() {
        return Ok(());
    }
    EVIDENCE.remove(env.storage);
    evidence
        .iter()
        .try_for_each(|item| handle_equivocation(env, item))
}

/// Slashes as of one block before the infraction, jails and tombstones. Unbonded and
/// tombstoned validators are left alone.
fn handle_equivocation(env: &mut Env<'_>, evidence: &Evidence) -> Outcome<()> {
    let operator = evidence.validator.as_str();
    let Some(before) = VALIDATORS.may_load(env.storage, operator)? else {
        return Ok(());
    };
    if before.status == Status::Unbonded || before.tombstoned {
        return Ok(());
    }
    let power = load_power_at(env.storage, operator, evidence.infraction_height)?;
    let fraction = Dec18::from(load_params(env.storage)?.slash_fraction_double_sign);
    let stake_height = evidence.infraction_height.saturating_sub(1);
    slash(env, operator, stake_height, power, fraction)?;

    let mut validator = load_validator(env.storage, operator)?;
    validator.tombstoned = true;
    validator.jailed_until = JAILED_FOR_EVER;
    if validator.jailed {
        index::save_validator(env.storage, &validator)
    } else {
        index::jail(env.storage, &mut validator)
    }
}

/// Power with which the validator signed block `height`: decided two blocks earlier. For a
/// height before it first had any, the first it had.
fn load_power_at(storage: &dyn Storage, validator: &str, height: u64) -> Outcome<u64> {
    let decided_by = Bound::inclusive(height.saturating_sub(2));
    let history = POWER_HISTORY.prefix(validator);
    let decided = history
        .range(storage, None, Some(decided_by), Order::Descending)
        .next();
    let record = match decided {
        Some(record) => Some(record),
        None => history.range(storage, None, None, Order::Ascending).next(),
    };
    Ok(record
        .transpose()?
        .map(|(_, power)| power)
        .unwrap_or_default())
}
