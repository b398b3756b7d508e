//! Contracts and their code.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::NodeError;
use crate::node::Node;
use crate::page::gather;
use crate::proto::cosmwasm::wasm::v1::{
    AccessConfig, AccessType, ContractCodeHistoryEntry, Model, QueryAllContractStateRequest,
    QueryAllContractStateResponse, QueryCodeRequest, QueryCodeResponse,
    QueryContractHistoryRequest, QueryContractHistoryResponse, QueryContractInfoRequest,
    QueryContractInfoResponse, QueryRawContractStateRequest, QueryRawContractStateResponse,
    QuerySmartContractStateRequest, QuerySmartContractStateResponse,
};

/// What the chain says of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractInfo {
    /// Its code.
    pub code_id: u64,
    /// Who made it.
    pub creator: String,
    /// Who may replace its code; None when nobody may.
    pub admin: Option<String>,
    /// Its label.
    pub label: String,
}

/// What the chain says of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeInfo {
    /// Its number.
    pub code_id: u64,
    /// Who stored it.
    pub creator: String,
    /// SHA-256 of the wasm, lower case hex.
    pub checksum: String,
    /// Who may make contracts of it; None when everybody may, empty when nobody may.
    pub instantiators: Option<Vec<String>>,
}

/// `QueryCodeInfoRequest` of wasmd 0.53 and later, which the published messages lack.
#[derive(Clone, PartialEq, prost::Message)]
struct CodeInfoAnswer {
    #[prost(uint64, tag = "1")]
    code_id: u64,
    #[prost(string, tag = "2")]
    creator: String,
    #[prost(bytes = "vec", tag = "3")]
    checksum: Vec<u8>,
    #[prost(message, optional, tag = "4")]
    instantiate_permission: Option<AccessConfig>,
}

/// A key of a contract's store, and its value.
pub type StateEntry = (Vec<u8>, Vec<u8>);

impl Node {
    /// Everything that a contract has stored, keys and values as they lie; many pages where it has stored much.
    pub fn contract_state(&self, contract: &str) -> Result<Vec<StateEntry>, NodeError> {
        let ask = |pagination| {
            let request = QueryAllContractStateRequest {
                address: contract.to_string(),
                pagination: Some(pagination),
            };
            let path = "/cosmwasm.wasm.v1.Query/AllContractState";
            let answer: QueryAllContractStateResponse = self.query(path, &request, None)?;
            Ok((answer.models, answer.pagination))
        };
        let models = gather(ask, |model: &Model| model.key.clone())?;
        Ok(models
            .into_iter()
            .map(|model| (model.key, model.value))
            .collect())
    }

    /// A contract's answer, as it comes; at a height or at the latest.
    pub fn smart_bytes(
        &self,
        contract: &str,
        question: &impl Serialize,
        height: Option<u64>,
    ) -> Result<Vec<u8>, NodeError> {
        let request = QuerySmartContractStateRequest {
            address: contract.to_string(),
            query_data: serde_json::to_vec(question)
                .map_err(|error| self.unreadable("question", &error))?,
        };
        let path = "/cosmwasm.wasm.v1.Query/SmartContractState";
        let answer: QuerySmartContractStateResponse = self.query(path, &request, height)?;
        Ok(answer.data)
    }

    /// A contract's answer.
    pub fn smart<T: DeserializeOwned>(
        &self,
        contract: &str,
        question: &impl Serialize,
    ) -> Result<T, NodeError> {
        self.smart_at(contract, question, None)
    }

    /// A contract's answer at a height, or at the latest.
    pub fn smart_at<T: DeserializeOwned>(
        &self,
        contract: &str,
        question: &impl Serialize,
        height: Option<u64>,
    ) -> Result<T, NodeError> {
        let bytes = self.smart_bytes(contract, question, height)?;
        serde_json::from_slice(&bytes).map_err(|error| self.unreadable(contract, &error))
    }

