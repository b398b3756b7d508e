//! Protobuf and proto-JSON: message responses, `CosmosMsg::Any`, raw queries.

mod grpc;
mod messages;
mod module;
mod proto_json;
mod raw_query;
pub(crate) mod responses;
mod types;

pub use module::SimStargate;
