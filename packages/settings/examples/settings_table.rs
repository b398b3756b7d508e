//! Writes the table of settings into a document, between its two lines:
//! `cargo run -p defenders-settings --example settings_table -- contracts/vault/README.md`

use std::error::Error;
use std::fs;

use defenders_settings::markdown::put_table;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which document?")?;
    let written = put_table(&fs::read_to_string(&path)?);
    let document = written.ok_or("the document lacks the lines around the table")?;
    fs::write(path, document)?;
    Ok(())
}
