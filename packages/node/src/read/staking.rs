//! Validators, and who has delegated what to them.

use serde::Serialize;

use crate::error::NodeError;
use crate::node::Node;
use crate::page::gather;
use crate::proto::cosmos::staking::v1beta1::{
    QueryDelegationRequest, QueryDelegationResponse, QueryDelegatorDelegationsRequest,
    QueryDelegatorDelegationsResponse, QueryParamsRequest, QueryParamsResponse,
    QueryRedelegationsRequest, QueryRedelegationsResponse, QueryValidatorsRequest,
    QueryValidatorsResponse, Validator,
};
use crate::proto::prost::Message;
use crate::read::slashing::consensus_address;

/// x/staking's status of a validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidatorStatus {
    /// Outside of the set.
    Unbonded,
    /// On its way out.
    Unbonding,
    /// In the set.
    Bonded,
}

/// A validator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValidatorInfo {
    /// Operator address.
    pub address: String,
    /// As its operator wrote it: any text.
    pub moniker: String,
    /// As its operator wrote it.
    pub website: String,
    /// Its status.
    pub status: ValidatorStatus,
    /// Whether it was put out of the set.
    pub is_jailed: bool,
    /// All stake there, base units.
    #[serde(serialize_with = "as_text")]
    pub tokens: u128,
    /// All shares there x 10^18, decimal digits; may be above 2^128.
    pub delegator_shares_atomics: String,
    /// Rate x 10^18.
    #[serde(serialize_with = "as_text")]
    pub commission_atomics: u128,
    /// The most that the rate may ever be, x 10^18.
    #[serde(serialize_with = "as_text")]
    pub max_commission_atomics: u128,
    /// The most that it may change in a day, x 10^18.
    #[serde(serialize_with = "as_text")]
    pub max_commission_change_atomics: u128,
    /// Consensus address, hex as blocks have it; None when the key is of a kind that is not known here.
    pub consensus_address: Option<String>,
}

/// What an account has with a validator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delegation {
    /// Operator address.
    pub validator: String,
    /// What its shares are worth, base units, rounded down.
    #[serde(serialize_with = "as_text")]
    pub tokens: u128,
}

/// Stake that was moved, and is bound to its destination until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redelegation {
    /// Operator address.
    pub source: String,
    /// Operator address.
    pub destination: String,
    /// Base units.
    #[serde(serialize_with = "as_text")]
    pub tokens: u128,
    /// Seconds since 1970.
    pub completion_time: u64,
}

/// x/staking's parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StakingParams {
    /// Seconds that unbonding takes.
    pub unbonding_seconds: u64,
    /// Places in the set.
    pub max_validators: u32,
    /// Entries for each validator, or for each pair.
    pub max_entries: u32,
    /// What is staked.
    pub bond_denom: String,
}

impl Node {
    /// All validators, of any status.
    pub fn validators(&self) -> Result<Vec<ValidatorInfo>, NodeError> {
        let ask = |pagination| {
            let request = QueryValidatorsRequest {
                status: String::new(),
                pagination: Some(pagination),
            };
            let path = "/cosmos.staking.v1beta1.Query/Validators";
            let answer: QueryValidatorsResponse = self.query(path, &request, None)?;
            Ok((answer.validators, answer.pagination))
        };
        let all = gather(ask, |validator: &Validator| {
            validator.operator_address.clone()
        })?;
        all.iter()
            .map(|validator| self.read_validator(validator))
            .collect()
    }

    /// What an account has with all validators.
    pub fn delegations(&self, delegator: &str) -> Result<Vec<Delegation>, NodeError> {
        let ask = |pagination| {
            let request = QueryDelegatorDelegationsRequest {
                delegator_addr: delegator.to_string(),
                pagination: Some(pagination),
            };
            let path = "/cosmos.staking.v1beta1.Query/DelegatorDelegations";
            let answer: QueryDelegatorDelegationsResponse = self.query(path, &request, None)?;
            let rows = answer.delegation_responses.into_iter().map(|row| {
                let tokens = self.amount_of(path, row.balance.as_ref())?;
                let delegation = row.delegation;
                let delegation = delegation.ok_or_else(|| self.missing(path, "the delegation"))?;
                let validator = delegation.validator_address;
                Ok(Delegation { validator, tokens })
            });
            Ok((rows.collect::<Result<_, NodeError>>()?, answer.pagination))
        };
        gather(ask, |row: &Delegation| row.validator.clone())
    }

