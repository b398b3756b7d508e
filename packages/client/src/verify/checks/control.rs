//! Who owns it, and who chooses who does.

use super::check::{Check, Finding, cannot_tell, check};
use super::code::{self, GROUP, MULTISIG, check_code, tell_release, unlisted};

use crate::checksums::Checksums;
use crate::multisig;
use crate::verify::facts::Facts;
use crate::words::count;

/// It is a contract, and the one that it should be.
pub fn check_owner(facts: &Facts, owner: Option<&str>) -> Check {
    let what = "owner";
    let found = &facts.config.owner;
    match (owner, &facts.owner.info) {
        (Some(expected), _) if expected != found => {
            check(what, false, format!("{found}, and it should be {expected}"))
        }
        (_, None) => check(
            what,
            false,
            format!("{found} is no contract: one key decides alone"),
        ),
        (Some(_), Some(_)) => check(what, true, found),
        (None, Some(_)) => cannot_tell(
            what,
            format!("{found} is a contract; give --owner to say which it should be"),
        ),
    }
}

/// A multisig as released, whose code only itself may replace.
pub fn check_owner_code(facts: &Facts, checksums: Option<&Checksums>) -> Check {
    let what = "owner's code";
    let Some(code) = &facts.owner.code else {
        return check(what, false, "it has none");
    };
    let is = format!("code {} is {}", code.code_id, code.checksum);
    let admin = facts.owner.admin();
    if let Some(admin) = admin.filter(|admin| *admin != facts.owner.address) {
        return check(
            what,
            false,
            format!("{is}, and {admin} may replace it at any moment"),
        );
    }
    let Some(list) = checksums else {
        return unlisted(what, &is);
    };
    match list.with_hash(&code.checksum) {
        // another multisig than ours may own a vault
        None => cannot_tell(what, format!("{is}, which is not of this release")),
        Some(line) if line.file == MULTISIG => {
            let release = tell_release(list, line);
            check(
                what,
                true,
                format!("{is}, {MULTISIG} as released: {release}"),
            )
        }
        Some(line) => check(
            what,
            false,
            format!("{is}, which is {}: no multisig", line.file),
        ),
    }
}

/// Neither it nor its group has ever run other code than released multisigs and groups.
pub fn check_past(facts: &Facts, checksums: Option<&Checksums>) -> Check {
    let what = "owner's earlier codes";
    if facts.owner.info.is_none() {
        return check(what, true, "it is no contract");
    }
    let of_owner = code::check_past(what, &facts.owner, MULTISIG, checksums);
    let group = facts.group.as_ref();
    let of_group = group.map(|group| code::check_past(what, group, GROUP, checksums));
    match of_group {
        Some(of_group) if of_owner.finding == Finding::Ok => Check {
            because: match of_group.finding {
                Finding::Ok => format!("{}; its group: {}", of_owner.because, of_group.because),
                _ => format!("its group: {}", of_group.because),
            },
            ..of_group
        },
        _ => of_owner,
    }
}

/// No voter decides alone.
pub fn check_decision(facts: &Facts) -> Check {
    let what = "how many decide";
    let (Some(threshold), Some(weights)) = (&facts.threshold, &facts.weights) else {
        return cannot_tell(what, "the owner does not say by which votes it decides");
    };
    let most = weights.iter().copied().max().unwrap_or_default();
    let passes = multisig::tell_threshold(threshold);
    let voters = count(weights.len(), "voter", "voters");
    let told = format!("{voters}, the greatest with {most}; it takes {passes}");
    // some count those only who have voted, once voting has ended
    let alone = [false, true].map(|is_over| multisig::passes_alone(threshold, most, is_over));
    match alone.contains(&true) {
        true => check(what, false, format!("{told}: one voter decides alone")),
        false => check(what, true, told),
    }
}

/// The group's code is the released one.
pub fn check_group_code(facts: &Facts, checksums: Option<&Checksums>) -> Check {
    let what = "group's code";
    match &facts.group {
        Some(group) => check_code(what, group, GROUP, checksums),
        None => cannot_tell(what, "the owner names no group"),
    }
}

/// Only members choose members.
pub fn check_group(facts: &Facts) -> Check {
    let what = "who chooses the members";
    let Some(group) = &facts.group else {
        return cannot_tell(what, "the owner names no group");
    };
    let address = &group.address;
    let foreign = group.admin().filter(|admin| *admin != facts.owner.address);
    if let Some(admin) = foreign {
        return check(
            what,
            false,
            format!("{admin} may replace the code of {address}"),
        );
    }
    match facts.group_admin.as_deref() {
        Some(admin) if admin == facts.owner.address => check(
            what,
            true,
            format!("the members of {address}, by a proposal"),
        ),
        Some("") => check(what, true, format!("nobody: {address} is fixed")),
        Some(admin) => check(what, false, format!("{admin} changes {address} alone")),
        None => cannot_tell(what, format!("{address} does not say")),
    }
}
