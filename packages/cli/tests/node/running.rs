//! A keeper or a watch that runs: its lines as they come, and what it answers to a scrape.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::devnet::Devnet;

/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(90);

/// A program that runs until it is ended.
pub struct Running {
    child: Child,
    lines: Arc<Mutex<Vec<Value>>>,
    /// Where it answers; empty where it does not.
    address: String,
}

/// What it answers over HTTP.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Its content type.
    pub kind: String,
    /// Its text.
    pub text: String,
}

impl Running {
    /// Starts it; with `--serve` among the arguments it is waited for until it answers.
    pub fn start(devnet: &Devnet, arguments: &[&str]) -> Self {
        let mut child = devnet.spawn(arguments);
        let lines: Arc<Mutex<Vec<Value>>> = Arc::default();
        let output = BufReader::new(child.stdout.take().unwrap());
        let written = lines.clone();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let line = serde_json::from_str(&line).unwrap_or(Value::String(line));
                written.lock().unwrap().push(line);
            }
        });
        let mut running = Self {
            child,
            lines,
            address: String::new(),
        };
        if arguments.contains(&"--serve") {
            let line = running.wait_for(|line| line["event"] == "serving");
            running.address = line["address"].as_str().unwrap().to_string();
        }
        running
    }

    /// All lines so far.
    pub fn lines(&self) -> Vec<Value> {
        self.lines.lock().unwrap().clone()
    }

    /// The lines of an event so far.
    pub fn of_event(&self, event: &str) -> Vec<Value> {
        let lines = self.lines().into_iter();
        lines.filter(|line| line["event"] == event).collect()
    }

    /// Waits until a line is such.
    #[track_caller]
    pub fn wait_for(&self, is_such: impl Fn(&Value) -> bool) -> Value {
        let mut found = None;
        self.wait_until("no such line", || {
            found = self.lines().into_iter().find(|line| is_such(line));
            found.is_some()
        });
        found.unwrap()
    }

    /// Waits until something holds.
    #[track_caller]
    pub fn wait_until(&self, or_else: &str, mut holds: impl FnMut() -> bool) {
        let began = Instant::now();
        while !holds() {
            assert!(
                began.elapsed() < PATIENCE,
                "{or_else}: {:#?}",
                self.lines().iter().rev().take(40).collect::<Vec<_>>()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// What it answers to a path.
    pub fn get(&self, path: &str, accept: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let kind = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            (name.eq_ignore_ascii_case("content-type")).then(|| value.to_string())
        });
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            kind: kind.unwrap_or_default(),
            text: body_of(head, body),
        }
    }

    /// A scrape as Prometheus makes it.
    pub fn scrape(&self) -> String {
        let answer = self.get("/metrics", "text/plain");
        assert_eq!(
            (answer.status, answer.kind.as_str()),
            (200, "text/plain; version=0.0.4; charset=utf-8")
        );
        answer.text
    }

    /// A metric as it is now, by its name with labels.
    pub fn metric(&self, name: &str) -> Option<String> {
        value_of(&self.scrape(), name)
    }

    /// Waits until a metric is this.
    #[track_caller]
    pub fn wait_for_metric(&self, name: &str, value: &str) {
        self.wait_until(&format!("{name} is never {value}"), || {
            self.metric(name).as_deref() == Some(value)
        });
    }

    /// Waits until it ends by itself: its status.
    pub fn wait(mut self) -> (i32, Vec<Value>) {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // its last lines may be on their way
                std::thread::sleep(Duration::from_millis(200));
                return (status.code().unwrap_or(-1), self.lines());
            }
            assert!(began.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A body that may come in chunks.
fn body_of(head: &str, body: &str) -> String {
    if !head.to_lowercase().contains("transfer-encoding: chunked") {
        return body.to_string();
    }
    let (mut rest, mut text) = (body.as_bytes(), Vec::new());
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).unwrap();
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        text.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
    }
    String::from_utf8(text).unwrap()
}

/// The value of a metric in a scrape, by its name with labels.
pub fn value_of(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.strip_prefix(' ')?.to_string())
}

/// The names of the metrics that have a value.
pub fn names_of(text: &str) -> std::collections::BTreeSet<String> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(['{', ' ']).next())
        .filter(|name| !name.is_empty())
        .map(str::to_string)
        .collect()
}

/// The names of metrics that the README documents and that begin with one of these.
pub fn documented(prefixes: &[&str]) -> std::collections::BTreeSet<String> {
    let readme = include_str!("../../README.md");
    let rows = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `defenders_"));
    rows.map(|row| format!("defenders_{}", row.split('`').next().unwrap()))
        .filter(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
        .collect()
}

/// Keeps a scrape for `scripts/check-ops.sh`.
pub fn keep_scrape(name: &str, text: &str) {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(file, text).unwrap();
}
