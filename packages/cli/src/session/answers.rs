//! Answers of a vault that come in pages.

use defenders_node::NodeError;
use defenders_types::{
    BatchInfo, BatchesResponse, PositionResponse, QueryMsg, RateHistoryResponse, RateSample,
    ValidatorInfo, ValidatorsResponse,
};

use super::Vault;

/// The most that it answers at once.
const PAGE: u32 = 30;

impl Vault<'_> {
    /// All validators that it knows, in ascending operator address.
    pub fn validators(&self) -> Result<Vec<ValidatorInfo>, NodeError> {
        follow(
            |last: Option<&ValidatorInfo>| {
                let answer: ValidatorsResponse = self.ask(&QueryMsg::Validators {
                    start_after: last.map(|last| last.validator.clone()),
                    limit: Some(PAGE),
                })?;
                Ok(answer.validators)
            },
            |last, next| last.validator < next.validator,
        )
    }

    /// All batches, oldest first.
    pub fn batches(&self) -> Result<Vec<BatchInfo>, NodeError> {
        follow(
            |last: Option<&BatchInfo>| {
                let answer: BatchesResponse = self.ask(&QueryMsg::Batches {
                    start_after: last.map(|last| last.batch_id),
                    limit: Some(PAGE),
                })?;
                Ok(answer.batches)
            },
            |last, next| last.batch_id < next.batch_id,
        )
    }

    /// The rates after a time (seconds), oldest first.
    pub fn rates_after(&self, time: u64) -> Result<Vec<RateSample>, NodeError> {
        follow(
            |last: Option<&RateSample>| {
                let answer: RateHistoryResponse = self.ask(&QueryMsg::RateHistory {
                    start_after: Some(last.map_or(time, |last| last.time)),
                    limit: Some(PAGE),
                })?;
                Ok(answer.samples)
            },
            |last, next| last.time < next.time,
        )
    }

    /// What an account has: its shares, and all withdrawals of which it is the recipient.
    pub fn position(&self, owner: &str) -> Result<PositionResponse, NodeError> {
        let ask = |start_after| {
            self.ask::<PositionResponse>(&QueryMsg::Position {
                owner: owner.to_string(),
                start_after,
                limit: Some(PAGE),
            })
        };
        let mut position = ask(None)?;
        let first = std::mem::take(&mut position.withdrawals);
        position.withdrawals = follow(
            |last| match last {
                None => Ok(first.clone()),
                Some(last) => Ok(ask(Some(last.batch_id))?.withdrawals),
            },
            |last, next| last.batch_id < next.batch_id,
        )?;
        Ok(position)
    }
}

/// Pages to the last one. What does not come after what is there already is dropped: it came twice. A page that is full
/// and brings nothing new is an error: a node that does not go on would be asked for ever, or the rest be left out.
fn follow<T>(
    ask: impl Fn(Option<&T>) -> Result<Vec<T>, NodeError>,
    is_after: impl Fn(&T, &T) -> bool,
) -> Result<Vec<T>, NodeError> {
    let mut all: Vec<T> = Vec::new();
    loop {
        let page = ask(all.last())?;
        let is_last = page.len() < PAGE as usize;
        let before = all.len();
        for row in page {
            if all.last().is_none_or(|last| is_after(last, &row)) {
                all.push(row);
            }
        }
        if is_last {
            return Ok(all);
        }
        if all.len() == before {
            return Err(NodeError::Undecodable {
                host: "the node".to_string(),
                method: "a list of the vault".to_string(),
                reason: format!(
                    "the page after row {before} has none that comes after it; name another node"
                ),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lesson_7_pages_are_followed_to_the_end_and_doubles_dropped() {
        let rows: Vec<u32> = (0..75).collect();
        // a page that begins with the last row of the one before
        let ask = |last: Option<&u32>| {
            let from = last.map_or(0, |last| *last) as usize;
            let page = rows.iter().skip(from).take(PAGE as usize);
            Ok(page.copied().collect())
        };
        assert_eq!(follow(ask, |last, next| last < next).unwrap(), rows);
    }

    #[test]
    fn lesson_7_a_node_that_answers_the_same_page_again_is_an_error() {
        let page: Vec<u32> = (0..PAGE).collect();
        let all = follow(|_| Ok(page.clone()), |last, next| last < next);
        let error = all.unwrap_err().to_string();
        assert!(error.contains("the page after row 30"), "{error}");
    }
}
