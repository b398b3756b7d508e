//! What the vault costs on the real chain, beside what a delegator without a vault would pay.
//! A benchmark: no figure fails it. What cannot be measured does.

// Whatever cannot be measured must end the program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod budget;
mod busy;
mod chain;
mod compare;
mod grouped;
mod jobs;
mod measures;
mod natives;
mod planner;
mod readme;
mod report;
mod row;
mod users;
mod world;

use defenders_suite::wasmd::built;
use measures::{Measures, Meter, WasmSizes};
use serde_json::Value;
use world::{Setting, World};

const USAGE: &str = "gas-table --reflect FILE [--sizes 10,30,100,200] [--json FILE] \
    [--readme FILE] [--beside FILE]";

/// With fewer, not every job reaches its bound.
const FEWEST: usize = 10;
/// The vault knows 300 validators at most.
const MOST: usize = 300;

struct Arguments {
    sizes: Vec<usize>,
    reflect: String,
    json: Option<String>,
    readme: Option<String>,
    beside: Option<String>,
}

fn main() {
    let arguments = arguments().unwrap_or_else(|wrong| {
        eprintln!("{wrong}\n{USAGE}");
        std::process::exit(2)
    });
    // before the minutes of measuring, and before the same file is written
    let earlier = arguments.beside.as_ref().map(|path| {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string());
        let rows = text.and_then(|text| compare::read(&text));
        rows.unwrap_or_else(|wrong| panic!("{path}: {wrong}"))
    });
    let measures: Vec<Measures> = arguments
        .sizes
        .iter()
        .map(|validators| measure(*validators, &arguments.reflect))
        .collect();
    let sizes = WasmSizes {
        vault: bytes("vault.wasm"),
        reward_pot: bytes("reward_pot.wasm"),
    };
    print!("{}", report::whole(&measures, sizes));
    if let Some(path) = &arguments.readme {
        let text = std::fs::read_to_string(path).unwrap();
        let text = readme::replace(&text, &readme::section(&measures, sizes));
        let text = text.unwrap_or_else(|wrong| panic!("{path}: {wrong}"));
        std::fs::write(path, text).unwrap();
    }
    let rows = measures.iter().flat_map(|measures| &measures.rows);
    let rows: Vec<&row::Row> = rows.collect();
    if let Some(path) = &arguments.json {
        let rows: Value = rows.iter().map(|row| row.to_json()).collect();
        std::fs::write(path, format!("{rows:#}\n")).unwrap();
    }
    if let Some(earlier) = earlier {
        let (table, conclusion) = compare::report(&compare::compare(&earlier, &rows));
        print!("\n{table}");
        match conclusion {
            Ok(text) => println!("{text}"),
            Err(text) => {
                eprintln!("{text}");
                std::process::exit(1)
            }
        }
    }
}

fn bytes(file: &str) -> u64 {
    let path = built(format!("target/wasm/{file}"), "scripts/build-wasm.sh");
    path.metadata().unwrap().len()
}

fn measure(validators: usize, reflect: &str) -> Measures {
    let start = std::time::Instant::now();
    let world = World::new(validators, reflect, Setting::PLAIN);
    let mut meter = Meter::new(&world);
    users::measure(&mut meter);
    jobs::measure(&mut meter);
    busy::measure(&mut meter);
    planner::measure(&mut meter);
    for max_moves in [3, 5] {
        let setting = Setting {
            max_moves,
            has_groups: true,
            ..Setting::PLAIN
        };
        let world = World::new(validators, reflect, setting);
        let mut more = Meter::new(&world);
        grouped::measure_moves(&mut more);
        if max_moves == 5 {
            grouped::measure(&mut more);
        }
        meter.measures.add(more.measures);
    }
    let setting = Setting {
        has_coins: true,
        ..Setting::PLAIN
    };
    let world = World::new(validators, reflect, setting);
    let mut more = Meter::new(&world);
    users::measure_coins(&mut more);
    jobs::measure_submit(&mut more, "coins_submit");
    meter.measures.add(more.measures);
    let (rows, seconds) = (meter.measures.rows.len(), start.elapsed().as_secs());
    eprintln!("{validators} validators: {rows} operations in {seconds} s");
    meter.measures
}

fn arguments() -> Result<Arguments, String> {
    let mut found = Arguments {
        sizes: vec![10, 30, 100, 200],
        reflect: String::new(),
        json: None,
        readme: None,
        beside: None,
    };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let value = given.next().ok_or(format!("{name} needs a value"))?;
        match name.as_str() {
            "--sizes" => {
                let sizes = value.split(',').map(str::parse);
                found.sizes = sizes
                    .collect::<Result<_, _>>()
                    .map_err(|error| format!("--sizes {value}: {error}"))?;
            }
            "--reflect" => found.reflect = value,
            "--readme" => found.readme = Some(value),
            "--json" => found.json = Some(value),
            "--beside" => found.beside = Some(value),
            _ => return Err(format!("{name} is unknown")),
        }
    }
    let possible = FEWEST..=MOST;
    if let Some(size) = found.sizes.iter().find(|size| !possible.contains(size)) {
        return Err(format!("{size} validators: from {FEWEST} to {MOST}"));
    }
    if found.reflect.is_empty() {
        return Err("--reflect is missing".into());
    }
    Ok(found)
}
