//! How things ended, and what follows.

use defenders_node::NodeError;
use defenders_node::send::SendError;

use crate::session::SessionError;

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Something was carried out: there may be more.
    Worked,
    /// Nothing is due that may be tried now.
    Idle,
    /// A job failed; another may do better.
    Failed,
    /// Something is due, and nothing can be done about it now.
    Held,
}

/// What an error of sending means for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The job itself fails: it is left alone for a while.
    OfJob,
    /// Nothing is wrong with the job: the round breaks off, and all is looked at anew after a while.
    OfMoment,
    /// Going on changes nothing.
    Fatal,
}

/// What an error of sending means for a job.
pub fn meaning_of(error: &SendError) -> Meaning {
    match error {
        SendError::WouldFail { .. } | SendError::Failed { .. } | SendError::OutOfGas { .. } => {
            Meaning::OfJob
        }
        SendError::Node(error) => match error.is_of_user() {
            true => Meaning::Fatal,
            false => Meaning::OfMoment,
        },
        SendError::TooDear { .. }
        | SendError::RefusedAtDoor { .. }
        | SendError::Waiting { .. }
        | SendError::Expired { .. }
        | SendError::Displaced { .. } => Meaning::OfMoment,
        SendError::CannotPay { .. }
        | SendError::CannotPayBoth { .. }
        | SendError::NoPrice
        | SendError::FeeOverflow { .. }
        | SendError::WrongSigner { .. }
        | SendError::Key { .. }
        | SendError::Undecided { .. }
        | SendError::Journal(_) => Meaning::Fatal,
    }
}

/// Whether going on changes nothing.
pub fn is_fatal(error: &SessionError) -> bool {
    match error {
        SessionError::Node(error) => error.is_of_user(),
        SessionError::Send(error) => meaning_of(error) == Meaning::Fatal,
        _ => true,
    }
}

/// Whether there is nothing to pay fees with.
pub fn is_about_balance(error: &SessionError) -> bool {
    matches!(
        error,
        SessionError::Send(
            SendError::CannotPay { .. } | SendError::Node(NodeError::NoAccount { .. })
        ) | SessionError::Node(NodeError::NoAccount { .. })
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lesson_19_too_little_for_fees_ends_the_loop() {
        let error = SendError::CannotPay {
            address: "a".to_string(),
            balance: 1,
            fee: 2,
            denom: "uatom".to_string(),
        };
        assert_eq!(meaning_of(&error), Meaning::Fatal);
        let error = SessionError::from(error);
        assert!(is_fatal(&error) && error.is_of_user() && is_about_balance(&error));
    }

    #[test]
    fn a_node_that_is_gone_does_not_end_it() {
        let gone = NodeError::Unreachable {
            host: "h".to_string(),
            reason: "r".to_string(),
        };
        assert_eq!(
            meaning_of(&SendError::Node(gone.clone())),
            Meaning::OfMoment
        );
        assert!(!is_fatal(&SessionError::from(gone)));
        let unknown = NodeError::NoAccount {
            address: "a".to_string(),
            chain_id: "c".to_string(),
        };
        assert!(is_fatal(&SessionError::from(unknown)));
    }

    #[test]
    fn a_trial_run_that_fails_is_the_jobs_fault() {
        let reason = "no".to_string();
        let error = SendError::WouldFail { reason };
        assert_eq!(meaning_of(&error), Meaning::OfJob);
    }
}
