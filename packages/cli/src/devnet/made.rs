//! How a chain was made and its node started: what a later start says must be the same, or is refused.

use std::fs;

use serde::{Deserialize, Serialize};

use super::args::{SharesKind, StartArgs};
use super::error::DevnetError;
use super::home::{Home, Running};
use super::spec::{self, DevnetValidator};
use crate::output::to_json;
use crate::validator_set::compact::ShippedSet;
use crate::validator_set::source;

/// The set unless another one is named.
const USUAL_SET: ShippedSet = ShippedSet::Osmosis;
/// Time between two blocks unless another one is named.
pub const USUAL_BLOCK_TIME: &str = "1s";

/// How it was made, and last started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The name of the set, or of its file.
    pub validators: String,
    /// Only so many of it.
    pub most: Option<u16>,
    /// What the vault's shares are; None while there is no vault.
    #[serde(default)]
    pub shares: Option<SharesKind>,
    /// Time between two blocks, of the last start.
    pub block_time: String,
    /// Blocks kept, of the last start.
    pub keep_blocks: Option<u64>,
}

impl Made {
    /// The notes; None where there are none.
    pub fn load(home: &Home) -> Option<Self> {
        let mut made: Self = serde_json::from_slice(&fs::read(home.start_notes()).ok()?).ok()?;
        // notes of a vault that say nothing of it are of the time before there was a choice
        if made.shares.is_none() && home.deployment().is_file() {
            made.shares = Some(SharesKind::Cw20);
        }
        Some(made)
    }

    /// Notes them.
    pub fn save(&self, home: &Home) -> Result<(), DevnetError> {
        home.write(&home.start_notes(), &to_json(self)?)
    }

    /// The same, with a vault: what its shares are was said before, or is said now.
    pub fn founded(self, args: &StartArgs) -> (Self, SharesKind) {
        let shares = self.shares.or(args.shares).unwrap_or_default();
        let made = Self {
            shares: Some(shares),
            ..self
        };
        (made, shares)
    }

    /// The same, started with these arguments.
    pub fn started(self, args: &StartArgs) -> Self {
        Self {
            block_time: block_time(args).to_string(),
            keep_blocks: args.keep_blocks,
            ..self
        }
    }
}

/// Time between two blocks.
pub fn block_time(args: &StartArgs) -> &str {
    args.block_time.as_deref().unwrap_or(USUAL_BLOCK_TIME)
}

/// The validators that a new chain begins with, and how it is made.
pub fn choose(args: &StartArgs) -> Result<(Vec<DevnetValidator>, Made), DevnetError> {
    let shipped = args.validators.unwrap_or(USUAL_SET);
    let set = source::load(args.validators_file.as_deref(), shipped)?;
    let made = Made {
        validators: set.name,
        most: args.most,
        shares: None,
        block_time: block_time(args).to_string(),
        keep_blocks: args.keep_blocks,
    };
    Ok((spec::choose(&set.validators, args.most), made))
}

/// Refuses arguments that say another chain than the one that is there.
pub fn ensure_made_so(args: &StartArgs, home: &Home) -> Result<(), DevnetError> {
    // notes of a start that was broken off before there was a chain bind nobody
    let Some(made) = Made::load(home).filter(|_| home.spec().is_file()) else {
        return Ok(());
    };
    let mut wrong = find_difference(args, &made);
    if let Some(file) = &args.validators_file {
        let set = source::load(Some(file), USUAL_SET)?;
        let chosen = spec::choose(&set.validators, args.most.or(made.most));
        if chosen != spec::read(home)? {
            wrong.get_or_insert(format!(
                "--validators-file {}, and it has the validators of {}",
                file.display(),
                made.validators
            ));
        }
    }
    match wrong {
        None => Ok(()),
        Some(wrong) => Err(DevnetError::Impossible(format!(
            "the chain in {} was made otherwise: given is {wrong}; leave it out, name another folder with --home, or remove the chain with `defenders devnet reset`",
            home.folder.display()
        ))),
    }
}

fn find_difference(args: &StartArgs, made: &Made) -> Option<String> {
    let tell = |most: Option<u16>| match most {
        Some(most) => format!("--most {most}"),
        None => "all of the set".to_string(),
    };
    match (args.most, args.validators, args.shares) {
        (Some(most), _, _) if Some(most) != made.most => Some(format!(
            "--most {most}, and it was made with {}",
            tell(made.most)
        )),
        (_, Some(set), _) if set.as_str() != made.validators => Some(format!(
            "--validators {}, and it was made with {}",
            set.as_str(),
            made.validators
        )),
        (_, _, Some(shares)) => made.shares.filter(|made| *made != shares).map(|made| {
            format!(
                "--shares {}, and it was made with --shares {}",
                shares.as_str(),
                made.as_str()
            )
        }),
        _ => None,
    }
}

