//! Carrying it out: one transaction after the other, each its own intention, and none twice.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use defenders_node::Node;
use defenders_node::read::Included;
use defenders_node::send::Draft;
use serde_json::json;

use super::args::Args;
use super::batches::Batch;
use super::notes::{Asked, Notes};
use super::told::{self, Told};
use crate::notice;
use crate::output::to_json;
use crate::session::{Sending, Session, SessionError};
use crate::terminal::count;

/// How often an index is asked for what a block has.
const LOOKS: u32 = 12;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// Sends what the notes have left.
pub fn send_all(
    node: &Node,
    sending: &Sending<'_>,
    notes: Notes,
) -> Result<Vec<Told>, SessionError> {
    let drafts = notes.left()?;
    let notes = RefCell::new(notes);
    let mut told = Vec::new();
    for draft in &drafts {
        let begun_at = notes.borrow().begun_at;
        if let Some(begun_at) = begun_at
            && was_carried_out(node, sending.address(), begun_at, draft)?
        {
            notes.borrow_mut().finish()?;
            told.push(Told::Earlier(draft.what.clone()));
            continue;
        }
        notes
            .borrow_mut()
            .begin(sequence(node, sending.address())?)?;
        match sending.send_one(draft, &|| notes.borrow_mut().finish()) {
            Ok(receipt) => told.push(Told::Sent(draft.what.clone(), receipt)),
            Err(error) => {
                let notes = notes.borrow();
                if notes.done == 0 && error.is_of_user() {
                    // nothing of it was sent: there is nothing to go on with
                    notes.remove()?;
                } else {
                    notice::warn(&format!(
                        "{} of {} transactions are carried out; the same command goes on with the rest, \
                         --anew forgets it",
                        notes.done,
                        notes.count()
                    ));
                }
                return Err(error);
            }
        }
    }
    Ok(told)
}

/// Goes on with what an earlier call left.
pub fn continue_earlier(
    args: &Args,
    session: &Session,
    sending: &Sending<'_>,
    notes: Notes,
) -> Result<(), SessionError> {
    let rest = count(
        notes.count() - notes.done.min(notes.count()),
        "transaction",
        "transactions",
    );
    if notes.asked != Asked::of(args) {
        return Err(SessionError::Impossible(format!(
            "an earlier `spread` was broken off, {rest} of it left, and this call asks for something else: \
             nothing was sent; give the same --amount, --redelegate, --list and --memo to go on with it, or --anew to \
             forget it and plan anew"
        )));
    }
    notice::warn(&format!(
        "an earlier `spread` was broken off: this goes on with the rest of it, {rest}; --anew forgets it and \
         plans anew"
    ));
    let drafts = notes.left()?;
    let told = if args.send.dry_run || args.send.generate_only.is_some() {
        let batches: Result<Vec<Batch>, SessionError> = drafts
            .into_iter()
            .map(|draft| {
                let estimate = sending.estimate(&draft)?;
                Ok(Batch { draft, estimate })
            })
            .collect();
        match &args.send.generate_only {
            Some(file) => write_all(&batches?, file)?,
            None => Told::estimates(&batches?),
        }
    } else {
        if !args.view.json {
            let lines: Vec<String> = drafts.iter().map(|draft| draft.what.clone()).collect();
            crate::output::print(&(lines.join("\n") + "\n"))?;
        }
        sending.confirm()?;
        send_all(&session.node, sending, notes)?
    };
    let report = json!({ "account": sending.address(), "chain_id": session.node.chain_id() });
    told::finish(args.view.json, &report, &told)
}

/// Whether a transaction that was begun at this sequence is in a block: other commands may have seen it to its
/// end since. When the node cannot tell, nothing is sent.
fn was_carried_out(
    node: &Node,
    address: &str,
    begun_at: u64,
    draft: &Draft,
) -> Result<bool, SessionError> {
    let unknown = |sequence: u64| {
        SessionError::Impossible(format!(
            "whether an earlier transaction was carried out cannot be told: this node does not know transaction \
             {sequence} of {address}; nothing was sent: ask a node with an index, or give --anew"
        ))
    };
    for number in begun_at..sequence(node, address)? {
        let found = search_patiently(node, &format!("tx.acc_seq='{address}/{number}'"))?;
        if found.is_empty() {
            return Err(unknown(number));
        }
        let is_it = found
            .iter()
            .any(|included| included.is_ok() && included.says(&draft.messages));
        if is_it {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a node's index has; it is written a moment after the block.
fn search_patiently(node: &Node, query: &str) -> Result<Vec<Included>, SessionError> {
    for _ in 1..LOOKS {
        let found = node.search(query)?;
        if !found.is_empty() {
            return Ok(found);
        }
        sleep(BETWEEN_LOOKS);
    }
    Ok(node.search(query)?)
}

/// The sequence of the account: how many transactions it has sent.
fn sequence(node: &Node, address: &str) -> Result<u64, SessionError> {
    Ok(node.account(address)?.sequence)
}

/// Writes each to a file of its own: FILE, or FILE-1, FILE-2, … when there are several.
pub fn write_all(batches: &[Batch], file: &Path) -> Result<Vec<Told>, SessionError> {
    let count = batches.len();
    let each = batches.iter().enumerate();
    each.map(|(index, batch)| {
        let unsigned = batch.draft.to_unsigned(&batch.estimate)?;
        let file = file_of(file, index, count);
        fs::write(&file, to_json(&unsigned)?).map_err(|error| SessionError::Unwritable {
            file: file.display().to_string(),
            error,
        })?;
        Ok(Told::Written(batch.draft.what.clone(), file))
    })
    .collect()
}

fn file_of(file: &Path, index: usize, count: usize) -> PathBuf {
    if count <= 1 {
        return file.to_path_buf();
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}-{}", index + 1);
    match file.extension() {
        Some(extension) => file.with_file_name(format!("{name}.{}", extension.to_string_lossy())),
        None => file.with_file_name(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_files_are_numbered() {
        let file = Path::new("a/spread.json");
        assert_eq!(file_of(file, 0, 1), Path::new("a/spread.json"));
        assert_eq!(file_of(file, 0, 2), Path::new("a/spread-1.json"));
        assert_eq!(file_of(Path::new("tx"), 1, 2), Path::new("tx-2"));
    }
}
