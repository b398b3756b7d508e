//! The file of `defenders plan`: that of `targets`, and where the vault's stake is, what locks it,
//! and what may be moved.

use std::collections::BTreeMap;

use cosmwasm_std::Uint128;
use defenders_allocation::{DEFAULT_MAX_ENTRIES, Departure, Limits, LiveEntries, Seat, Stance};

use crate::input::listing::{GroupReader, Names, SEAT_FIELDS, read_policy, read_seat};
use crate::input::{InputError, Node, Object};
use crate::targets::input::{TargetsInput, ensure_caps_can_be_told};

/// What the plan takes.
#[derive(Debug)]
pub struct PlanFile {
    /// The part that `targets` takes; its seats know what is held.
    pub targets: TargetsInput,
    /// In the order of the seats.
    pub posts: Vec<Post>,
    /// Live redelegation entries.
    pub live: Vec<LiveEntries>,
    /// What has completed until then is no lock.
    pub now: u64,
    /// What of the total may move in the epoch, and what has moved already.
    pub quality: Budget,
    /// The same for leaving and caps.
    pub emergency: Budget,
    /// Budgets left, and bounds.
    pub limits: Limits,
}

/// State and locks of a validator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// Whether the vault stays.
    pub stance: Stance,
    /// When the last redelegation into it completes.
    pub pinned_until: Option<u64>,
    /// Live unbonding entries.
    pub unbonding_entries: u32,
}

/// A turnover budget, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// floor(share x total).
    pub limit: u128,
    /// Moved already.
    pub spent: u128,
}

impl Budget {
    /// Nothing when more was spent than there is.
    pub fn left(self) -> u128 {
        self.limit.saturating_sub(self.spent)
    }
}

const STATES: &str = "staying, waiting, tombstoned, unbonded, jailed, drained or ineligible";

impl PlanFile {
    /// Reads the whole file.
    pub fn read(top: Node) -> Result<Self, InputError> {
        let mut file = top.object(&[
            "total",
            "total_bonded",
            "policy",
            "groups",
            "validators",
            "redelegations",
            "now",
            "budgets",
            "max_moves",
            "min_move",
            "dead_band",
            "max_entries",
        ])?;
        let total = file.required("total")?.tokens()?;
        let total_bonded = file.required("total_bonded")?.tokens()?;
        let policy = read_policy(file.required("policy")?)?;
        ensure_caps_can_be_told(total, policy.vault_share_cap)?;
        let mut groups = GroupReader::read(file.optional("groups"))?;

        let mut known = SEAT_FIELDS.to_vec();
        known.extend(["held", "pinned_until", "unbonding_entries", "state"]);
        let mut names = Names::default();
        let mut seats = Vec::new();
        let mut posts = Vec::new();
        for node in file.required("validators")?.array()? {
            let mut row = node.object(&known)?;
            let mut seat = read_seat(&mut row, &mut names, &mut groups)?;
            seat.held = row.required("held")?.tokens()?;
            posts.push(read_post(&mut row, seat.eligible)?);
            seats.push(seat);
        }
        let live = read_live(file.optional("redelegations"), &seats)?;
        let now = file.required("now")?.count()?;
        let [quality, emergency] = read_budgets(file.required("budgets")?, total)?;
        let tokens = |node: Option<Node>| node.map_or(Ok(0), |node| node.tokens());
        let max_entries = file.optional("max_entries");
        let limits = Limits {
            quality_budget: quality.left(),
            emergency_budget: emergency.left(),
            // no call has more moves than the machine can count
            max_moves: usize::try_from(file.required("max_moves")?.count()?).unwrap_or(usize::MAX),
            min_move: tokens(file.optional("min_move"))?,
            dead_band: tokens(file.optional("dead_band"))?,
            max_entries: max_entries.map_or(Ok(DEFAULT_MAX_ENTRIES), |node| node.small_count())?,
        };
        let targets = TargetsInput {
            total,
            total_bonded,
            policy,
            groups: groups.finish()?,
            seats,
        };
        Ok(Self {
            targets,
            posts,
            live,
            now,
            quality,
            emergency,
            limits,
        })
    }
}

