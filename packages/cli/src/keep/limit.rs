//! The daily limit, before anything is due: one in another denom than fees are paid in would hold for nothing.

use defenders_node::Coin;
use defenders_node::send::SendError;

use crate::config::{Config, ConfigError, Field, require};
use crate::session::{Session, SessionError};

/// The limit of the settings, in the denom of the prices there.
pub fn read_limit(config: &Config) -> Result<Coin, ConfigError> {
    let limit = require(config.daily_fee_limit.as_ref(), Field::DailyFeeLimit)?;
    let from = config.daily_fee_limit.as_ref().map(|it| it.from.clone());
    for (other, price) in [
        (Field::GasPrice, &config.gas_price),
        (Field::MaxGasPrice, &config.max_gas_price),
    ] {
        if let (Some(price), Some(from)) = (price, &from)
            && price.value.denom != limit.denom
        {
            return Err(ConfigError::Contradiction {
                field: Field::DailyFeeLimit,
                from: from.clone(),
                other,
                other_from: price.from.clone(),
                reason: format!(
                    "the limit is {limit}, and fees are paid in {}: give both in the same denom",
                    price.value.denom
                ),
            });
        }
    }
    Ok(limit.clone())
}

/// Refuses a limit in another denom than the chain takes fees in, where the settings name no price.
pub fn ensure_denom(session: &Session, limit: &Coin) -> Result<(), SessionError> {
    match session.fee_policy().price_now(&session.node) {
        Ok(price) if price.denom == limit.denom => Ok(()),
        Ok(price) => Err(SessionError::Impossible(format!(
            "the daily limit is {limit}, and this chain takes fees in {}: give both in the same denom, or name a \
             price with --gas-price",
            price.denom
        ))),
        // it may be cheaper by the time that something is due
        Err(SendError::TooDear { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
