//! The file of `defenders plan`: that of `targets`, and where the vault's stake is, what locks it,
//! and what may be moved.

use std::collections::BTreeMap;

use cosmwasm_std::Uint128;
use defenders_allocation::{
    DEFAULT_MAX_ENTRIES, Departure, LEAST_REDELEGATION, LiveEntries, Locks, PlanLimits, Snapshot,
    Standing, Validator,
};

use crate::input::listing::{GroupReader, Names, VALIDATOR_FIELDS, read_validator};
use crate::input::{InputError, Node, Object};
use crate::targets::input::{TARGETS_FIELDS, TargetsInput};
use crate::validator_set::answers::ensure_no_answer;

/// What the plan takes.
#[derive(Debug)]
pub struct PlanFile {
    /// The part that `targets` takes; its validators know what the vault has there, and what locks
    /// it.
    pub targets: TargetsInput,
    /// Live redelegation entries.
    pub live: Vec<LiveEntries>,
    /// What has completed until then is no lock.
    pub now: u64,
    /// What of the total may move in the epoch, and what has moved already.
    pub quality: Budget,
    /// The same for leaving and caps.
    pub emergency: Budget,
    /// How much of that for what the owner can bring about.
    pub owner: Budget,
    /// Whether the readings are believed.
    pub snapshot: Snapshot,
    /// Budgets left, and bounds.
    pub limits: PlanLimits,
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

const STATES: &str = "staying, waiting, tombstoned, unbonded, jailed, drained, ended or ineligible";

const SNAPSHOTS: &str = "trusted, suspect or stale";

impl PlanFile {
    /// Reads the whole file.
    pub fn read(top: Node) -> Result<Self, InputError> {
        ensure_no_answer(top.json())?;
        let mut known = TARGETS_FIELDS.to_vec();
        known.extend([
            "redelegations",
            "now",
            "snapshot",
            "budgets",
            "max_moves",
            "min_move",
            "dead_band",
            "max_entries",
        ]);
        let mut file = top.object(&known)?;
        let targets = TargetsInput::read_fields(&mut file, read_row)?;
        let TargetsInput {
            total, validators, ..
        } = &targets;
        ensure_held_within(*total, validators)?;
        let live = read_live(file.optional("redelegations"), validators)?;
        let now = file.required("now")?.count()?;
        let snapshot = read_snapshot(file.optional("snapshot"))?;
        let [quality, emergency, owner] = read_budgets(file.required("budgets")?, *total)?;
        let tokens = |node: Option<Node>| node.map_or(Ok(0), |node| node.tokens());
        let max_entries = file.optional("max_entries");
        let limits = PlanLimits {
            quality_budget: quality.left(),
            emergency_budget: emergency.left(),
            owner_budget: owner.left(),
            // no call has more moves than the machine can count
            max_moves: usize::try_from(file.required("max_moves")?.count()?).unwrap_or(usize::MAX),
            min_move: tokens(file.optional("min_move"))?,
            least_redelegation: LEAST_REDELEGATION,
            dead_band: tokens(file.optional("dead_band"))?,
            max_entries: max_entries.map_or(Ok(DEFAULT_MAX_ENTRIES), |node| node.small_count())?,
        };
        Ok(Self {
            targets,
            live,
            now,
            quality,
            emergency,
            owner,
            snapshot,
            limits,
        })
    }
}

/// A validator, with what the vault has there.
fn read_row(
    node: Node,
    names: &mut Names,
    groups: &mut GroupReader,
) -> Result<Validator, InputError> {
    let mut known = VALIDATOR_FIELDS.to_vec();
    known.extend([
        "held",
        "pinned_until",
        "unbonding_entries",
        "redelegation_refused",
        "state",
    ]);
    let mut row = node.object(&known)?;
    let mut validator = read_validator(&mut row, names, groups)?;
    validator.delegated = row.required("held")?.tokens()?;
    validator.standing = read_standing(row.optional("state"), validator.is_eligible())?;
    validator.locks = read_locks(&mut row)?;
    Ok(validator)
}

/// The total is all that the vault places: what is delegated is a part of it.
fn ensure_held_within(total: u128, validators: &[Validator]) -> Result<(), InputError> {
    let mut amounts = validators.iter().map(|validator| validator.delegated);
    let held = amounts.try_fold(0u128, |sum, tokens| sum.checked_add(tokens));
    match held {
        Some(held) if held > total => Err(InputError::Impossible {
            path: "validators".to_string(),
            reason: format!("together {held} tokens are held, more than the total of {total}"),
        }),
        // what is beyond 128 bits the plan refuses
        _ => Ok(()),
    }
}

fn read_locks(row: &mut Object) -> Result<Locks, InputError> {
    let locked_until = row.optional("pinned_until");
    let entries = row.optional("unbonding_entries");
    let refused = row.optional("redelegation_refused");
    Ok(Locks {
        redelegation_refused: refused.map_or(Ok(false), |node| node.flag())?,
        redelegation_locked_until: locked_until.map(|node| node.count()).transpose()?,
        unbonding_entries: entries.map_or(Ok(0), |node| node.small_count())?,
        ..Locks::default()
    })
}

/// Who is eligible stays; who is not either waits or leaves.
fn read_standing(node: Option<Node>, eligible: bool) -> Result<Standing, InputError> {
    let Some(node) = node else {
        return Ok(match eligible {
            true => Standing::Eligible,
            false => Standing::Leaving(Departure::Ineligible),
        });
    };
    let standing = match node.name()?.as_str() {
        "staying" => Standing::Eligible,
        "waiting" => Standing::Waiting,
        "tombstoned" => Standing::Leaving(Departure::Tombstoned),
        "unbonded" => Standing::Leaving(Departure::Unbonded),
        "jailed" => Standing::Leaving(Departure::Jailed),
        "drained" => Standing::Leaving(Departure::Drained),
        "ended" => Standing::Leaving(Departure::Ended),
        "ineligible" => Standing::Leaving(Departure::Ineligible),
        _ => return Err(node.wrong(STATES)),
    };
    match (standing == Standing::Eligible, eligible) {
        (true, false) => Err(node.wrong("another state than staying, as it is not eligible")),
        (false, true) => Err(node.wrong("the state staying, as it is eligible")),
        _ => Ok(standing),
    }
}

/// Believed, where nothing is said.
fn read_snapshot(node: Option<Node>) -> Result<Snapshot, InputError> {
    let Some(node) = node else {
        return Ok(Snapshot::Trusted);
    };
    match node.name()?.as_str() {
        "trusted" => Ok(Snapshot::Trusted),
        "suspect" => Ok(Snapshot::Suspect),
        "stale" => Ok(Snapshot::Stale),
        _ => Err(node.wrong(SNAPSHOTS)),
    }
}

fn read_live(node: Option<Node>, validators: &[Validator]) -> Result<Vec<LiveEntries>, InputError> {
    let mut live = Vec::new();
    let mut seen = BTreeMap::new();
    for node in node.map_or(Ok(Vec::new()), Node::array)? {
        let path = node.path().to_string();
        let mut row = node.object(&["source_validator", "destination_validator", "entries"])?;
        let mut index = |field| {
            let node = row.required(field)?;
            let name = node.name()?;
            let found = validators.iter().position(|it| it.address == name);
            found.ok_or_else(|| node.unknown("validator", name))
        };
        let (source, destination) = (index("source_validator")?, index("destination_validator")?);
        let entries = row.required("entries")?.small_count()?;
        if let Some(first) = seen.insert((source, destination), path.clone()) {
            let name = |index: usize| validators.get(index).map_or("", |it| &it.address);
            return Err(InputError::Duplicate {
                path,
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

/// Quality, emergency, and how much of that for what the owner can bring about: all of it, where nothing
/// is said.
fn read_budgets(node: Node, total: u128) -> Result<[Budget; 3], InputError> {
    let names = ["quality", "emergency", "owner"];
    let mut budgets = node.object(&["quality", "emergency", "owner", "spent"])?;
    let mut spent = match budgets.optional("spent") {
        Some(node) => Some(node.object(&names)?),
        None => None,
    };
    let mut read = |name: &'static str, node: Node| {
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
    let quality = read("quality", budgets.required("quality")?)?;
    let emergency = read("emergency", budgets.required("emergency")?)?;
    let owner = match budgets.optional("owner") {
        Some(node) => read("owner", node)?,
        None => emergency,
    };
    Ok([quality, emergency, owner])
}
