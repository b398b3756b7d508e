//! `defenders config`: what holds, and who said so.

use std::fmt::Display;

use serde_json::{Map, Value, json};

use super::args::{NodeArgs, SendArgs};
use super::field::{FILE, Field};
use super::origin::Settled;
use super::settle::Config;
use crate::command_error::CommandError;
use crate::output::{print, to_json};
use crate::terminal::{Column, Labels, Table, WholeViewArgs, shorten_address};

/// Columns between three columns.
const GAPS: usize = 4;
/// No value is shortened below this.
const LEAST_VALUE: usize = 12;
/// Where values come from is no longer.
const MOST_ORIGIN: usize = 30;

/// What to settle, and how to show it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    node: NodeArgs,

    #[command(flatten)]
    send: SendArgs,

    /// Show whole values, however wide the table gets.
    #[arg(long, help_heading = "How to show it")]
    full: bool,

    #[command(flatten)]
    view: WholeViewArgs,
}

/// Settles everything, and writes it to standard output.
pub fn run(args: &Args) -> Result<(), CommandError> {
    let config = Config::of_sender(&args.node, &args.send)?;
    let text = match args.view.json {
        true => to_json(&to_report(&config))?,
        false => render(&config, args),
    };
    Ok(print(&text)?)
}

type Row = (Field, Option<(String, String)>);

/// All settings in order.
fn rows(config: &Config) -> Vec<Row> {
    let list = config.nodes.as_ref().map(|nodes| Settled {
        value: nodes.value.join(", "),
        from: nodes.from.clone(),
    });
    let symbol = config.denom.as_ref().map(|denom| Settled {
        value: denom.value.symbol.clone(),
        from: denom.from.clone(),
    });
    let paths = |path: &Option<Settled<std::path::PathBuf>>| {
        let path = path.as_ref();
        path.map(|path| (path.value.display().to_string(), path.from.to_string()))
    };
    Field::ALL
        .into_iter()
        .map(|field| {
            let row = match field {
                Field::ChainId => tell(config.chain_id.as_ref()),
                Field::Nodes => tell(list.as_ref()),
                Field::AddressPrefix => tell(config.address_prefix.as_ref()),
                Field::DenomBase => tell(config.denom_base.as_ref()),
                Field::DenomSymbol => tell(symbol.as_ref()),
                Field::DenomDecimals => tell(config.denom_decimals.as_ref()),
                Field::Vault => tell(config.vault.as_ref()),
                Field::Multisig => tell(config.multisig.as_ref()),
                Field::GasPrice => tell(config.gas_price.as_ref()),
                Field::MaxGasPrice => tell(config.max_gas_price.as_ref()),
                Field::GasFactor => tell(Some(&config.gas_factor)),
                Field::DailyFeeLimit => tell(config.daily_fee_limit.as_ref()),
                Field::From => tell(config.from.as_ref()),
                Field::Keyring => paths(&config.keyring),
                Field::PassphraseFile => paths(&config.passphrase_file),
                Field::Checksums => paths(&config.checksums),
                Field::UploadGasPrice => tell(config.upload_gas_price.as_ref()),
                Field::State => paths(&config.state),
            };
            (field, row)
        })
        .collect()
}

fn tell<T: Display>(settled: Option<&Settled<T>>) -> Option<(String, String)> {
    settled.map(|settled| (settled.value.to_string(), settled.from.to_string()))
}

fn to_report(config: &Config) -> Value {
    let mut settings = Map::new();
    for (field, row) in rows(config) {
        let nodes = config.nodes.as_ref().filter(|_| field == Field::Nodes);
        let value = row.map(|(value, from)| match nodes {
            Some(nodes) => json!({ "value": nodes.value, "from": from }),
            None => json!({ "value": value, "from": from }),
        });
        settings.insert(field.name().to_string(), value.into());
    }
    let file = config.file.as_ref().map(|file| file.display().to_string());
    json!({ "file": file, "settings": settings })
}

fn render(config: &Config, args: &Args) -> String {
    let screen = args.view.screen();
    let columns = [
        Column::Words("setting"),
        Column::Words("value"),
        Column::Words("from"),
    ];
    let mut table = Table::new(&columns);
    let rows: Vec<(&str, String, String)> = rows(config)
        .into_iter()
        .map(|(field, row)| {
            let (value, from) = row.unwrap_or_else(|| ("-".to_string(), String::new()));
            (field.name(), value, from)
        })
        .collect();
    let widest = |of: &dyn Fn(&(&str, String, String)) -> usize| rows.iter().map(of).max();
    let names = widest(&|row| row.0.len()).unwrap_or(0);
    let origins = widest(&|row| row.2.chars().count().min(MOST_ORIGIN)).unwrap_or(0);
    let room = screen.width.saturating_sub(names + origins + GAPS);
    for (name, value, from) in &rows {
        let (value, from) = match args.full {
            true => (value.clone(), from.clone()),
            false => (
                shorten_address(value, room.max(LEAST_VALUE)),
                shorten_address(from, MOST_ORIGIN),
            ),
        };
        table.add([name.to_string(), value, from]);
    }
    let title = match &config.file {
        Some(file) => format!("Settings, with {}", file.display()),
        None => format!("Settings; there is no {} here or above", FILE),
    };
    table.render(&title, &Labels::default(), &screen)
}
