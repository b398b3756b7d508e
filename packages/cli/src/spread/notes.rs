//! What is left of a spread that takes several transactions: kept on disk, so that one that is broken off goes on
//! where it was, and nothing of it is sent twice.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use defenders_node::Message;
use defenders_node::send::Draft;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::args::Args;
use crate::session::SessionError;

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// As given.
    pub amount: Option<String>,
    /// As given.
    pub redelegate: bool,
    /// As given.
    pub list: Option<String>,
    /// As given.
    pub memo: String,
}

impl Asked {
    /// As far as another call must ask for the same to go on with it.
    pub fn of(args: &Args) -> Self {
        Self {
            amount: args.amount.clone(),
            redelegate: args.redelegate,
            list: args.list.clone(),
            memo: args.send.memo.clone().unwrap_or_default(),
        }
    }
}

/// One of its transactions.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Noted {
    what: String,
    messages: Vec<Value>,
}

/// What is left of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notes {
    /// What was asked for.
    pub asked: Asked,
    batches: Vec<Noted>,
    /// How many are carried out.
    pub done: usize,
    /// The account's sequence before the next was begun; None when it was not.
    pub begun_at: Option<u64>,
    #[serde(skip)]
    file: PathBuf,
}

impl Notes {
    fn file_of(folder: &Path, chain_id: &str, address: &str) -> PathBuf {
        folder.join(format!("spread-{chain_id}-{address}.json"))
    }

    /// Begins notes of these transactions. Nothing is on disk yet.
    pub fn new(
        folder: &Path,
        chain_id: &str,
        address: &str,
        asked: Asked,
        drafts: &[Draft],
    ) -> Self {
        let note = |draft: &Draft| Noted {
            what: draft.what.clone(),
            messages: draft.messages.iter().filter_map(Message::to_json).collect(),
        };
        Self {
            asked,
            batches: drafts.iter().map(note).collect(),
            done: 0,
            begun_at: None,
            file: Self::file_of(folder, chain_id, address),
        }
    }

    /// Those of an earlier spread that was broken off.
    pub fn load(
        folder: &Path,
        chain_id: &str,
        address: &str,
    ) -> Result<Option<Self>, SessionError> {
        let file = Self::file_of(folder, chain_id, address);
        let text = match fs::read(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unwritable(&file, error)),
        };
        let notes: Self = serde_json::from_slice(&text).map_err(|error| {
            SessionError::Impossible(format!(
                "{} is damaged ({error}); nothing was sent: look at the account's transactions, then give --anew",
                file.display()
            ))
        })?;
        Ok(Some(Self { file, ..notes }))
    }

    /// How many transactions there are.
    pub fn count(&self) -> usize {
        self.batches.len()
    }

    /// Those that are not carried out.
    pub fn left(&self) -> Result<Vec<Draft>, SessionError> {
        let left = self.batches.iter().skip(self.done);
        left.map(|noted| {
            let messages: Result<Vec<Message>, _> =
                noted.messages.iter().map(Message::from_json).collect();
            let messages = messages.map_err(|error| SessionError::Broken(error.to_string()))?;
            let mut draft = Draft::new(noted.what.clone(), messages);
            draft.memo.clone_from(&self.asked.memo);
            Ok(draft)
        })
        .collect()
    }

    /// The next is begun, where the account has sent so many transactions.
    pub fn begin(&mut self, sequence: u64) -> Result<(), SessionError> {
        self.begun_at = Some(sequence);
        self.save()
    }

    /// The next is carried out.
    pub fn finish(&mut self) -> Result<(), SessionError> {
        self.done += 1;
        self.begun_at = None;
        match self.done >= self.batches.len() {
            true => self.remove(),
            false => self.save(),
        }
    }

    /// Forgets all of it.
    pub fn remove(&self) -> Result<(), SessionError> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(unwritable(&self.file, error)),
            _ => Ok(()),
        }
    }

    /// Whole or not at all.
    fn save(&self) -> Result<(), SessionError> {
        let text = serde_json::to_vec(self).map_err(|it| SessionError::Broken(it.to_string()))?;
        let beside = self.file.with_extension("json.new");
        let write = || {
            if let Some(folder) = self.file.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = fs::File::create(&beside)?;
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&beside, &self.file)
        };
        write().map_err(|error| unwritable(&self.file, error))
    }
}

fn unwritable(file: &Path, error: std::io::Error) -> SessionError {
    SessionError::Unwritable {
        file: file.display().to_string(),
        error,
    }
}

#[cfg(test)]
mod tests {
    use defenders_node::Coin;

    use super::*;

    #[test]
    fn what_is_left_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let drafts: Vec<Draft> = (1..4)
            .map(|tokens| {
                let message = Message::Delegate {
                    delegator: "a".to_string(),
                    validator: "v".to_string(),
                    amount: Coin::new(tokens, "uatom"),
                };
                let mut draft = Draft::new("Spread", vec![message]);
                draft.memo = "m".to_string();
                draft
            })
            .collect();
        let asked = Asked {
            amount: Some("6".to_string()),
            redelegate: false,
            list: None,
            memo: "m".to_string(),
        };
        let load = || Notes::load(folder.path(), "chain", "a").unwrap();
        assert!(load().is_none());
        let mut notes = Notes::new(folder.path(), "chain", "a", asked.clone(), &drafts);
        notes.begin(7).unwrap();
        assert_eq!(load().unwrap().begun_at, Some(7));
        notes.finish().unwrap();
        let left = load().unwrap();
        assert_eq!((left.done, left.begun_at, &left.asked), (1, None, &asked));
        // the same intentions, so that what is under way is recognised
        let intentions = |drafts: &[Draft]| drafts.iter().map(Draft::intention).collect::<Vec<_>>();
        assert_eq!(intentions(&left.left().unwrap()), intentions(&drafts[1..]));
        notes.finish().unwrap();
        notes.finish().unwrap();
        assert!(load().is_none());
    }
}
