//! What is in flight.

use cosmwasm_std::Decimal;
use defenders_types::{EntryPurpose, MoveReason};

use super::{addr, n, Golden};
use crate::messages::create_denom::{Founding, SentCoins};
use crate::messages::delegate::Delegation;
use crate::messages::pay_fee::FeePayment;
use crate::messages::redelegate::Redelegation;
use crate::messages::sweep_pot::Sweep;
use crate::messages::undelegate::Undelegation;
use crate::messages::withdraw_rewards::RewardWithdrawal;

pub(super) fn payloads(golden: &mut Golden) {
    let validator = || "v".to_owned();
    let delegation = Delegation {
        validator: validator(),
        tokens: n(1),
        leave_one_unit: true,
        redelegation_refused: false,
    };
    golden.pin(&delegation, "010176 0101 01 00");
    let undelegation = Undelegation {
        validator: validator(),
        tokens: n(1),
        shares: n(2),
        purpose: EntryPurpose::Restake {},
        tokens_per_share: Some(Decimal::one()),
        reason: Some(MoveReason::Drained),
        share_denom: Some("f".to_owned()),
    };
    golden.pin(
        &undelegation,
        "010176 0101 0102 00 01 010112 01 03 01 010166",
    );
    let redelegation = Redelegation {
        source: validator(),
        destination: "w".to_owned(),
        tokens: n(1),
        reason: MoveReason::Quality,
    };
    golden.pin(&redelegation, "010176 010177 0101 08");
    let withdrawal = RewardWithdrawal {
        validator: validator(),
    };
    golden.pin(&withdrawal, "010176");
    let sweep = Sweep {
        caller: addr("c"),
        first_page_period: Some(1),
    };
    golden.pin(&sweep, "010163 010101");
    let payment = FeePayment {
        recipient: addr("r"),
        tokens: n(1),
    };
    golden.pin(&payment, "010172 0101");
    let sent = SentCoins {
        denom: "s".to_owned(),
        sent: n(1),
        balance: n(2),
    };
    golden.pin(&sent, "010173 0101 0102");
    let founding = Founding {
        founder: addr("f"),
        reward_pot_code_id: 3,
        coins: vec![sent],
    };
    golden.pin(&founding, "010166 0103 0101 010173 0101 0102");
}
