//! Missed blocks and what they lead to.

use cosmrs::tendermint::PublicKey;
use serde::Serialize;

use crate::error::NodeError;
use crate::node::Node;
use crate::page::gather;
use crate::proto::cosmos::slashing::v1beta1::{
    QueryParamsRequest, QueryParamsResponse, QuerySigningInfosRequest, QuerySigningInfosResponse,
};

/// Whether a validator's votes come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SigningInfo {
    /// Consensus address, `...valcons1...`.
    pub address: String,
    /// Blocks missed within the window.
    pub missed_blocks: u64,
    /// Until when it may not come back, seconds since 1970; 0 when it may.
    pub jailed_until: u64,
    /// It may never come back.
    pub is_tombstoned: bool,
}

impl SigningInfo {
    /// The consensus address in hex, as blocks have it; None when it is no address.
    pub fn consensus_hex(&self) -> Option<String> {
        let (_, bytes) = bech32::decode(&self.address).ok()?;
        Some(crate::read::hex(&bytes).to_uppercase())
    }
}

/// How many blocks may be missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SlashingParams {
    /// Blocks looked at.
    pub window: u64,
    /// Blocks of these that have to be signed.
    pub min_signed: u64,
}

impl Node {
    /// The signing records of all validators that ever were bonded.
    pub fn signing_infos(&self) -> Result<Vec<SigningInfo>, NodeError> {
        let ask = |pagination| {
            let request = QuerySigningInfosRequest {
                pagination: Some(pagination),
            };
            let path = "/cosmos.slashing.v1beta1.Query/SigningInfos";
            let answer: QuerySigningInfosResponse = self.query(path, &request, None)?;
            Ok((answer.info, answer.pagination))
        };
        let infos = gather(ask, |info| info.address.clone())?;
        let read = infos.into_iter().map(|info| SigningInfo {
            address: info.address,
            missed_blocks: u64::try_from(info.missed_blocks_counter).unwrap_or(0),
            jailed_until: info
                .jailed_until
                .and_then(|time| u64::try_from(time.seconds).ok())
                .unwrap_or(0),
            is_tombstoned: info.tombstoned,
        });
        Ok(read.collect())
    }

    /// How many blocks may be missed.
    pub fn slashing_params(&self) -> Result<SlashingParams, NodeError> {
        let path = "/cosmos.slashing.v1beta1.Query/Params";
        let answer: QueryParamsResponse = self.query(path, &QueryParamsRequest {}, None)?;
        let params = answer.params.unwrap_or_default();
        let window = u64::try_from(params.signed_blocks_window).unwrap_or(0);
        // a decimal of 18 places without its point
        let text = String::from_utf8_lossy(&params.min_signed_per_window).into_owned();
        let part: u128 = text.parse().unwrap_or(0);
        let min_signed = u128::from(window)
            .saturating_mul(part)
            .div_ceil(10u128.pow(18));
        let min_signed = u64::try_from(min_signed).unwrap_or(window);
        Ok(SlashingParams { window, min_signed })
    }
}

/// The consensus address of a validator's key, hex as blocks have it; None for keys other than ed25519.
pub(crate) fn consensus_address(key: &[u8]) -> Option<String> {
    let key = PublicKey::from_raw_ed25519(key)?;
    Some(cosmrs::tendermint::account::Id::from(key).to_string())
}
