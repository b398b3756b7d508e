//! The arguments that say how a result is shown.

use super::amounts::Denom;
use super::screen::{Screen, WIDTH, find_width};

/// How to show the result.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "How to show it")]
pub struct ViewArgs {
    /// Print one JSON object on standard output, and nothing else there; errors and warnings are
    /// JSON too.
    #[arg(long)]
    pub json: bool,

    /// Show whole addresses, names and amounts, however wide the tables get.
    #[arg(long)]
    pub full: bool,

    /// Rows of the longest tables, those that matter most; 0 shows all.
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,

    /// Show amounts in the chain's display unit: its symbol and decimals, as ATOM:6. The sets inside
    /// the program know theirs.
    #[arg(long, value_name = "SYMBOL:DECIMALS")]
    pub denom: Option<Denom>,
}

/// How to show what is never shortened.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "How to show it")]
pub struct WholeViewArgs {
    /// Print one JSON object on standard output, and nothing else there; errors are JSON too.
    #[arg(long)]
    pub json: bool,
}

impl WholeViewArgs {
    /// The screen.
    pub fn screen(&self) -> Screen {
        Screen::new(find_width(), true, None, None)
    }
}

impl ViewArgs {
    /// The screen that they ask for. `known` is how the set's chain shows amounts.
    pub fn screen(&self, known: Option<Denom>) -> Screen {
        let denom = self.denom.clone().or(known);
        Screen::new(find_width(), self.full, self.top, denom)
    }

    /// One of no certain width, for files: amounts and names are short, whatever the terminal shows.
    pub fn short_screen(&self, known: Option<Denom>) -> Screen {
        let denom = self.denom.clone().or(known);
        Screen::new(WIDTH, false, None, denom)
    }
}
