//! What the program is called with.

use defenders_suite::DAY;

/// How it is called.
pub const USAGE: &str =
    "found-multisig --members alice,bob,carol --threshold 2 [--voting-days 3] [--json]";

/// Of a group.
pub const MOST_MEMBERS: usize = 30;

/// What it is called with.
pub struct Arguments {
    /// Names of the members.
    pub members: Vec<String>,
    /// So many of them must say yes.
    pub threshold: u64,
    /// Seconds.
    pub voting_period: u64,
    /// As JSON instead of tables.
    pub is_json: bool,
}

impl Arguments {
    /// Reads them, or says what is wrong.
    pub fn read(given: &[String]) -> Result<Self, String> {
        let (mut members, mut threshold, mut voting_days) = (vec![], None, 3);
        let mut is_json = false;
        let mut given = given.iter();
        while let Some(name) = given.next() {
            if name == "--json" {
                is_json = true;
                continue;
            }
            let value = given.next().ok_or(format!("{name} needs a value"))?;
            match name.as_str() {
                "--members" => members = value.split(',').map(str::to_owned).collect(),
                "--threshold" => threshold = Some(read_count(name, value)?),
                "--voting-days" => voting_days = read_count(name, value)?,
                other => return Err(format!("{other} is no argument")),
            }
        }
        ensure_names(&members)?;
        let threshold = threshold.ok_or("--threshold is missing")?;
        if threshold > members.len() as u64 {
            return Err(format!(
                "{threshold} of {} members can never agree",
                members.len()
            ));
        }
        Ok(Self {
            members,
            threshold,
            voting_period: voting_days * DAY,
            is_json,
        })
    }
}

fn read_count(name: &str, value: &str) -> Result<u64, String> {
    let count = value
        .parse()
        .ok()
        .filter(|count| (1..=1_000).contains(count));
    count.ok_or(format!("{name} is {value}, and not 1 to 1000"))
}

fn ensure_names(members: &[String]) -> Result<(), String> {
    let is_name = |name: &String| {
        let is_letter =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !name.is_empty() && name.bytes().all(is_letter)
    };
    if members.is_empty() || !members.iter().all(is_name) {
        return Err("--members are names of a-z, 0-9 and -, with commas between".to_owned());
    }
    // as many as the group tells at once
    if members.len() > MOST_MEMBERS {
        return Err(format!(
            "{} members are more than {MOST_MEMBERS}",
            members.len()
        ));
    }
    for (place, name) in members.iter().enumerate() {
        if members[..place].contains(name) {
            return Err(format!("{name} is a member twice"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Arguments, String> {
        let given: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        Arguments::read(&given)
    }

    #[test]
    fn arguments_that_cannot_be_are_refused() {
        let right = read("--members a,b --threshold 2 --voting-days 5 --json").unwrap();
        assert_eq!((right.threshold, right.voting_period), (2, 5 * DAY));
        assert!(right.is_json && right.members == ["a", "b"]);
        for (text, said) in [
            ("--threshold 1", "--members are names"),
            ("--members a,,b --threshold 1", "--members are names"),
            ("--members a,a --threshold 1", "a is a member twice"),
            ("--members a,b", "--threshold is missing"),
            (
                "--members a,b --threshold 3",
                "3 of 2 members can never agree",
            ),
            (
                "--members a,b --threshold 0",
                "--threshold is 0, and not 1 to 1000",
            ),
            ("--members a,b --threshold", "--threshold needs a value"),
            ("--weights 1,2", "--weights is no argument"),
        ] {
            let wrong = read(text).err().unwrap();
            assert!(wrong.starts_with(said), "{wrong}");
        }
    }
}
