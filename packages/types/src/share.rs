//! What the shares are: the vault's own cw20, or a denom of the chain's bank.

use cosmwasm_std::{Decimal, Uint128};
use defenders_json::{answer, message};

message! {
    /// What the shares shall be. It can never be changed.
    pub enum ShareInput {
        /// The vault is its own cw20 token.
        Cw20 {
            /// 3 to 50 characters, not all of them blank.
            name: String,
            /// 3 to 12 letters and hyphens, a letter first.
            symbol: String,
            /// Those of the bond denom, at most 18; compared with nothing.
            decimals: u8,
        },
        /// Coins of the bank, `factory/{vault}/{subdenom}`, of which the vault is the only admin. The chain has
        /// x/tokenfactory, and its creation fee is sent along with the seed.
        Denom {
            /// 1 to 44 letters, digits and `/ : . _ -`.
            subdenom: String,
            /// 3 to 50 characters, not all of them blank.
            name: String,
            /// 3 to 12 letters and hyphens, a letter first; it also names the display unit.
            symbol: String,
            /// Exponent of the display unit: decimals of the bond denom, at most 18; compared with nothing.
            decimals: u8,
            /// For wallets, at most 280 characters. Absent: none.
            description: Option<String>,
            /// Of the chain's messages, beginning with `/`, 2 to 64 characters.
            /// Absent: `/osmosis.tokenfactory.v1beta1`.
            message_prefix: Option<String>,
        },
    }
}

answer! {
    /// What the shares are.
    pub enum Share {
        /// The vault is its own cw20 token.
        Cw20 {},
        /// Coins of the bank.
        Denom {
            /// `factory/{vault}/{subdenom}`.
            denom: String,
            /// Of the chain's messages.
            message_prefix: String,
        },
    }
}

answer! {
    /// What a share is worth to who leaves, as price oracles and money markets ask for it.
    pub struct RedemptionRateResponse {
        /// Tokens of the bond denom for one share, rounded down: without locked profit, stake that comes back to
        /// be delegated again at what it was last seen to be worth.
        pub redemption_rate: Decimal,
        /// Since when a slash may be missing, seconds: the rate may be too high by what was slashed since. The last
        /// sync; while stake is on its way back, if that is older, the beginning of the last refresh that saw all
        /// validators from which marked stake comes, or that of the oldest stake on its way that has no mark.
        pub update_time: u64,
    }
}

answer! {
    /// The shares of the book beside those of the token.
    pub struct ShareSolvency {
        /// All shares by the book.
        pub supply: Uint128,
        /// All shares by the token. As coins it can be lower: holders may burn their own.
        pub supply_by_token: Uint128,
        /// Seed and shares in escrow.
        pub owned: Uint128,
        /// The vault's own balance.
        pub balance: Uint128,
        /// Balance beyond what is owned: coins that strangers sent. They are nobody's, and never redeemed.
        pub surplus: Uint128,
        /// What the balance lacks; 0 unless something is badly wrong.
        pub deficit: Uint128,
    }
}
