//! Lines of JSON on standard output.

use std::io::{self, ErrorKind, Write};

use defenders_client::words::tell_time;
use defenders_node::read_clock;
use serde_json::{Map, Value};

use super::hide::Hide;

/// Writes one object a line: `time`, `event`, and what belongs to it.
#[derive(Clone, Debug, Default)]
pub struct Log {
    hide: Hide,
}

impl Log {
    /// Lines that name nodes by their hosts only.
    pub fn hiding(hide: Hide) -> Self {
        Self { hide }
    }

    /// What a line would say of it.
    pub fn clean(&self, more: Value) -> Value {
        self.hide.value(more)
    }

    /// Something that happened. `more` is an object.
    pub fn tell(&self, event: &str, more: Value) {
        let line = line_of(&tell_time(read_clock()), event, self.clean(more));
        let mut out = io::stdout().lock();
        // whoever reads may have stopped; what is told is no reason to stop working
        if let Err(error) = writeln!(out, "{line}").and_then(|()| out.flush())
            && error.kind() != ErrorKind::BrokenPipe
        {
            crate::notice::warn(&format!("standard output: {error}"));
        }
    }
}

fn line_of(time: &str, event: &str, more: Value) -> String {
    let mut object = Map::new();
    object.insert("time".to_string(), time.into());
    object.insert("event".to_string(), event.into());
    if let Value::Object(more) = more {
        object.extend(more);
    }
    Value::Object(object).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_line_is_one_object_whatever_a_text_holds() {
        let line = line_of("2026-11-27T09:00:00Z", "held", json!({"why": "a\nb\u{1b}"}));
        assert!(!line.contains('\n') && !line.contains('\u{1b}'));
        let read: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            read,
            json!({"time": "2026-11-27T09:00:00Z", "event": "held", "why": "a\nb\u{1b}"})
        );
    }
}
