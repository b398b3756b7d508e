//! The account that hands out coins, fees and rewards.

use cosmwasm_std::coin;
use serde_json::{Value, json};

use super::genesis::{FEE_DENOM, FEES, TREASURY};
use super::{Wasmd, wire};
use crate::chain::{TestChain, Tx};

impl Wasmd {
    /// One message of the treasury per gift.
    pub(super) fn gifts(&mut self) -> Vec<Value> {
        let treasury = self.account(TREASURY);
        let gifts = std::mem::take(&mut self.gifts).into_iter();
        gifts
            .map(|(address, coins)| wire::send(&treasury, &address, &coins))
            .collect()
    }

    /// What must be in a block of its own before these transactions: rewards, which the chain
    /// shares out a block after their fee, and fees for signers whom it does not know yet.
    pub(super) fn prepare(&mut self, txs: &[Tx]) {
        let messages: Vec<_> = txs.iter().map(wire::message).collect();
        let signers: Vec<&str> = messages.iter().map(|(signer, _)| *signer).collect();
        self.hand_over(&signers);
    }

    /// Makes that block, if these accounts lack fees or rewards are due.
    pub(super) fn hand_over(&mut self, signers: &[&str]) {
        let rewards = std::mem::take(&mut self.rewards);
        let mut is_needed = !rewards.is_empty();
        for signer in signers {
            if self.name_of(signer).is_some() && self.solvent.insert((*signer).into()) {
                let fees = vec![coin(FEES, FEE_DENOM)];
                self.gifts.push(((*signer).into(), fees));
                is_needed = true;
            }
        }
        if !is_needed {
            return;
        }
        let mut messages = self.gifts();
        if messages.is_empty() {
            let treasury = self.account(TREASURY);
            messages.push(wire::send(&treasury, &treasury, &[coin(1, FEE_DENOM)]));
        }
        let mut fee = rewards;
        fee.push(coin(1, FEE_DENOM));
        let tx = json!({"signer": TREASURY, "fee": wire::coins_text(&fee), "msgs": messages});
        let made = self.between(json!([]), vec![tx]);
        assert_eq!(made[0]["code"], 0, "the treasury pays: {}", made[0]);
    }
}
