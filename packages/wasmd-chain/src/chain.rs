//! A chain of the program, and its blocks.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::answer::{list, malformed, number, text};
use crate::block::{Block, Made, made};
use crate::coin::{Coin, to_text};
use crate::error::Outcome;
use crate::msg;
use crate::program::Program;
use crate::tx::{Receipt, Tx};

/// Seconds between two blocks where nobody says otherwise.
const BLOCK_SECONDS: u64 = 5;

/// A chain, which is forgotten when it is dropped.
#[derive(Debug)]
pub struct Chain {
    program: Arc<Program>,
    name: String,
    height: u64,
    time_seconds: u64,
}

/// A state of a chain to which it can return any number of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot(u64);

impl Chain {
    pub(crate) fn begin(program: &Arc<Program>, genesis: Value) -> Outcome<Self> {
        let mut chain = Self {
            program: Arc::clone(program),
            name: program.next_chain_name(),
            height: 0,
            time_seconds: 0,
        };
        let told = chain.ask("init", genesis)?;
        chain.stand_at(&told)?;
        Ok(chain)
    }

    /// What requests call this chain.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The program that runs it.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// Height of the last block.
    pub fn height(&self) -> u64 {
        self.height
    }

    /// Unix time of the last block.
    pub fn time_seconds(&self) -> u64 {
        self.time_seconds
    }

    /// Asks the program about this chain anything that the protocol knows. Blocks and restores are for the
    /// methods of this type, which keep height and time.
    pub fn ask(&self, op: &str, mut request: Value) -> Outcome<Value> {
        request["op"] = op.into();
        request["chain"] = self.name.as_str().into();
        self.program.ask(&request)
    }

    fn stand_at(&mut self, told: &Value) -> Outcome<()> {
        self.height = number(&told["height"])?;
        self.time_seconds = number(&told["time_seconds"])?;
        Ok(())
    }

    /// The address of a name's account.
    pub fn account(&self, name: &str) -> Outcome<String> {
        Ok(self.program.addresses(name)?.account)
    }

    /// The operator address of a validator's name.
    pub fn operator(&self, name: &str) -> Outcome<String> {
        Ok(self.program.addresses(name)?.operator)
    }

    /// Makes a block.
    pub fn block(&mut self, block: &Block) -> Outcome<Made> {
        let told = self.ask("block", block.to_request())?;
        self.stand_at(&told)?;
        made(&told)
    }

    /// Makes an empty block so many seconds after the last.
    pub fn advance(&mut self, seconds: u64) -> Outcome<Made> {
        self.block(&Block::after(seconds))
    }

    /// Makes empty blocks, five seconds apart.
    pub fn blocks(&mut self, count: u64) -> Outcome<()> {
        let told = self.ask("blocks", json!({"count": count, "advance": BLOCK_SECONDS}))?;
        self.stand_at(&told)
    }

    /// Makes a block of one transaction, five seconds after the last.
    pub fn tx(&mut self, tx: Tx) -> Outcome<Receipt> {
        let made = self.block(&Block::after(BLOCK_SECONDS).tx(tx))?;
        match made.txs.into_iter().next() {
            Some(result) => Ok(result?),
            None => Err(malformed("result of a transaction", &Value::Null)),
        }
    }

    /// Stores a wasm file in a block of its own; its code id.
    pub fn store(&mut self, signer: &str, wasm: impl AsRef<Path>) -> Outcome<u64> {
        let request = json!({"signer": signer, "path": wasm.as_ref(), "advance": BLOCK_SECONDS});
        self.store_by(request)
    }

    /// As [`store`](Self::store), so many seconds after the last block and with this fee.
    pub fn store_with_fee(
        &mut self,
        seconds: u64,
        signer: &str,
        wasm: impl AsRef<Path>,
        fee: &[Coin],
    ) -> Outcome<u64> {
        let (path, fee) = (wasm.as_ref(), to_text(fee));
        self.store_by(json!({"signer": signer, "path": path, "advance": seconds, "fee": fee}))
    }

    fn store_by(&mut self, request: Value) -> Outcome<u64> {
        let told = self.ask("store", request)?;
        self.stand_at(&told)?;
        number(&told["code_id"])
    }

    /// Makes a contract that nobody may migrate, in a block of its own; its address.
    pub fn instantiate(
        &mut self,
        signer: &str,
        code_id: u64,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Outcome<String> {
        let msg = msg::instantiate(&self.account(signer)?, code_id, None, msg, funds)?;
        let receipt = self.tx(Tx::new(signer, [msg]))?;
        let response = receipt.responses.first().unwrap_or(&Value::Null);
        text(&response["address"])
    }

    /// Calls a contract in a block of its own.
    pub fn execute(
        &mut self,
        signer: &str,
        contract: &str,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Outcome<Receipt> {
        let msg = msg::execute(&self.account(signer)?, contract, msg, funds)?;
        self.tx(Tx::new(signer, [msg]))
    }

    /// Keeps the present state.
    pub fn snapshot(&self) -> Outcome<Snapshot> {
        let told = self.ask("snapshot", json!({}))?;
        Ok(Snapshot(number(&told["snapshot"])?))
    }

    /// Returns to a state.
    pub fn restore(&mut self, snapshot: Snapshot) -> Outcome<()> {
        self.ask("restore", json!({"snapshot": snapshot.0}))?;
        let told = self.ask("status", json!({}))?;
        self.stand_at(&told)
    }

    /// Lets go of a state.
    pub fn forget(&self, snapshot: Snapshot) -> Outcome<()> {
        self.ask("forget", json!({"snapshot": snapshot.0}))
            .map(drop)
    }

    /// Names and powers of the validators whose votes the next block carries.
    pub fn next_voters(&self) -> Outcome<Vec<(String, u64)>> {
        let told = self.ask("status", json!({}))?;
        let voter = |told: &Value| Ok((text(&told["name"])?, number(&told["power"])?));
        list(&told["next_voters"]).iter().map(voter).collect()
    }
}

impl Drop for Chain {
    fn drop(&mut self) {
        let _ = self.ask("drop", json!({})); // it may have died of the test
    }
}
