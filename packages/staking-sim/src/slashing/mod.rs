//! x/slashing and x/evidence: missed signatures, double signs, jail.

mod downtime;
mod evidence;
mod jail;
mod signing;

pub(crate) use downtime::handle_votes;
pub(crate) use evidence::{compute_jailed_until_seconds, handle_evidence};
pub(crate) use jail::{jail, unjail};
pub(crate) use signing::{load_signing, record_bonded};
