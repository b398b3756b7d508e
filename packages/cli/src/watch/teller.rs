//! Telling: lines on standard output, the same for a webhook, and what has to be remembered of both.

use std::path::Path;

use defenders_client::words::tell_time;
use serde_json::{Value, json};

use super::memory::Memory;
use super::webhook::Webhook;
use crate::monitor::{Log, NotesFile};
use crate::session::SessionError;

/// Tells what there is to tell, from the beginning to the end of the program.
pub struct Teller {
    log: Log,
    webhook: Option<Webhook>,
    file: Option<NotesFile>,
    /// What is remembered across restarts.
    pub memory: Memory,
}

impl Teller {
    /// With nothing remembered yet.
    pub fn new(log: Log, webhook: Option<Webhook>) -> Self {
        Self {
            log,
            webhook,
            file: None,
            memory: Memory::default(),
        }
    }

    /// Reads what was remembered of a chain; a second call does nothing.
    pub fn open_notes(&mut self, folder: &Path, chain_id: &str) -> Result<(), SessionError> {
        if self.file.is_some() {
            return Ok(());
        }
        let file = NotesFile::open(folder, &format!("{chain_id}.json"))?;
        let earlier = std::mem::replace(&mut self.memory, file.load()?);
        self.memory.adopt(earlier);
        self.file = Some(file);
        Ok(())
    }

    /// Something for standard output alone.
    pub fn note(&self, event: &'static str, object: Value) {
        self.log.tell(event, object);
    }

    /// Writes it, and keeps it for the webhook until that has taken it.
    pub fn tell(&mut self, event: &'static str, object: Value, now: u64) {
        self.log.tell(event, object.clone());
        if self.webhook.is_none() {
            return;
        }
        let mut posted = self.log.clean(object);
        if let Value::Object(fields) = &mut posted {
            fields.insert("time".to_string(), tell_time(now).into());
            fields.insert("event".to_string(), event.into());
        }
        self.memory.post(posted);
    }

    /// Posts what the webhook has not taken yet, and writes down what is left.
    pub fn flush(&mut self) -> Result<(), SessionError> {
        while let (Some(webhook), Some(object)) = (&self.webhook, self.memory.outbox.front()) {
            if let Err(reason) = webhook.post(object) {
                let waiting = self.memory.outbox.len();
                self.note("not_posted", json!({"waiting": waiting, "reason": reason}));
                break;
            }
            self.memory.outbox.pop_front();
        }
        match &self.file {
            Some(file) => file.save(&self.memory),
            None => Ok(()),
        }
    }
}
