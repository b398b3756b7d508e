//! Blocks.

use cosmrs::tendermint::block::CommitSig;
use tendermint_rpc::{Client, HttpClient};

use crate::endpoint::{Endpoint, height_of};
use crate::error::NodeError;
use crate::node::Node;
use crate::read::tx::{Event, read_events};

/// A block, as far as it is of use here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its height.
    pub height: u64,
    /// Its time, seconds since 1970.
    pub time: u64,
    /// Its transactions, as signed.
    pub txs: Vec<Vec<u8>>,
    /// Hex addresses of consensus keys whose votes for the block before came in.
    pub signers: Vec<String>,
    /// How many validators were asked to vote for the block before.
    pub asked: usize,
}

/// What came of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TxOutcome {
    /// 0 when it was carried out.
    pub code: u32,
    /// Of the module that refused.
    pub codespace: String,
    /// What was said when it was refused.
    pub log: String,
    /// Its limit.
    pub gas_wanted: i64,
    /// What it used.
    pub gas_used: i64,
    /// What it told.
    pub events: Vec<Event>,
}

/// What came of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockResults {
    /// What came of each transaction, in order.
    pub txs: Vec<TxOutcome>,
    /// What the modules told by themselves.
    pub events: Vec<Event>,
}

impl Node {
    /// The block of a height.
    pub fn block(&self, height: u64) -> Result<Block, NodeError> {
        let call = async |client: &HttpClient| client.block(height_of(height)).await;
        self.ask_at(height, "block", call, |_, answer| {
            let block = answer.block;
            let commit = block.last_commit.as_ref();
            let signatures = commit.map_or(&[][..], |commit| commit.signatures.as_slice());
            let signer = |signature: &CommitSig| match signature {
                CommitSig::BlockIdFlagCommit {
                    validator_address, ..
                } => Some(validator_address.to_string()),
                CommitSig::BlockIdFlagAbsent | CommitSig::BlockIdFlagNil { .. } => None,
            };
            Ok(Block {
                height: block.header.height.value(),
                time: u64::try_from(block.header.time.unix_timestamp()).unwrap_or(0),
                signers: signatures.iter().filter_map(signer).collect(),
                asked: signatures.len(),
                txs: block.data,
            })
        })
    }

    /// What came of a block.
    pub fn block_results(&self, height: u64) -> Result<BlockResults, NodeError> {
        let call = async |client: &HttpClient| client.block_results(height_of(height)).await;
        self.ask_at(height, "block_results", call, |_: &Endpoint, answer| {
            let txs = answer.txs_results.unwrap_or_default();
            let txs = txs.into_iter().map(|tx| TxOutcome {
                code: tx.code.value(),
                events: read_events(&tx.events),
                codespace: tx.codespace,
                log: tx.log,
                gas_wanted: tx.gas_wanted,
                gas_used: tx.gas_used,
            });
            let own = [answer.begin_block_events, answer.end_block_events]
                .into_iter()
                .flatten()
                .flatten();
            let own: Vec<_> = own.chain(answer.finalize_block_events).collect();
            Ok(BlockResults {
                txs: txs.collect(),
                events: read_events(&own),
            })
        })
    }

    /// Gas that all transactions of a block may use together; None when there is no bound.
    pub fn max_block_gas(&self) -> Result<Option<u64>, NodeError> {
        let call = async |client: &HttpClient| client.latest_consensus_params().await;
        let ask = || {
            self.ask("consensus_params", call, |_: &Endpoint, answer| {
                // -1 is none
                Ok(u64::try_from(answer.consensus_params.block.max_gas).ok())
            })
        };
        // those of a block that is being made are asked for a moment before they are there
        for _ in 0..3 {
            match ask() {
                Err(NodeError::Refused { reason, .. }) if reason.contains("could not find") => {
                    std::thread::sleep(std::time::Duration::from_millis(300));
                }
                answer => return answer,
            }
        }
        ask()
    }
}