fn read_post(row: &mut Object, eligible: bool) -> Result<Post, InputError> {
    let pinned_until = row.optional("pinned_until");
    let entries = row.optional("unbonding_entries");
    Ok(Post {
        stance: read_stance(row.optional("state"), eligible)?,
        pinned_until: pinned_until.map(|node| node.count()).transpose()?,
        unbonding_entries: entries.map_or(Ok(0), |node| node.small_count())?,
    })
}

/// Who is eligible stays; who is not either waits or leaves.
fn read_stance(node: Option<Node>, eligible: bool) -> Result<Stance, InputError> {
    let Some(node) = node else {
        return Ok(match eligible {
            true => Stance::Staying,
            false => Stance::Leaving(Departure::Ineligible),
        });
    };
    let stance = match node.name()?.as_str() {
        "staying" => Stance::Staying,
        "waiting" => Stance::Waiting,
        "tombstoned" => Stance::Leaving(Departure::Tombstoned),
        "unbonded" => Stance::Leaving(Departure::Unbonded),
        "jailed" => Stance::Leaving(Departure::Jailed),
        "drained" => Stance::Leaving(Departure::Drained),
        "ineligible" => Stance::Leaving(Departure::Ineligible),
        _ => return Err(node.wrong(STATES)),
    };
    match (stance == Stance::Staying, eligible) {
        (true, false) => Err(node.wrong("another state than staying, as it is not eligible")),
        (false, true) => Err(node.wrong("the state staying, as it is eligible")),
        _ => Ok(stance),
    }
}

fn read_live(node: Option<Node>, seats: &[Seat]) -> Result<Vec<LiveEntries>, InputError> {
    let mut live = Vec::new();
    let mut seen = BTreeMap::new();
    for node in node.map_or(Ok(Vec::new()), Node::array)? {
        let place = node.place().to_string();
        let mut row = node.object(&["source_validator", "destination_validator", "entries"])?;
        let mut index = |field| {
            let node = row.required(field)?;
            let name = node.name()?;
            let found = seats.iter().position(|seat| seat.validator == name);
            found.ok_or_else(|| node.unknown("validator", name))
        };
        let (source, destination) = (index("source_validator")?, index("destination_validator")?);
        let entries = row.required("entries")?.small_count()?;
        if let Some(first) = seen.insert((source, destination), place.clone()) {
            let name = |seat: usize| seats.get(seat).map_or("", |seat| &seat.validator);
            return Err(InputError::Duplicate {
                place,
                name: format!("{} -> {}", name(source), name(destination)),
                first,
            });
        }
        live.push(LiveEntries {
            source,
            destination,
            entries,
        });
    }
    Ok(live)
}

/// Quality, then emergency.
fn read_budgets(node: Node, total: u128) -> Result<[Budget; 2], InputError> {
    let names = ["quality", "emergency"];
    let mut budgets = node.object(&["quality", "emergency", "spent"])?;
    let mut spent = match budgets.optional("spent") {
        Some(node) => Some(node.object(&names)?),
        None => None,
    };
    let mut read = |name: &'static str| {
        let node = budgets.required(name)?;
        let share = node.share()?;
        let limit = Uint128::new(total).checked_mul_floor(share);
        let spent = match spent.as_mut().and_then(|spent| spent.optional(name)) {
            Some(node) => node.tokens()?,
            None => 0,
        };
        match limit {
            Ok(limit) => Ok(Budget {
                limit: limit.u128(),
                spent,
            }),
            Err(_) => Err(node.wrong("a share of the total that fits into 128 bits")),
        }
    };
    Ok([read("quality")?, read("emergency")?])
}
