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
        let path = "/cosmos.slashing.v1beta1.Query/SigningInfos";
        let read = infos.into_iter().map(|info| {
            let missed = u64::try_from(info.missed_blocks_counter);
            let until = info.jailed_until;
            let until = until.ok_or_else(|| self.missing(path, "jailed_until"))?;
            Ok(SigningInfo {
                address: info.address,
                missed_blocks: missed.map_err(|_| self.missing(path, "missed_blocks_counter"))?,
                // Go's own zero is long before 1970
                jailed_until: u64::try_from(until.seconds).unwrap_or(0),
                is_tombstoned: info.tombstoned,
            })
        });
        read.collect()
    }

    /// How many blocks may be missed.
    pub fn slashing_params(&self) -> Result<SlashingParams, NodeError> {
        let path = "/cosmos.slashing.v1beta1.Query/Params";
        let answer: QueryParamsResponse = self.query(path, &QueryParamsRequest {}, None)?;
        let params = answer.params;
        let params = params.ok_or_else(|| self.missing(path, "params"))?;
        let window = u64::try_from(params.signed_blocks_window)
            .map_err(|_| self.missing(path, "params.signed_blocks_window"))?;
        // a decimal of 18 places without its point
        let text = String::from_utf8_lossy(&params.min_signed_per_window).into_owned();
        let part: u128 = text
            .parse()
            .map_err(|_| self.missing(path, "params.min_signed_per_window"))?;
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
