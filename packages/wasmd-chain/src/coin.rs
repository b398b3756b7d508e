//! Amounts of denoms.

use std::fmt::{Display, Formatter};

use serde_json::{Value, json};

/// Units of a denom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coin {
    /// How many.
    pub amount: u128,
    /// Of what.
    pub denom: String,
}

/// So many units of a denom.
pub fn coin(amount: u128, denom: impl Into<String>) -> Coin {
    Coin {
        amount,
        denom: denom.into(),
    }
}

/// `5ustake`
impl Display for Coin {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.amount, self.denom)
    }
}

/// In the order that the chain demands.
fn sorted(coins: &[Coin]) -> Vec<&Coin> {
    let mut sorted: Vec<&Coin> = coins.iter().collect();
    sorted.sort_by(|a, b| a.denom.cmp(&b.denom));
    sorted
}

/// Coins of a message.
pub(crate) fn to_json(coins: &[Coin]) -> Value {
    sorted(coins).into_iter().map(one_to_json).collect()
}

/// The coin of a message that takes one.
pub(crate) fn one_to_json(coin: &Coin) -> Value {
    json!({"denom": coin.denom, "amount": coin.amount.to_string()})
}

/// Coins of a fee or a genesis: `1uatom,5ustake`.
pub fn to_text(coins: &[Coin]) -> String {
    let coins: Vec<String> = sorted(coins).into_iter().map(Coin::to_string).collect();
    coins.join(",")
}
