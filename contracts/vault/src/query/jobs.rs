//! Whether each job is due, why, and when next.

use defenders_allocation::Gather;
use defenders_types::{Job, JobsResponse};

use crate::call::View;
use crate::error::ContractError;
use crate::jobs::query_state;

pub fn jobs(view: &View) -> Result<JobsResponse, Box<ContractError>> {
    let jobs = Job::ALL
        .into_iter()
        .map(|job| query_state(view, job))
        .gather_ok()?;
    Ok(JobsResponse { jobs })
}
