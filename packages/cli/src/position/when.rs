//! When withdrawals pay, in words.

use defenders_client::words::tell_minute;
use defenders_types::WithdrawalInfo;

use super::report::name_state;

/// When something is paid, in a cell of a table.
pub fn tell_payment(is_paying: bool, at: Option<u64>) -> String {
    match (is_paying, at) {
        (true, _) => "now".to_string(),
        (false, Some(at)) => tell_minute(at),
        (false, None) => "not known".to_string(),
    }
}

/// Between two times.
pub fn tell_span(earliest: u64, latest: u64) -> String {
    match earliest == latest {
        true => format!("at {}", tell_minute(earliest)),
        false => format!(
            "between {} and {}",
            tell_minute(earliest),
            tell_minute(latest)
        ),
    }
}

/// The state of a withdrawal, and when it pays.
pub fn tell_when(row: &WithdrawalInfo) -> String {
    let state = name_state(row.state);
    match &row.pays_at {
        Some(at) => format!("{state}, it pays {}", tell_span(at.earliest, at.latest)),
        None => state.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_to_the_minute() {
        assert_eq!(tell_minute(1_700_000_000), "2023-11-14T22:13Z");
        assert_eq!(tell_span(0, 0), "at 1970-01-01T00:00Z");
        assert_eq!(
            tell_span(0, 3_600),
            "between 1970-01-01T00:00Z and 1970-01-01T01:00Z"
        );
    }
}