    /// A contract's stored value; None when the key is not there.
    pub fn raw_state(&self, contract: &str, key: &[u8]) -> Result<Option<Vec<u8>>, NodeError> {
        let request = QueryRawContractStateRequest {
            address: contract.to_string(),
            query_data: key.to_vec(),
        };
        let path = "/cosmwasm.wasm.v1.Query/RawContractState";
        let answer: QueryRawContractStateResponse = self.query(path, &request, None)?;
        Ok((!answer.data.is_empty()).then_some(answer.data))
    }

    /// What the chain says of a contract; None when there is none at this address.
    pub fn contract_info(&self, contract: &str) -> Result<Option<ContractInfo>, NodeError> {
        let request = QueryContractInfoRequest {
            address: contract.to_string(),
        };
        let path = "/cosmwasm.wasm.v1.Query/ContractInfo";
        let answer: QueryContractInfoResponse = match self.query(path, &request, None) {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(answer.contract_info.map(|info| ContractInfo {
            code_id: info.code_id,
            creator: info.creator,
            admin: (!info.admin.is_empty()).then_some(info.admin),
            label: info.label,
        }))
    }

    /// The numbers of all codes that a contract has ever run, in ascending order. Each may have written its state.
    pub fn contract_codes(&self, contract: &str) -> Result<Vec<u64>, NodeError> {
        let ask = |pagination| {
            let request = QueryContractHistoryRequest {
                address: contract.to_string(),
                pagination: Some(pagination),
            };
            let path = "/cosmwasm.wasm.v1.Query/ContractHistory";
            let answer: QueryContractHistoryResponse = self.query(path, &request, None)?;
            Ok((answer.entries, answer.pagination))
        };
        let entries = gather(ask, |entry: &ContractCodeHistoryEntry| entry.code_id)?;
        let mut codes: Vec<u64> = entries.iter().map(|entry| entry.code_id).collect();
        codes.sort_unstable();
        Ok(codes)
    }

    /// What the chain says of a code; None when there is none of this number.
    pub fn code_info(&self, code_id: u64) -> Result<Option<CodeInfo>, NodeError> {
        let request = QueryCodeRequest { code_id };
        let short: Result<CodeInfoAnswer, NodeError> =
            self.query("/cosmwasm.wasm.v1.Query/CodeInfo", &request, None);
        match short {
            Ok(answer) if answer.code_id == 0 => Ok(None),
            Ok(answer) => Ok(Some(CodeInfo {
                code_id,
                creator: answer.creator,
                checksum: hex(&answer.checksum),
                instantiators: read_access(answer.instantiate_permission),
            })),
            Err(error) if error.is_of_node() => Err(error),
            // an older wasmd, which sends the whole wasm along
            Err(_) => self.code_info_with_wasm(&request),
        }
    }

    fn code_info_with_wasm(
        &self,
        request: &QueryCodeRequest,
    ) -> Result<Option<CodeInfo>, NodeError> {
        let path = "/cosmwasm.wasm.v1.Query/Code";
        let answer: QueryCodeResponse = match self.query(path, request, None) {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(answer.code_info.map(|info| CodeInfo {
            code_id: info.code_id,
            creator: info.creator,
            checksum: hex(&info.data_hash),
            instantiators: read_access(info.instantiate_permission),
        }))
    }

    fn unreadable(&self, what: &str, error: &serde_json::Error) -> NodeError {
        NodeError::Undecodable {
            host: self.host().to_string(),
            method: what.to_string(),
            reason: error.to_string(),
        }
    }
}

fn read_access(access: Option<AccessConfig>) -> Option<Vec<String>> {
    let access = access?;
    match AccessType::try_from(access.permission) {
        Ok(AccessType::Everybody | AccessType::Unspecified) => None,
        Ok(AccessType::Nobody) => Some(Vec::new()),
        Ok(AccessType::AnyOfAddresses) | Err(_) => Some(access.addresses),
    }
}

/// Lower case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