    /// What an account has with a validator; 0 when it has nothing there.
    pub fn delegation(&self, delegator: &str, validator: &str) -> Result<u128, NodeError> {
        let request = QueryDelegationRequest {
            delegator_addr: delegator.to_string(),
            validator_addr: validator.to_string(),
        };
        let path = "/cosmos.staking.v1beta1.Query/Delegation";
        match self.query::<_, QueryDelegationResponse>(path, &request, None) {
            Ok(answer) => {
                let balance = answer.delegation_response.and_then(|row| row.balance);
                self.amount_of(path, balance.as_ref())
            }
            Err(error) if error.is_not_found() => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Everything of an account that was moved and is bound still, an entry each.
    pub fn redelegations(&self, delegator: &str) -> Result<Vec<Redelegation>, NodeError> {
        let path = "/cosmos.staking.v1beta1.Query/Redelegations";
        let ask = |pagination| {
            let request = QueryRedelegationsRequest {
                delegator_addr: delegator.to_string(),
                src_validator_addr: String::new(),
                dst_validator_addr: String::new(),
                pagination: Some(pagination),
            };
            match self.query::<_, QueryRedelegationsResponse>(path, &request, None) {
                Ok(answer) => Ok((answer.redelegation_responses, answer.pagination)),
                Err(error) if error.is_not_found() => Ok((Vec::new(), None)),
                Err(error) => Err(error),
            }
        };
        let pair = |row: &crate::proto::cosmos::staking::v1beta1::RedelegationResponse| {
            let row = row.redelegation.clone().unwrap_or_default();
            (row.validator_src_address, row.validator_dst_address)
        };
        let mut entries = Vec::new();
        for row in gather(ask, pair)? {
            let (source, destination) = pair(&row);
            for entry in row.entries {
                let time = entry
                    .redelegation_entry
                    .and_then(|entry| entry.completion_time);
                entries.push(Redelegation {
                    source: source.clone(),
                    destination: destination.clone(),
                    tokens: (entry.balance.parse())
                        .map_err(|_| self.missing(path, "the balance of an entry"))?,
                    completion_time: time
                        .and_then(|time| u64::try_from(time.seconds).ok())
                        .ok_or_else(|| self.missing(path, "the time of an entry"))?,
                });
            }
        }
        Ok(entries)
    }

    /// x/staking's parameters.
    pub fn staking_params(&self) -> Result<StakingParams, NodeError> {
        let path = "/cosmos.staking.v1beta1.Query/Params";
        let answer: QueryParamsResponse = self.query(path, &QueryParamsRequest {}, None)?;
        let params = answer.params;
        let params = params.ok_or_else(|| self.missing(path, "params"))?;
        let seconds = params
            .unbonding_time
            .and_then(|time| u64::try_from(time.seconds).ok());
        Ok(StakingParams {
            unbonding_seconds: seconds
                .ok_or_else(|| self.missing(path, "params.unbonding_time"))?,
            max_validators: params.max_validators,
            max_entries: params.max_entries,
            bond_denom: params.bond_denom,
        })
    }

    fn read_validator(&self, validator: &Validator) -> Result<ValidatorInfo, NodeError> {
        let wrong = |what: &str, text: &str| NodeError::Undecodable {
            host: self.host().to_string(),
            method: format!("validator {}", validator.operator_address),
            reason: format!("{what} {text:?} is no amount below 2^128"),
        };
        let number = |what: &str, text: &str| text.parse::<u128>().map_err(|_| wrong(what, text));
        let description = validator.description.clone().unwrap_or_default();
        let rates = validator
            .commission
            .as_ref()
            .and_then(|commission| commission.commission_rates.clone());
        let rates = rates.unwrap_or_default();
        let key = validator.consensus_pubkey.as_ref().and_then(|any| {
            let is_ed25519 = any.type_url == "/cosmos.crypto.ed25519.PubKey";
            let key =
                crate::proto::cosmos::crypto::ed25519::PubKey::decode(any.value.as_slice()).ok()?;
            is_ed25519.then_some(key.key)
        });
        Ok(ValidatorInfo {
            address: validator.operator_address.clone(),
            moniker: description.moniker,
            website: description.website,
            status: match validator.status {
                3 => ValidatorStatus::Bonded,
                2 => ValidatorStatus::Unbonding,
                _ => ValidatorStatus::Unbonded,
            },
            is_jailed: validator.jailed,
            tokens: number("tokens", &validator.tokens)?,
            delegator_shares_atomics: validator.delegator_shares.clone(),
            commission_atomics: number("commission", &rates.rate)?,
            max_commission_atomics: number("most commission", &rates.max_rate)?,
            max_commission_change_atomics: number(
                "most change of commission",
                &rates.max_change_rate,
            )?,
            consensus_address: key.and_then(|key| consensus_address(&key)),
        })
    }
}

fn as_text<S: serde::Serializer>(amount: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&amount.to_string())
}
