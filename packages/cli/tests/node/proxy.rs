//! A node's RPC with somebody in between, who loses requests or answers, or changes them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to the calls of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// They never arrive, and are answered with this: a JSON-RPC `result` or `error` with its value.
    Answer(&'static str, serde_json::Value),
    /// In the answer each first text gives way to its second one.
    Replace(Vec<(String, String)>),
}

impl Fate {
    /// In the answer one text gives way to another.
    pub fn replace(from: &str, to: &str) -> Self {
        Self::Replace(vec![(from.to_string(), to.to_string())])
    }
}

/// A call that came by, and what was answered; empty when nothing was.
struct Call {
    request: String,
    answer: String,
}

/// What happens to calls that contain a text, so often; None for ever.
struct Rule {
    text: String,
    fate: Fate,
    times: Option<usize>,
}

#[derive(Default)]
struct Shared {
    rules: Mutex<Vec<Rule>>,
    calls: Mutex<Vec<Call>>,
    /// Calls that met a rule.
    met: Mutex<usize>,
    /// Transactions that were handed on.
    sent: Mutex<usize>,
}

/// A node's RPC with somebody in between.
pub struct Proxy {
    /// Its address.
    pub url: String,
    shared: Arc<Shared>,
}

impl Proxy {
    /// In front of a node.
    pub fn of(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            shared: Arc::default(),
        };
        let target = url.trim_start_matches("http://").to_string();
        let shared = proxy.shared.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, target) = (shared.clone(), target.clone());
                std::thread::spawn(move || serve(stream, &target, &shared));
            }
        });
        proxy
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// From now on calls that contain `text` meet this.
    pub fn set(&self, text: &str, fate: Fate) {
        self.put(text, fate, None);
    }

    /// The next so many calls that contain `text` meet this.
    pub fn set_times(&self, text: &str, fate: Fate, times: usize) {
        self.put(text, fate, Some(times));
    }

    fn put(&self, text: &str, fate: Fate, times: Option<usize>) {
        let mut rules = self.shared.rules.lock().unwrap();
        rules.retain(|rule| rule.text != text);
        let text = text.to_string();
        rules.push(Rule { text, fate, times });
    }

    /// From now on all calls pass.
    pub fn clear(&self) {
        self.shared.rules.lock().unwrap().clear();
    }

    /// How many calls met a rule other than passing.
    pub fn met(&self) -> usize {
        *self.shared.met.lock().unwrap()
    }

    /// How many broadcasts reached the node.
    pub fn sent(&self) -> usize {
        *self.shared.sent.lock().unwrap()
    }

    /// All requests, heads too.
    pub fn requests(&self) -> Vec<String> {
        let calls = self.shared.calls.lock().unwrap();
        calls.iter().map(|call| call.request.clone()).collect()
    }

    /// How many calls contained a text.
    pub fn count(&self, text: &str) -> usize {
        let requests = self.requests();
        requests
            .iter()
            .filter(|request| request.contains(text))
            .count()
    }

    /// What calls that contain a text were answered, whether or not that was handed on.
    pub fn answers(&self, text: &str) -> Vec<String> {
        let calls = self.shared.calls.lock().unwrap();
        let found = calls.iter().filter(|call| call.request.contains(text));
        found.map(|call| call.answer.clone()).collect()
    }

    /// Waits until a rule was met.
    pub fn wait_until_met(&self) {
        wait(|| self.met() > 0, "no call met a rule");
    }

    /// Waits until so many broadcasts have reached the node.
    pub fn wait_until_sent(&self, count: usize) {
        wait(|| self.sent() >= count, "no broadcast");
    }
}

fn wait(is_so: impl Fn() -> bool, else_say: &str) {
    for _ in 0..3_000 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{else_say}");
}

impl Shared {
    /// What happens to a call. It counts as met, unless it passes.
    fn fate_of(&self, text: &str) -> Fate {
        let mut rules = self.rules.lock().unwrap();
        let found = rules
            .iter_mut()
            .find(|rule| rule.times != Some(0) && text.contains(rule.text.as_str()));
        let Some(rule) = found else {
            return Fate::Pass;
        };
        rule.times = rule.times.map(|times| times - 1);
        if rule.fate != Fate::Pass {
            *self.met.lock().unwrap() += 1;
        }
        rule.fate.clone()
    }

    fn note(&self, request: &str, answer: &[u8]) {
        self.calls.lock().unwrap().push(Call {
            request: request.to_string(),
            answer: String::from_utf8_lossy(answer).into_owned(),
        });
    }
}

/// One connection, one call after the other.
fn serve(mut client: TcpStream, target: &str, shared: &Shared) {
    while let Some(request) = read_message(&mut client) {
        let text = String::from_utf8_lossy(&request).into_owned();
        let fate = shared.fate_of(&text);
        let own = match &fate {
            Fate::LoseRequest => {
                shared.note(&text, b"");
                return;
            }
            Fate::Refuse(status) => Some(format!(
                "HTTP/1.1 {status} Refused\r\ncontent-length: 0\r\n\r\n"
            )),
            Fate::Answer(kind, value) => {
                let (_, body) = text.split_once("\r\n\r\n").unwrap();
                let request: serde_json::Value = serde_json::from_str(body).unwrap();
                let answer =
                    serde_json::json!({ "jsonrpc": "2.0", "id": request["id"], *kind: value });
                Some(to_response(&answer.to_string()))
            }
            _ => None,
        };
        if let Some(own) = own {
            shared.note(&text, own.as_bytes());
            if client.write_all(own.as_bytes()).is_err() {
                return;
            }
            continue;
        }
        let request = match &fate {
            Fate::Garble(part, other) => {
                assert_eq!(part.len(), other.len(), "a message's length is in its head");
                text.replace(part, other).into_bytes()
            }
            _ => request,
        };
        let Some(answer) = ask(target, &request) else {
            return;
        };
        shared.note(&text, &answer);
        // the node has it from here on
        if text.contains("broadcast_tx") {
            *shared.sent.lock().unwrap() += 1;
        }
        let answer = match fate {
            Fate::LoseAnswer => return,
            Fate::Hang => {
                std::thread::sleep(Duration::from_secs(600));
                return;
            }
            Fate::Replace(pairs) => {
                let mut body = body_of(&answer);
                for (from, to) in pairs {
                    body = body.replace(&from, &to);
                }
                to_response(&body).into()
            }
            _ => answer,
        };
        if client.write_all(&answer).is_err() {
            return;
        }
    }
}

fn ask(target: &str, request: &[u8]) -> Option<Vec<u8>> {
    let mut node = TcpStream::connect(target).ok()?;
    node.write_all(request).ok()?;
    read_message(&mut node)
}

fn to_response(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The body of a message, put together when it came in chunks.
fn body_of(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    if !head.to_lowercase().contains("transfer-encoding: chunked") {
        return body.to_string();
    }
    let (mut whole, mut rest) = (String::new(), body);
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        whole += &after[..size];
        rest = after[size..].trim_start_matches("\r\n");
        if size == 0 {
            break;
        }
    }
    whole
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

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
