//! x/slashing and x/evidence: missed signatures, double signs, jail.

mod downtime;
mod evidence;
mod jail;

pub(crate) use downtime::{handle_votes, load_signing, record_bonded};
pub(crate) use evidence::{compute_jailed_until_seconds, handle_evidence};
pub(crate) use jail::{jail, unjail};
