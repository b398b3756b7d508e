//! `defenders simulate`: the contracts' own code on an embedded chain.

mod args;
mod by_group;
mod by_rank;
mod chance;
mod checks;
mod churn;
mod collect;
mod concentration;
mod course;
mod daily;
mod depositor_plans;
mod depositors;
mod findings;
mod flows;
mod genesis;
mod groups;
mod html;
mod idle;
mod incidents;
mod keeper;
mod list;
mod listing;
mod moves;
mod oddities;
mod picture;
mod refusals;
mod report;
mod scenario;
mod signed;
mod story;
mod tables;
mod whale;
mod wishes;
mod world;

pub use args::Args;

use indicatif::{ProgressBar, ProgressStyle};

use crate::input::FileError;
use crate::notice;
use crate::output::{OutputError, print, to_json};
use crate::validator_set::source::NamedSet;
use chance::stream;
use course::Course;
use daily::Days;
use depositor_plans::{Plan, make_plans};
use depositors::Depositor;
use report::Report;
use scenario::Scenario;
use wishes::Wishes;

/// Why there is no report, or not a good one.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// A file is not what it should be.
    #[error(transparent)]
    File(#[from] FileError),
    /// The simulation cannot go on.
    #[error("{0:#}")]
    Broken(#[from] anyhow::Error),
    /// The report cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The simulation went to its end, but something did not hold.
    #[error("{violated} of {checked} checks of invariants did not hold")]
    Violated {
        /// Checks that did not hold.
        violated: u64,
        /// Checks made.
        checked: u64,
    },
}

/// Simulates, and writes the report to standard output.
pub fn run(args: &Args) -> Result<(), SimulateError> {
    let mut set = args.load_set()?;
    let wishes = args.load_wishes(&set.validators)?;
    args.try_outputs()?;
    if args.scenario == Scenario::Churn {
        churn::add_newcomers(&mut set.validators, args.days);
    }
    let (report, days) = simulate(args, &set, &wishes).map_err(|error| {
        let file = args.policy_error(&error);
        file.map_or_else(|| error.into(), SimulateError::File)
    })?;
    for oddity in oddities::find(&report, &wishes) {
        notice::warn(&oddity);
    }
    args.save_picture(|| picture::draw(&report))?;
    let screen = args.view.short_screen(set.denom.clone());
    args.save_page(|| html::draw(&report, &days, &screen))?;
    print(&match (args.view.json, args.csv) {
        (true, _) => to_json(&report)?,
        (_, true) => days.to_csv(),
        _ => tables::render(&report, &args.view.screen(set.denom)),
    })?;
    match report.invariants.violated {
        0 => Ok(()),
        violated => Err(SimulateError::Violated {
            violated,
            checked: report.invariants.checked,
        }),
    }
}

fn simulate(args: &Args, set: &NamedSet, wishes: &Wishes) -> anyhow::Result<(Report, Days)> {
    let moved = set.validators.iter();
    let moved: u128 = moved
        .map(|validator| genesis::compute_moved(validator, args.share).u128())
        .sum();
    let mut plans = make_plans(&mut stream(args.seed, 0), args.depositors, args.days, moved);
    if wishes.listed_first.is_some() {
        plans.iter_mut().for_each(Plan::deposit_all_at_once);
    }
    let deposits: Vec<u128> = plans.iter().map(Plan::tokens).collect();
    let mut world = genesis::build(&set.validators, args.share, &deposits, wishes)?;
    let mut depositors = Depositor::pair_with_plans(&world.accounts.depositors, plans);
    let mut course = Course::plan(args.scenario, args.seed, args.days, &mut world);
    let mut days = Days::default();
    keeper::work(&mut world)?;

    let progress = ProgressBar::new(args.days.into()).with_style(ProgressStyle::with_template(
        "{wide_bar} day {pos} of {len}, {eta} left",
    )?);
    for day in 0..args.days {
        world.pass_to_day(day)?;
        let morning_height = world.vault.chain.app.block_info().height;
        course.begin_day(&mut world, day)?;
        for depositor in &mut depositors {
            depositor.live(&mut world, day)?;
        }
        keeper::work(&mut world)?;
        keeper::work_through(&mut world, day)?;
        world.pay_rewards()?;
        course.end_day(&mut world, day, morning_height)?;
        if args.wants_days() {
            days.record(&world, day + 1)?;
        }
        progress.inc(1);
    }
    world.pass_to_day(args.days)?;
    keeper::work(&mut world)?;
    progress.finish_and_clear();

    let not_deposited = depositors.iter().map(Depositor::not_deposited).sum();
    let report = collect::collect(args, set, wishes, &world, not_deposited)?;
    Ok((report, days))
}
