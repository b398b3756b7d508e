//! A vault on a chain that tests drive: one block per call, then the invariants.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, DerefMut};

use cosmwasm_std::{Coin, Decimal, StakingMsg, coins};
use defenders_types::{ExecuteMsg, Job};

use crate::chain::{Faults, Outcome, Refused, TestChain, Tx, TxResult};
use crate::invariants::Memory;
use crate::reader::Reader;
use crate::units::{BLOCK, DENOM, json};

/// A vault on a chain that tests drive. What can be asked of both is asked of its `Reader`.
pub struct Suite {
    pub(crate) reader: Reader<dyn TestChain>,
    /// The reward pot's address.
    pub pot: String,
    /// The vault's owner.
    pub owner: String,
    /// Receives the fee.
    pub fee_recipient: String,
    /// All validators of the first block, in ascending operator address.
    pub validators: Vec<String>,
    /// Those listed at the beginning.
    pub listed: Vec<String>,
    /// What the instantiation told.
    pub instantiate_outcome: Outcome,
    /// The instantiation.
    pub instantiate_tx: Tx,
    pub(crate) memory: Memory,
}

impl Deref for Suite {
    type Target = Reader<dyn TestChain>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

impl DerefMut for Suite {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reader
    }
}

impl Suite {
    /// The address of a named user.
    pub fn user(&self, name: &str) -> String {
        self.chain.account(name)
    }

    /// The account that runs a validator, of a chain whose operators sign.
    pub fn operator(&self, validator: &str) -> String {
        self.chain.operator_account(validator)
    }

    /// A named user who owns this many tokens more.
    pub fn user_with(&mut self, name: &str, tokens: u128) -> String {
        let address = self.chain.account(name);
        self.chain.fund(&address, coins(tokens, DENOM));
        address
    }

    /// One block with these transactions, then the invariants.
    pub fn block(&mut self, seconds: u64, txs: Vec<Tx>) -> Vec<TxResult> {
        let results = self.chain.block(seconds, txs.clone());
        self.observe(&txs, &results);
        results
    }

    fn observe(&mut self, txs: &[Tx], results: &[TxResult]) {
        for checked in self.memory.observe(&self.reader, txs, results) {
            if let Err(violation) = checked {
                panic!("{violation}");
            }
        }
    }

    /// How often the vault told each event, by its name.
    pub fn event_counts(&self) -> &BTreeMap<String, u64> {
        &self.memory.record().event_counts
    }

    /// Everyone with shares in a batch.
    pub fn recipients(&self, batch_id: u64) -> Vec<String> {
        self.memory.record().recipients(batch_id)
    }

    /// An ordinary block with one transaction.
    pub fn tx(&mut self, tx: Tx) -> TxResult {
        self.block(BLOCK, vec![tx]).remove(0)
    }

    /// One empty block after `seconds`.
    pub fn advance(&mut self, seconds: u64) {
        self.block(seconds, vec![]);
    }

    /// The transaction that calls the vault. Shares that are coins come along with a request that names how many.
    pub fn call(&self, sender: &str, msg: &ExecuteMsg, funds: Vec<Coin>) -> Tx {
        Tx::Execute {
            sender: sender.into(),
            contract: self.vault.clone(),
            msg: json(msg),
            funds: self.funds_of(msg, funds),
        }
    }

    /// Calls the vault in an ordinary block.
    pub fn execute(&mut self, sender: &str, msg: &ExecuteMsg, funds: Vec<Coin>) -> TxResult {
        let tx = self.call(sender, msg, funds);
        self.tx(tx)
    }

    /// Sends coins to an account without calling anything.
    pub fn send(&mut self, sender: &str, recipient: &str, tokens: u128) -> TxResult {
        self.tx(Tx::Send {
            sender: sender.into(),
            recipient: recipient.into(),
            coins: coins(tokens, DENOM),
        })
    }

    /// Stakes on one's own account, in an ordinary block.
    pub fn stake(&mut self, sender: &str, msg: StakingMsg) -> TxResult {
        let sender = sender.into();
        self.tx(Tx::Stake { sender, msg })
    }

    /// The seed's test of the chain comes back and is settled, and what has fallen due meanwhile is done but
    /// for a refresh.
    pub(crate) fn wait_for_seed(&mut self) {
        let unbonding_time = self.config().unbonding_time;
        self.advance(unbonding_time);
        self.advance(BLOCK); // in the end of the block before the chain has paid
        while self.job(Job::Settle).due {
            self.tick(Job::Settle);
            self.advance(BLOCK); // only a later block tells that the entry is surely paid
        }
        assert_eq!(self.ledger(), [], "the seed's test has come back");
        self.tick(Job::Harvest);
        self.tick(Job::Sync);
    }

    /// Rewards for the bonded validators, by power, and a block in which they arrive.
    pub fn reward(&mut self, tokens: u128) {
        self.chain.reward(coins(tokens, DENOM));
        self.advance(BLOCK);
    }

    /// What can be made to go wrong.
    pub fn faults(&mut self) -> &mut dyn Faults {
        self.chain.faults()
    }

    /// From now on this validator may refuse what the vault cannot know that it would.
    pub fn expect_refusals(&mut self, validator: &str) {
        self.memory.faulty.insert(validator.into());
    }

    /// A validator answers one kind of message with a staking error code.
    pub fn refuse(&mut self, validator: &str, message: Refused, code: u32) {
        self.expect_refusals(validator);
        self.faults().refuse(validator, message, code);
    }

    /// The chain shows the vault, falsely, that it delegates nothing.
    pub fn hide_delegations(&mut self) {
        self.memory.are_delegations_hidden = true;
        let vault = self.vault.clone();
        self.faults().hide_delegations(&vault);
    }

    /// Ends all faults. What was refused before may still be spoken of by the vault.
    pub fn heal(&mut self) {
        self.faults().heal();
        self.memory.faulty = BTreeSet::new();
        self.memory.are_delegations_hidden = false;
    }

    /// Slashes a validator now, by `percent` of its stake, for an infraction `blocks_ago`; then
    /// the invariants.
    pub fn slash(&mut self, validator: &str, percent: u64, blocks_ago: u64) {
        let fraction = Decimal::percent(percent);
        self.faults().slash(validator, fraction, blocks_ago);
        self.observe(&[], &[]);
    }
}
