//! Protobuf and proto-JSON: message responses, `CosmosMsg::Any`, raw queries.

mod grpc;
mod messages;
mod module;
mod proto_json;
mod raw_query;
mod refusing;
pub(crate) mod responses;
mod types;

pub use module::SimStargate;
pub use refusing::StargateRefusing;
