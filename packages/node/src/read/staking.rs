//! Validators, and who has delegated what to them.

use serde::Serialize;

use crate::coin::Coin;
use crate::error::NodeError;
use crate::node::Node;
use crate::page::gather;
use crate::proto::cosmos::staking::v1beta1::{
    QueryDelegationRequest, QueryDelegationResponse, QueryDelegatorDelegationsRequest,
    QueryDelegatorDelegationsResponse, QueryDelegatorUnbondingDelegationsRequest,
    QueryDelegatorUnbondingDelegationsResponse, QueryParamsRequest, QueryParamsResponse,
    QueryRedelegationsRequest, QueryRedelegationsResponse, QueryValidatorRequest,
    QueryValidatorResponse, QueryValidatorsRequest, QueryValidatorsResponse, Validator,
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

/// Stake on its way back to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unbonding {
    /// Operator address.
    pub validator: String,
    /// Base units as they are now, slashes taken.
    #[serde(serialize_with = "as_text")]
    pub tokens: u128,
    /// Seconds since 1970.
    pub completion_time: u64,
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

    /// One validator; None when the chain does not know it.
    pub fn validator(&self, address: &str) -> Result<Option<ValidatorInfo>, NodeError> {
        let request = QueryValidatorRequest {
            validator_addr: address.to_string(),
        };
        let path = "/cosmos.staking.v1beta1.Query/Validator";
        match self.query::<_, QueryValidatorResponse>(path, &request, None) {
            Ok(answer) => answer
                .validator
                .map(|validator| self.read_validator(&validator))
                .transpose(),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
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
            let rows = answer.delegation_responses.into_iter().filter_map(|row| {
                let tokens = Coin::from_proto(row.balance.as_ref()?)?.amount;
                let validator = row.delegation?.validator_address;
                Some(Delegation { validator, tokens })
            });
            Ok((rows.collect(), answer.pagination))
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
                Ok(balance
                    .as_ref()
                    .and_then(Coin::from_proto)
                    .map_or(0, |coin| coin.amount))
            }
            Err(error) if error.is_not_found() => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Everything of an account that is unbonding, an entry each.
    pub fn unbondings(&self, delegator: &str) -> Result<Vec<Unbonding>, NodeError> {
        let ask = |pagination| {
            let request = QueryDelegatorUnbondingDelegationsRequest {
                delegator_addr: delegator.to_string(),
                pagination: Some(pagination),
            };
            let path = "/cosmos.staking.v1beta1.Query/DelegatorUnbondingDelegations";
            let answer: QueryDelegatorUnbondingDelegationsResponse =
                self.query(path, &request, None)?;
            Ok((answer.unbonding_responses, answer.pagination))
        };
        let all = gather(ask, |row| row.validator_address.clone())?;
        let entries = all.into_iter().flat_map(|row| {
            let validator = row.validator_address;
            row.entries.into_iter().map(move |entry| Unbonding {
                validator: validator.clone(),
                tokens: entry.balance.parse().unwrap_or(0),
                completion_time: entry
                    .completion_time
                    .and_then(|time| u64::try_from(time.seconds).ok())
                    .unwrap_or(0),
            })
        });
        Ok(entries.collect())
    }

    /// Everything of an account that was moved and is bound still, an entry each.
    pub fn redelegations(&self, delegator: &str) -> Result<Vec<Redelegation>, NodeError> {
        let ask = |pagination| {
            let request = QueryRedelegationsRequest {
                delegator_addr: delegator.to_string(),
                src_validator_addr: String::new(),
                dst_validator_addr: String::new(),
                pagination: Some(pagination),
            };
            let path = "/cosmos.staking.v1beta1.Query/Redelegations";
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
        let all = gather(ask, pair)?;
        let entries = all.into_iter().flat_map(|row| {
            let (source, destination) = pair(&row);
            row.entries.into_iter().map(move |entry| Redelegation {
                source: source.clone(),
                destination: destination.clone(),
                tokens: entry.balance.parse().unwrap_or(0),
                completion_time: entry
                    .redelegation_entry
                    .and_then(|entry| entry.completion_time)
                    .and_then(|time| u64::try_from(time.seconds).ok())
                    .unwrap_or(0),
            })
        });
        Ok(entries.collect())
    }

    /// x/staking's parameters.
    pub fn staking_params(&self) -> Result<StakingParams, NodeError> {
        let path = "/cosmos.staking.v1beta1.Query/Params";
        let answer: QueryParamsResponse = self.query(path, &QueryParamsRequest {}, None)?;
        let params = answer.params.unwrap_or_default();
        let seconds = params.unbonding_time.map_or(0, |time| time.seconds);
        Ok(StakingParams {
            unbonding_seconds: u64::try_from(seconds).unwrap_or(0),
            max_validators: params.max_validators,
            max_entries: params.max_entries,
            bond_denom: params.bond_denom,
        })
    }

    fn read_validator(&self, validator: &Validator) -> Result<ValidatorInfo, NodeError> {
        let wrong = |what: &str, text: &str| NodeError::Undecodable {
            host: self.url().to_string(),
            method: format!("validator {}", validator.operator_address),
            reason: format!("{what} {text:?} is no amount below 2^128"),
        };
        let description = validator.description.clone().unwrap_or_default();
        let rates = validator
            .commission
            .as_ref()
            .and_then(|commission| commission.commission_rates.clone());
        let rates = rates.unwrap_or_default();
        let atomics = |text: &str| text.parse::<u128>().unwrap_or(0);
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
            tokens: validator
                .tokens
                .parse()
                .map_err(|_| wrong("tokens", &validator.tokens))?,
            delegator_shares_atomics: validator.delegator_shares.clone(),
            commission_atomics: atomics(&rates.rate),
            max_commission_atomics: atomics(&rates.max_rate),
            max_commission_change_atomics: atomics(&rates.max_change_rate),
            consensus_address: key.and_then(|key| consensus_address(&key)),
        })
    }
}

fn as_text<S: serde::Serializer>(amount: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&amount.to_string())
}
