//! What is told to a running node.

use std::time::{Duration, Instant};

use defenders_node::http::call_json_rpc;
use serde_json::{Value, json};

use super::args::{AdvanceArgs, HomeArgs, NameArgs, NamesArgs, ResetArgs};
use super::error::DevnetError;
use super::home::Home;
use super::page;
use crate::output::{print, to_json};

/// Long jumps make many blocks of one.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks a method of the node's own.
pub fn ask(home: &Home, method: &str, params: &Value) -> Result<Value, DevnetError> {
    let running = home.ensure_running()?;
    Ok(call_json_rpc(&running.rpc, method, params, PATIENCE)?)
}

/// Ends the node.
pub fn stop(args: &HomeArgs) -> Result<(), DevnetError> {
    let home = Home::at(&args.home)?;
    end(&home)?;
    tell(
        args,
        &json!({ "stopped": true }),
        "Stopped; what it has stays on disk.\n",
    )
}

fn end(home: &Home) -> Result<(), DevnetError> {
    ask(home, "devnet_stop", &json!({}))?;
    let began = Instant::now();
    while home.running().is_some() {
        if began.elapsed() > PATIENCE {
            return Err(DevnetError::Failed {
                what: "stopping the node".to_string(),
                reason: format!("it runs still after {} seconds", PATIENCE.as_secs()),
            });
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    page::wait_for_end(home);
    Ok(())
}

/// Ends the node, and removes all it has.
pub fn reset(args: &ResetArgs) -> Result<(), DevnetError> {
    let home = Home::at(&args.at.home)?;
    if !args.yes {
        return Err(DevnetError::Impossible(format!(
            "this removes the chain in {} with everything on it: give --yes",
            home.folder.display()
        )));
    }
    if !home.is_one() {
        return Err(DevnetError::Impossible(format!(
            "{} is no folder of a development chain: nothing was removed",
            home.folder.display()
        )));
    }
    if home.running().is_some() {
        end(&home)?;
    }
    home.remove()?;
    tell(&args.at, &json!({ "removed": true }), "Removed.\n")
}

/// Lets time pass.
pub fn advance(args: &AdvanceArgs) -> Result<(), DevnetError> {
    let seconds = parse_time(&args.time)?;
    let home = Home::at(&args.at.home)?;
    let answer = ask(
        &home,
        "devnet_advance",
        &json!({ "seconds": seconds.to_string() }),
    )?;
    tell(&args.at, &answer, &format!("{} have passed.\n", args.time))
}

/// Lets validators miss blocks.
pub fn absent(args: &NamesArgs) -> Result<(), DevnetError> {
    let home = Home::at(&args.at.home)?;
    let answer = ask(
        &home,
        "devnet_absent",
        &json!({ "names": args.names.join(",") }),
    )?;
    let words = match args.names.is_empty() {
        true => "All sign again.\n".to_string(),
        false => format!("No votes from now on: {}.\n", args.names.join(", ")),
    };
    tell(&args.at, &answer, &words)
}

/// Puts a validator out of the set.
pub fn jail(args: &NameArgs) -> Result<(), DevnetError> {
    let home = Home::at(&args.at.home)?;
    let answer = ask(&home, "devnet_jail", &json!({ "name": args.name }))?;
    tell(&args.at, &answer, &format!("{} is jailed.\n", args.name))
}

/// Lets a validator sign two blocks.
pub fn double_sign(args: &NameArgs) -> Result<(), DevnetError> {
    let home = Home::at(&args.at.home)?;
    let answer = ask(&home, "devnet_double_sign", &json!({ "name": args.name }))?;
    tell(
        &args.at,
        &answer,
        &format!("{} is slashed, and out for ever.\n", args.name),
    )
}

fn tell(args: &HomeArgs, answer: &Value, words: &str) -> Result<(), DevnetError> {
    let text = match args.view.json {
        true => to_json(answer)?,
        false => args.view.screen().wrap(words.trim_end()) + "\n",
    };
    Ok(print(&text)?)
}

/// Ten years.
const MOST_SECONDS: u64 = 3_650 * 86_400;

/// `21d`, `6h`, `30m`, `90s`, or several after each other, as `1d12h`. Seconds.
pub fn parse_time(text: &str) -> Result<u64, DevnetError> {
    let wrong = || {
        DevnetError::Impossible(format!(
            "{text:?} is no time: give it as 21d, 6h, 30m, 90s or 1d12h"
        ))
    };
    let mut rest = text;
    let mut seconds: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest
            .get(..digits)
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(wrong)?;
        let unit = match rest.as_bytes().get(digits) {
            Some(b'd') => 86_400,
            Some(b'h') => 3_600,
            Some(b'm') => 60,
            Some(b's') => 1,
            _ => return Err(wrong()),
        };
        seconds = number
            .checked_mul(unit)
            .and_then(|more| seconds.checked_add(more))
            .ok_or_else(wrong)?;
        rest = rest.get(digits + 1..).unwrap_or_default();
    }
    match seconds {
        0 => Err(wrong()),
        seconds if seconds > MOST_SECONDS => Err(DevnetError::Impossible(format!(
            "{text} are more than the {} days that a chain's clock can be put forward at once",
            MOST_SECONDS / 86_400
        ))),
        seconds => Ok(seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_units() {
        for (text, seconds) in [
            ("21d", 1_814_400),
            ("6h", 21_600),
            ("90s", 90),
            ("1d12h30m5s", 131_405),
        ] {
            assert_eq!(parse_time(text).ok(), Some(seconds), "{text}");
        }
        for text in [
            "",
            "0s",
            "21",
            "d",
            "-1d",
            "1.5d",
            "1w",
            "99999999999999999999d",
            "21 d",
        ] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }
}
