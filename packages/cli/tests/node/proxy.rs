//! A node's RPC with somebody in between, who loses requests or answers.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What happens to the calls of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They pass.
    Pass,
    /// They never arrive: the connection ends.
    LoseRequest,
    /// They arrive, and the answer is lost.
    LoseAnswer,
    /// They arrive, and are never answered.
    Hang,
    /// They are refused with this HTTP status.
    Refuse(u16),
    /// They arrive as calls of something else: this text of theirs is replaced by one of the same length.
    Garble(&'static str, &'static str),
    /// In their answers these texts are replaced, each by one of the same length.
    Falsify(&'static [(&'static str, &'static str)]),
}

/// A node's RPC with somebody in between.
pub struct Proxy {
    /// Its address.
    pub url: String,
    rules: Arc<Mutex<Vec<(String, Fate)>>>,
    /// Calls that met a rule.
    met: Arc<AtomicUsize>,
    /// Transactions that were handed on.
    sent: Arc<AtomicUsize>,
}

impl Proxy {
    /// In front of a node.
    pub fn of(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            rules: Arc::default(),
            met: Arc::default(),
            sent: Arc::default(),
        };
        let target = url.trim_start_matches("http://").to_string();
        let (rules, met, sent) = (proxy.rules.clone(), proxy.met.clone(), proxy.sent.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (rules, met, sent, target) =
                    (rules.clone(), met.clone(), sent.clone(), target.clone());
                std::thread::spawn(move || serve(stream, &target, &rules, &met, &sent));
            }
        });
        proxy
    }

    /// From now on calls that contain `text` meet this.
    pub fn set(&self, text: &str, fate: Fate) {
        let mut rules = self.rules.lock().unwrap();
        rules.retain(|(known, _)| known != text);
        rules.push((text.to_string(), fate));
    }

    /// From now on all calls pass.
    pub fn clear(&self) {
        self.rules.lock().unwrap().clear();
    }

    /// How many calls met a rule other than passing.
    pub fn met(&self) -> usize {
        self.met.load(Ordering::SeqCst)
    }

    /// How many broadcasts reached the node.
    pub fn sent(&self) -> usize {
        self.sent.load(Ordering::SeqCst)
    }

    /// Waits until a rule was met.
    pub fn wait_until_met(&self) {
        for _ in 0..3_000 {
            if self.met() > 0 {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("no call met a rule");
    }
}

/// One connection, one call after the other.
fn serve(
    mut client: TcpStream,
    target: &str,
    rules: &Mutex<Vec<(String, Fate)>>,
    met: &AtomicUsize,
    sent: &AtomicUsize,
) {
    while let Some(mut request) = read_message(&mut client) {
        let text = String::from_utf8_lossy(&request).into_owned();
        let fate = {
            let rules = rules.lock().unwrap();
            let found = rules
                .iter()
                .find(|(known, _)| text.contains(known.as_str()));
            found.map_or(Fate::Pass, |(_, fate)| *fate)
        };
        if fate != Fate::Pass {
            met.fetch_add(1, Ordering::SeqCst);
        }
        match fate {
            Fate::LoseRequest => return,
            Fate::Refuse(status) => {
                let answer = format!("HTTP/1.1 {status} Refused\r\ncontent-length: 0\r\n\r\n");
                if client.write_all(answer.as_bytes()).is_err() {
                    return;
                }
                continue;
            }
            Fate::Garble(text, other) => request = replace(&request, text, other),
            Fate::Pass | Fate::LoseAnswer | Fate::Hang | Fate::Falsify(..) => {}
        }
        if text.contains("broadcast_tx") {
            sent.fetch_add(1, Ordering::SeqCst);
        }
        let Ok(mut node) = TcpStream::connect(target) else {
            return;
        };
        if node.write_all(&request).is_err() {
            return;
        }
        let Some(mut answer) = read_message(&mut node) else {
            return;
        };
        if let Fate::Falsify(texts) = fate {
            for (text, other) in texts {
                answer = replace(&answer, text, other);
            }
        }
        match fate {
            Fate::LoseAnswer => return,
            Fate::Hang => {
                std::thread::sleep(std::time::Duration::from_secs(600));
                return;
            }
            _ if client.write_all(&answer).is_err() => return,
            _ => {}
        }
    }
}

/// One HTTP message with its body, as long as its head says.
fn read_message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    let mut part = [0; 65_536];
    loop {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        message.extend_from_slice(part.get(..count)?);
        let Some(end) = find(&message, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(message.get(..end)?).to_lowercase();
        let body = message.len() - end - 4;
        let is_whole = match head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
        {
            Some(length) => body >= length.trim().parse().ok()?,
            None if head.contains("transfer-encoding: chunked") => message.ends_with(b"0\r\n\r\n"),
            None => true,
        };
        if is_whole {
            return Some(message);
        }
    }
}

/// A message with a text replaced wherever it stands.
fn replace(message: &[u8], text: &str, other: &str) -> Vec<u8> {
    assert_eq!(text.len(), other.len(), "a message's length is in its head");
    let mut message = message.to_vec();
    while let Some(at) = find(&message, text.as_bytes()) {
        message[at..at + text.len()].copy_from_slice(other.as_bytes());
    }
    message
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
