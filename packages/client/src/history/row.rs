//! A row of the table.

use cosmwasm_std::{Decimal, Uint128};
use serde::Serialize;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Tokens went in, shares came out.
    Deposit,
    /// Shares went into a batch.
    WithdrawalRequest,
    /// Shares came back out of the open batch.
    WithdrawalCancel,
    /// A batch paid.
    Claim,
    /// Shares came from another account.
    SharesIn,
    /// Shares went to another account.
    SharesOut,
    /// Tokens made the vault. Their shares are nobody's.
    Seed,
    /// The vault paid its fee, or a bounty.
    Fee,
    /// Tokens or shares that moved, and nothing that was read says why.
    Unexplained,
}

impl Kind {
    /// As in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Deposit => "deposit",
            Kind::WithdrawalRequest => "withdrawal_request",
            Kind::WithdrawalCancel => "withdrawal_cancel",
            Kind::Claim => "claim",
            Kind::SharesIn => "shares_in",
            Kind::SharesOut => "shares_out",
            Kind::Seed => "seed",
            Kind::Fee => "fee",
            Kind::Unexplained => "unexplained",
        }
    }
}

/// One thing that happened, from the account's side. Amounts are in base units; what left the account is negative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// When, seconds; null where the block is no longer there.
    pub time: Option<u64>,
    /// Of the block; null of what is not one transaction.
    pub height: Option<u64>,
    /// Of the transaction.
    pub tx: Option<String>,
    /// What.
    pub kind: Kind,
    /// The batch, of what has one.
    pub batch_id: Option<u64>,
    /// Tokens that came (or went, negative).
    pub tokens: Signed,
    /// Shares that came (or went, negative).
    pub shares: Signed,
    /// What the account paid the chain for the transaction, as coins; in its first row only.
    pub network_fee: Option<String>,
    /// Tokens of a share in this deposit, request or claim.
    pub tokens_per_share: Option<Decimal>,
    /// Who else: who deposited for it, who was paid, where shares came from or went.
    pub other: Option<String>,
    /// What a reader should know.
    pub note: String,
    /// Of a request: shares for which this account is paid, whoever gave them.
    #[serde(skip)]
    pub paid_shares: u128,
}

impl Row {
    /// Nothing but what it is.
    pub fn new(kind: Kind) -> Self {
        Self {
            time: None,
            height: None,
            tx: None,
            kind,
            batch_id: None,
            tokens: Signed::default(),
            shares: Signed::default(),
            network_fee: None,
            tokens_per_share: None,
            other: None,
            note: String::new(),
            paid_shares: 0,
        }
    }
}

/// A whole number with its sign. A zero has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signed {
    is_negative: bool,
    amount: u128,
}

impl Signed {
    /// So much came.
    pub fn came(amount: u128) -> Self {
        Self {
            is_negative: false,
            amount,
        }
    }

    /// So much went.
    pub fn went(amount: u128) -> Self {
        Self {
            is_negative: amount > 0,
            amount,
        }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Self {
        match self.is_negative == other.is_negative || other.amount == 0 || self.amount == 0 {
            true => Self {
                is_negative: self.is_negative || other.is_negative,
                amount: self.amount.saturating_add(other.amount),
            },
            false => {
                let amount = self.amount.abs_diff(other.amount);
                let larger = if self.amount > other.amount {
                    self
                } else {
                    other
                };
                Self {
                    is_negative: larger.is_negative && amount > 0,
                    amount,
                }
            }
        }
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self {
            is_negative: !other.is_negative && other.amount > 0,
            amount: other.amount,
        })
    }

    /// Whether it went.
    pub fn is_negative(self) -> bool {
        self.is_negative
    }

    /// Without its sign.
    pub fn amount(self) -> u128 {
        self.amount
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.amount == 0
    }

    /// In units of 10^`exponent`, all digits.
    pub fn in_units(self, exponent: u32) -> String {
        let sign = if self.is_negative { "-" } else { "" };
        let places = exponent as usize;
        let digits = format!("{:0>width$}", self.amount, width = places.saturating_add(1));
        let (whole, rest) = digits.split_at(digits.len().saturating_sub(places));
        match rest.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            rest => format!("{sign}{whole}.{rest}"),
        }
    }
}

impl std::fmt::Display for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_units(0))
    }
}

impl Serialize for Signed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

/// Tokens of a share, rounded down; none of no shares.
pub fn rate(tokens: u128, shares: u128) -> Option<Decimal> {
    Decimal::checked_from_ratio(Uint128::new(tokens), Uint128::new(shares)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_keep_their_sign_and_zero_has_none() {
        let (came, went) = (Signed::came, Signed::went);
        assert_eq!(came(5).plus(went(7)), went(2));
        assert_eq!(went(5).plus(came(7)), came(2));
        assert_eq!(went(5).plus(came(5)), came(0));
        assert_eq!(came(0).plus(went(3)), went(3));
        assert_eq!(came(3).minus(came(5)), went(2));
        assert_eq!(came(3).minus(went(5)), came(8));
        assert_eq!(went(3).minus(came(0)), went(3));
        assert_eq!(went(0).to_string(), "0");
    }

    #[test]
    fn units_lose_no_digit() {
        assert_eq!(Signed::went(1_500_000).in_units(6), "-1.5");
        assert_eq!(Signed::came(1).in_units(6), "0.000001");
        assert_eq!(Signed::came(2_000_000).in_units(6), "2");
        assert_eq!(Signed::came(7).in_units(0), "7");
        let most = Signed::came(u128::MAX).in_units(18);
        assert_eq!(most, "340282366920938463463.374607431768211455");
    }
}
