//! `defenders keys add`: a new key, or one that is imported.

use std::fs::OpenOptions;
use std::io::{IsTerminal, Write, stderr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use defenders_node::keys::{HdPath, Keyring, Mnemonic, PrivateKey};

use super::args::AddArgs;
use super::error::KeysError;
use super::report::KeyReport;
use crate::config::{Config, read_secret, warn_of_test_keyring};
use crate::input::{FileError, InputError};
use crate::notice;

/// Shows what it is, then saves it, then shows a new mnemonic: never words of a key that was not saved.
pub fn run(args: &AddArgs) -> Result<(), KeysError> {
    let config = Config::of_keyring(&args.keyring)?;
    let prefix = args.view.prefix(&config);
    let path = HdPath::new(args.coin_type, args.index)?;
    let (key, new) = obtain(args, path)?;
    let report = KeyReport::of_new(&args.name, &key, &prefix)?;
    if args.dry_run {
        return Ok(report.print(args.view.json)?);
    }
    if new.is_some() && args.mnemonic_out.is_none() && !stderr().is_terminal() {
        return Err(KeysError::NowhereToShow);
    }
    let keyring = Keyring::open_or_create(config.keyring_folder()?, args.test)?;
    warn_of_test_keyring(&keyring);
    keyring.ensure_free(&args.name)?;
    notice::say(&format!("{}: {}", args.name, report.tell()));
    let passphrase = config.passphrase_of(&keyring)?;
    if let (Some(mnemonic), Some(file)) = (&new, &args.mnemonic_out) {
        write_new(file, mnemonic)?;
    }
    if let Err(error) = keyring.import(&args.name, &key, passphrase.as_ref()) {
        if let (Some(_), Some(file)) = (&new, &args.mnemonic_out) {
            // words of a key that there is not
            let _ = std::fs::remove_file(file);
        }
        return Err(error.into());
    }
    if let (Some(mnemonic), None) = (&new, &args.mnemonic_out) {
        show_once(mnemonic);
    }
    Ok(report.print(args.view.json)?)
}

/// The key, and its mnemonic when it is a new one.
fn obtain(args: &AddArgs, path: HdPath) -> Result<(PrivateKey, Option<Mnemonic>), KeysError> {
    if let Some(file) = &args.private_key_file {
        return Ok((PrivateKey::from_hex(&read_secret(file)?)?, None));
    }
    if let Some(file) = &args.mnemonic_file {
        let mnemonic = Mnemonic::parse(&read_secret(file)?)?;
        return Ok((PrivateKey::from_mnemonic(&mnemonic, path)?, None));
    }
    let mnemonic = Mnemonic::generate()?;
    Ok((PrivateKey::from_mnemonic(&mnemonic, path)?, Some(mnemonic)))
}

/// Only its owner reads it, and nothing is overwritten.
fn write_new(file: &Path, mnemonic: &Mnemonic) -> Result<(), FileError> {
    let written = || {
        let mut opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(file)?;
        writeln!(opened, "{}", mnemonic.words())?;
        opened.sync_all()
    };
    written().map_err(|error| InputError::Unwritable(error).in_file(file))
}

/// On the terminal: in no pipe, file or log.
fn show_once(mnemonic: &Mnemonic) {
    let text = "Write these words down: who has them has the key, and they are not shown again.";
    let _ = writeln!(stderr(), "\n{text}\n\n  {}\n", mnemonic.words());
}