/// Refuses arguments that hold from a start on, when the node runs with others.
pub fn ensure_running_so(
    args: &StartArgs,
    home: &Home,
    running: &Running,
) -> Result<(), DevnetError> {
    match find_other_run(args, Made::load(home).as_ref(), running) {
        None => Ok(()),
        Some(other) => Err(DevnetError::Impossible(format!(
            "the node runs already, and given is {other}: end it first, with `defenders devnet stop`"
        ))),
    }
}

fn find_other_run(args: &StartArgs, made: Option<&Made>, running: &Running) -> Option<String> {
    let listens = |url: &str| url.trim_start_matches("http://").to_string();
    let addresses = [
        ("--rpc", &args.rpc, listens(&running.rpc)),
        ("--grpc", &args.grpc, listens(&running.grpc)),
        ("--rest", &args.rest, listens(&running.rest)),
    ];
    for (flag, wanted, is) in addresses {
        // port 0 is any
        let wanted = wanted.as_ref().filter(|wanted| !wanted.ends_with(":0"));
        if let Some(wanted) = wanted.filter(|wanted| **wanted != is) {
            return Some(format!("{flag} {wanted}, where it has {is}"));
        }
    }
    let made = made?;
    match (&args.block_time, args.keep_blocks) {
        (Some(time), _) if *time != made.block_time => Some(format!(
            "--block-time {time}, where it has {}",
            made.block_time
        )),
        (_, Some(keep)) if Some(keep) != made.keep_blocks => Some(format!(
            "--keep-blocks {keep}, where it keeps {}",
            made.keep_blocks
                .map_or("all".to_string(), |keep| keep.to_string())
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        args: StartArgs,
    }

    fn args(given: &[&str]) -> StartArgs {
        let words = ["start"].iter().chain(given);
        Cli::parse_from(words).args
    }

    fn made() -> Made {
        Made {
            validators: "osmosis-2021-07".to_string(),
            most: Some(20),
            shares: Some(SharesKind::Cw20),
            block_time: "1s".to_string(),
            keep_blocks: None,
        }
    }

    #[test]
    fn what_is_not_said_and_what_is_the_same_is_no_difference() {
        for given in [
            &[][..],
            &["--most", "20"],
            &["--validators", "osmosis-2021-07"],
            &["--shares", "cw20"],
        ] {
            assert_eq!(find_difference(&args(given), &made()), None, "{given:?}");
        }
        for (given, words) in [
            (
                ["--most", "30"],
                "--most 30, and it was made with --most 20",
            ),
            (
                ["--validators", "cosmoshub-2022-10"],
                "--validators cosmoshub-2022-10, and it was made with osmosis-2021-07",
            ),
            (
                ["--shares", "coins"],
                "--shares coins, and it was made with --shares cw20",
            ),
        ] {
            let found = find_difference(&args(&given), &made());
            assert_eq!(found.as_deref(), Some(words));
        }
    }

    #[test]
    fn what_shares_are_is_said_with_the_vault_and_not_before() {
        let bare = Made {
            shares: None,
            ..made()
        };
        let coins = args(&["--shares", "coins"]);
        assert_eq!(find_difference(&coins, &bare), None);
        let (later, shares) = bare.clone().founded(&coins);
        assert_eq!(
            (later.shares, shares),
            (Some(SharesKind::Coins), SharesKind::Coins)
        );
        assert_eq!(later.founded(&args(&[])).1, SharesKind::Coins);
        assert_eq!(bare.founded(&args(&[])).1, SharesKind::Cw20);
    }

    #[test]
    fn a_running_node_is_not_started_otherwise() {
        let running = Running {
            chain_id: "c".to_string(),
            rpc: "http://127.0.0.1:26657".to_string(),
            grpc: "127.0.0.1:9090".to_string(),
            rest: "http://127.0.0.1:1317".to_string(),
            pid: 1,
        };
        let find = |given: &[&str]| find_other_run(&args(given), Some(&made()), &running);
        for given in [
            &[][..],
            &["--block-time", "1s"],
            &["--rpc", "127.0.0.1:26657", "--rest", "127.0.0.1:0"],
        ] {
            assert_eq!(find(given), None, "{given:?}");
        }
        for (given, words) in [
            (
                ["--block-time", "200ms"],
                "--block-time 200ms, where it has 1s",
            ),
            (
                ["--keep-blocks", "9"],
                "--keep-blocks 9, where it keeps all",
            ),
            (
                ["--grpc", "127.0.0.1:9091"],
                "--grpc 127.0.0.1:9091, where it has 127.0.0.1:9090",
            ),
        ] {
            assert_eq!(find(&given).as_deref(), Some(words));
        }
    }
}
