//! Raw query paths: which there are, who may use them, what they ask.

use anybuf::Bufany;
use cosmwasm_std::{Api, Empty, Querier, QuerierWrapper, Storage, Uint128};

use crate::address::normalize;
use crate::env::ModuleAccounts;
use crate::error::{ChainError, Outcome};
use crate::faults::{is_path_refused, is_subject_refused};
use crate::params::{Params, QueryProfile};
use crate::slashing::load_signing;
use crate::staking::load_validator;
use crate::store::{
    BY_CONSENSUS_ADDRESS, PROFILE, Signing, VALIDATORS, ValidatorState, load_params,
};

const VALIDATOR: &str = "/cosmos.staking.v1beta1.Query/Validator";
const PARAMS: &str = "/cosmos.staking.v1beta1.Query/Params";
const POOL: &str = "/cosmos.staking.v1beta1.Query/Pool";
const SIGNING_INFO: &str = "/cosmos.slashing.v1beta1.Query/SigningInfo";

/// How the query came in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    /// `QueryRequest::Grpc`, answered in protobuf.
    Grpc,
    /// `QueryRequest::Stargate`, answered in proto-JSON.
    Stargate,
}

/// What a path answers, before encoding.
pub(super) enum Answer {
    Validator(ValidatorState),
    Params(Params),
    Pool {
        not_bonded: Uint128,
        bonded: Uint128,
    },
    SigningInfo {
        address: String,
        signing: Signing,
        validator: ValidatorState,
    },
}

/// Whether this crate answers the path, where the profile has it. All others are another handler's.
pub(super) fn is_known(path: &str) -> bool {
    [VALIDATOR, PARAMS, POOL, SIGNING_INFO].contains(&path)
}

/// A path that is not on the chain's accept list.
pub(super) fn not_allowed(path: &str) -> ChainError {
    ChainError::unregistered(format!("'{path}' path is not allowed from the contract"))
}

/// An error when the tester switched the path off.
pub(super) fn ensure_path_accepted(storage: &dyn Storage, path: &str) -> Outcome<()> {
    match is_path_refused(storage, path)? {
        true => Err(not_allowed(path)),
        false => Ok(()),
    }
}

/// Answers the path if this chain lets contracts use it.
pub(super) fn query(
    api: &dyn Api,
    storage: &dyn Storage,
    querier: &dyn Querier,
    channel: Channel,
    path: &str,
    request: &[u8],
) -> Outcome<Answer> {
    let profile = PROFILE.may_load(storage)?.unwrap_or_default();
    if !is_allowed(profile, channel, path) {
        return Err(not_allowed(path));
    }
    let request = Bufany::deserialize(request).map_err(|_| ChainError::InvalidRequest {
        reason: "malformed query",
    })?;
    let address = request.string(1).unwrap_or_default();
    if is_subject_refused(storage, path, &address) {
        return Err(ChainError::unregistered(format!(
            "'{path}' does not answer about {address}"
        )));
    }
    match path {
        VALIDATOR => load_validator(storage, &normalize(&address)).map(Answer::Validator),
        PARAMS => load_params(storage).map(Answer::Params),
        POOL => {
            let denom = load_params(storage)?.bond_denom;
            let accounts = ModuleAccounts::new(api)?;
            let bank = QuerierWrapper::<Empty>::new(querier);
            Ok(Answer::Pool {
                not_bonded: bank.query_balance(accounts.not_bonded_pool, &denom)?.amount,
                bonded: bank.query_balance(accounts.bonded_pool, &denom)?.amount,
            })
        }
        _ => query_signing_info(storage, address),
    }
}

fn query_signing_info(storage: &dyn Storage, address: String) -> Outcome<Answer> {
    let missing =
        || ChainError::unregistered(format!("SigningInfo not found for validator {address}"));
    let operator = BY_CONSENSUS_ADDRESS
        .may_load(storage, &address)?
        .ok_or_else(missing)?;
    let signing = load_signing(storage, &operator)?.ok_or_else(missing)?;
    let validator = VALIDATORS
        .may_load(storage, &operator)?
        .ok_or_else(missing)?;
    Ok(Answer::SigningInfo {
        address,
        signing,
        validator,
    })
}

fn is_allowed(profile: QueryProfile, channel: Channel, path: &str) -> bool {
    match (profile, channel) {
        (QueryProfile::None, _)
        | (QueryProfile::Hub, Channel::Stargate)
        | (QueryProfile::Osmosis, Channel::Grpc) => false,
        (QueryProfile::Hub, Channel::Grpc) => path == VALIDATOR,
        (QueryProfile::Osmosis, Channel::Stargate) => {
            [VALIDATOR, PARAMS, SIGNING_INFO].contains(&path)
        }
        (QueryProfile::All, _) => is_known(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_follow_the_chains() {
        use Channel::{Grpc, Stargate};
        assert!(is_allowed(QueryProfile::Hub, Grpc, VALIDATOR));
        assert!(!is_allowed(QueryProfile::Hub, Grpc, PARAMS));
        assert!(!is_allowed(QueryProfile::Hub, Stargate, VALIDATOR));
        assert!(is_allowed(QueryProfile::Osmosis, Stargate, SIGNING_INFO));
        assert!(!is_allowed(QueryProfile::Osmosis, Stargate, POOL));
        assert!(!is_allowed(QueryProfile::Osmosis, Grpc, VALIDATOR));
        assert!(!is_allowed(QueryProfile::None, Grpc, VALIDATOR));
        assert!(is_allowed(QueryProfile::All, Stargate, POOL));
        assert!(!is_allowed(
            QueryProfile::All,
            Grpc,
            "/cosmos.bank.v1beta1.Query/Params"
        ));
    }
}
