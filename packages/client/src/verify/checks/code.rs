//! Which code runs, and who may replace it.

use super::check::{Check, cannot_tell, check};
use crate::checksums::{Checksum, Checksums};
use crate::verify::facts::Contract;

/// Files of a release.
pub const VAULT: &str = "vault.wasm";
pub const REWARD_POT: &str = "reward_pot.wasm";
pub const MULTISIG: &str = "cw3_flex_multisig.wasm";
pub const GROUP: &str = "cw4_group.wasm";

/// What to do where nobody has said which release it should be.
const NO_LIST: &str = "give --checksums of the release, or name its file in defenders.toml";

/// The code is that file of the release.
pub fn check_code(
    what: &'static str,
    contract: &Contract,
    file: &str,
    checksums: Option<&Checksums>,
) -> Check {
    let Some(code) = &contract.code else {
        return check(what, false, format!("{} is no contract", contract.address));
    };
    let is = format!("code {} is {}", code.code_id, code.checksum);
    let Some(checksums) = checksums else {
        return cannot_tell(what, format!("{is}; {NO_LIST}"));
    };
    match checksums.of(file) {
        None => cannot_tell(what, format!("{is}; the list has no {file}")),
        Some(line) if line.hash == code.checksum => {
            let release = tell_release(checksums, line);
            check(what, true, format!("{is}, {file} as released: {release}"))
        }
        Some(line) => check(
            what,
            false,
            match checksums.with_hash(&code.checksum) {
                Some(other) => format!(
                    "{is}, which is {}; {file} of the release is {}",
                    other.file, line.hash
                ),
                None => format!("{is}; {file} of the release is {}", line.hash),
            },
        ),
    }
}

/// No other code than released code has ever written its state: who replaces the code, writes what he likes, and puts
/// the old code back, leaves nothing that the code of today shows.
pub fn check_past(
    what: &'static str,
    contract: &Contract,
    file: &str,
    checksums: Option<&Checksums>,
) -> Check {
    let Some(codes) = &contract.codes else {
        return cannot_tell(what, "the chain does not tell which codes it has run");
    };
    let numbers: Vec<String> = codes.iter().map(|code| code.code_id.to_string()).collect();
    let now = contract.code.as_ref().map(|code| code.code_id);
    if codes.iter().all(|code| Some(code.code_id) == now) {
        return check(what, true, format!("none but code {}", numbers.join(", ")));
    }
    let Some(checksums) = checksums else {
        let is = format!("it has run the codes {}", numbers.join(", "));
        return unlisted(what, &is);
    };
    let foreign = codes
        .iter()
        .find(|code| !checksums.is_ever(file, &code.checksum));
    match foreign {
        None => check(
            what,
            true,
            format!("the codes {}, each {file} of a release", numbers.join(", ")),
        ),
        Some(code) => check(
            what,
            false,
            format!(
                "it has run code {}, {}, which is {}: what that wrote is in it still; lines of earlier releases may stand below those of this one in --checksums",
                code.code_id,
                code.checksum,
                match checksums.with_hash(&code.checksum) {
                    Some(line) => line.file.clone(),
                    None => format!("no {file} known here"),
                }
            ),
        ),
    }
}

/// From which source, by which tools: what it takes to build the same bytes again.
pub fn tell_release(checksums: &Checksums, line: &Checksum) -> String {
    let source = match &checksums.source {
        Some(source) => format!("source {source}"),
        None => "source not told".to_string(),
    };
    match line.builder.as_str() {
        "" => format!("{source}, builder not told"),
        builder => format!("{source}, built by {builder}"),
    }
}

/// It calls itself what it should, of this release.
pub fn check_version(what: &'static str, contract: &Contract, name: &str) -> Check {
    let own = env!("CARGO_PKG_VERSION");
    match &contract.cw2 {
        None => check(what, false, "it does not say"),
        Some((found, version)) if !found.ends_with(name) => {
            check(what, false, format!("it calls itself {found} {version}"))
        }
        Some((found, version)) if version == own => check(what, true, format!("{found} {version}")),
        Some((found, version)) => {
            cannot_tell(what, format!("{found} {version}; this program knows {own}"))
        }
    }
}

/// Nobody but `expected`, the vault, may replace the code.
pub fn check_admin(what: &'static str, contract: &Contract, expected: &str) -> Check {
    match contract.admin() {
        Some(admin) if admin == expected => {
            check(what, true, "the vault itself, after the exit delay")
        }
        Some(admin) => check(what, false, format!("{admin}, at any moment")),
        None => check(what, false, "nobody: a fault in it could not be mended"),
    }
}

/// What cannot be said without a list.
pub fn unlisted(what: &'static str, is: &str) -> Check {
    cannot_tell(what, format!("{is}; {NO_LIST}"))
}
