//! The blocks that a suite's block needs.

use wasmd_chain::{Act, Block, Receipt, Refused, Tx};

use super::Wasmd;

impl Wasmd {
    /// What requests call this chain: whoever asks the program for more than `TestChain` can, such
    /// as gas, needs it.
    pub fn name(&self) -> &str {
        self.chain.name()
    }

    /// The name that can sign for an account. Contracts have none.
    pub(super) fn name_of(&self, address: &str) -> Option<String> {
        self.names.borrow().get(address).cloned()
    }

    /// A block of a second that nobody asked for, before the next that somebody does.
    pub(super) fn between(
        &mut self,
        acts: Vec<Act>,
        txs: Vec<Tx>,
    ) -> Vec<Result<Receipt, Refused>> {
        self.borrowed += 1;
        self.make(1, acts, txs)
    }

    pub(super) fn make(
        &mut self,
        seconds: u64,
        acts: Vec<Act>,
        txs: Vec<Tx>,
    ) -> Vec<Result<Receipt, Refused>> {
        let mut block = Block::after(seconds);
        for validator in &self.absent {
            block = block.absent(validator);
        }
        for (validator, height) in std::mem::take(&mut self.evidence) {
            block = block.evidence(validator, height);
        }
        block = acts.into_iter().fold(block, Block::act);
        block = txs.into_iter().fold(block, Block::tx);
        let made = match self.chain.block(&block) {
            // who had no vote at a height cannot have signed it twice: no engine says so
            Err(error) if error.is_unserved("bad_evidence") => {
                self.chain.block(&block.without_evidence())
            }
            made => made,
        };
        made.unwrap_or_else(|error| panic!("{error}")).txs
    }
}
