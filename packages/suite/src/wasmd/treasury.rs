//! The account that hands out coins, fees and rewards.

use serde_json::Value;
use wasmd_chain::{Tx, coin, msg};

use super::genesis::{FEE, FEE_DENOM, FEES, TREASURY};
use super::{Wasmd, translate};
use crate::chain::{TestChain, Tx as SuiteTx};

impl Wasmd {
    /// One message of the treasury per gift.
    pub(super) fn gifts(&mut self) -> Vec<Value> {
        let treasury = self.account(TREASURY);
        let gifts = std::mem::take(&mut self.gifts).into_iter();
        gifts
            .map(|(address, coins)| msg::send(&treasury, &address, &coins))
            .collect()
    }

    /// What must be in a block of its own before these transactions: rewards, which the chain
    /// shares out a block after their fee, and fees for signers whom it does not know yet.
    pub(super) fn prepare(&mut self, txs: &[SuiteTx]) {
        let messages: Vec<_> = txs.iter().map(translate::message).collect();
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
            messages.push(msg::send(&treasury, &treasury, &[coin(1, FEE_DENOM)]));
        }
        let mut fee = rewards;
        fee.push(coin(FEE, FEE_DENOM));
        let tx = Tx::new(TREASURY, messages).fee(&fee);
        let made = self.between(vec![], vec![tx]);
        assert!(made[0].is_ok(), "the treasury pays: {:?}", made[0]);
    }
}
