//! The program that runs real chains: one JSON request per line to it, one JSON answer per line back.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::read;
use crate::error::{Error, Outcome};

/// Names the program.
const VARIABLE: &str = "WASMD_CHAIN";
/// The program, from the root of its checkout.
const BUILT: &str = "target/wasmd/wasmd-chain";
/// Most characters of a request that an error repeats.
const SHOWN: usize = 2_000;

static SHARED: Mutex<Option<Arc<Program>>> = Mutex::new(None);
static CHAINS: AtomicU64 = AtomicU64::new(0);

/// A running program. It holds any number of chains, and ends when it is dropped.
#[derive(Debug)]
pub struct Program {
    pipes: Mutex<Pipes>,
    addresses: Mutex<BTreeMap<String, Addresses>>,
}

#[derive(Debug)]
struct Pipes {
    child: Child,
    /// Closed to end the program.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// The addresses of a name, the same on every chain.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Addresses {
    /// Of its account.
    pub account: String,
    /// As the operator of a validator.
    pub operator: String,
    /// Of its validator's votes.
    pub consensus: String,
}

impl Program {
    /// Where the program is: the path in `WASMD_CHAIN`, or else where `tests/wasmd/build.sh` of the
    /// checkout that this crate was compiled in puts it.
    pub fn find() -> Outcome<PathBuf> {
        let built = || {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../..")
                .join(BUILT)
        };
        let path = std::env::var_os(VARIABLE).map_or_else(built, PathBuf::from);
        match path.is_file() {
            true => Ok(path),
            false => Err(Error::ProgramMissing { path }),
        }
    }

    /// The program that all chains of this process share unless told otherwise, started when first
    /// asked for: what it has compiled once, it need not compile again.
    pub fn shared() -> Outcome<Arc<Self>> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(program) = shared.as_ref() {
            return Ok(Arc::clone(program));
        }
        let program = Arc::new(Self::start(&Self::find()?, &[])?);
        *shared = Some(Arc::clone(&program));
        Ok(program)
    }

    /// Starts a program of one's own, such as one with the option `-max-wasm-bytes=1677721`.
    pub fn start(path: &Path, options: &[&str]) -> Outcome<Self> {
        let not_started = |source| Error::NotStarted {
            path: path.to_path_buf(),
            source,
        };
        if !path.is_file() {
            return Err(Error::ProgramMissing {
                path: path.to_path_buf(),
            });
        }
        let mut command = Command::new(path);
        command.args(options);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(not_started)?;
        let (requests, answers) = (child.stdin.take(), child.stdout.take());
        let Some(answers) = answers else {
            return Err(not_started(std::io::Error::other("it has no output")));
        };
        let pipes = Pipes {
            child,
            requests,
            answers: BufReader::new(answers),
        };
        Ok(Self {
            pipes: Mutex::new(pipes),
            addresses: Mutex::default(),
        })
    }

    /// Asks the program anything that `tests/wasmd/README.md` specifies; the answer's `result`.
    pub fn ask(&self, request: &Value) -> Outcome<Value> {
        let text = request.to_string();
        let answer = {
            let mut pipes = self.pipes.lock().unwrap_or_else(PoisonError::into_inner);
            pipes.exchange(&text)
        };
        let request = || text.chars().take(SHOWN).collect();
        let answer = answer.unwrap_or_default();
        if answer.is_empty() {
            return Err(Error::Died { request: request() });
        }
        let mut answer: Value = serde_json::from_str(&answer).map_err(|source| Error::Json {
            what: "an answer",
            source,
        })?;
        if answer["ok"] == true {
            return Ok(answer["result"].take());
        }
        let told = |key: &str| answer["error"][key].as_str().unwrap_or_default().to_owned();
        Err(Error::Unserved {
            name: told("name"),
            message: told("message"),
            request: request(),
        })
    }

    /// The addresses of a name. No chain need know it.
    pub fn addresses(&self, name: &str) -> Outcome<Addresses> {
        let known = || {
            self.addresses
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(found) = known().get(name) {
            return Ok(found.clone());
        }
        let told = self.ask(&json!({"op": "addresses", "names": [name]}))?;
        let found: Addresses = read("addresses", &told["addresses"][name])?;
        known().insert(name.to_owned(), found.clone());
        Ok(found)
    }

    /// A name that no other chain of this process has.
    pub(crate) fn next_chain_name(&self) -> String {
        format!("chain-{}", CHAINS.fetch_add(1, Ordering::Relaxed))
    }
}

impl Pipes {
    fn exchange(&mut self, request: &str) -> std::io::Result<String> {
        let mut answer = String::new();
        if let Some(requests) = &mut self.requests {
            writeln!(requests, "{request}")?;
            requests.flush()?;
            self.answers.read_line(&mut answer)?;
        }
        Ok(answer)
    }
}

impl Drop for Pipes {
    /// Closes the program's input and waits for it, so that it removes what it has compiled.
    fn drop(&mut self) {
        self.requests = None;
        let _ = self.child.wait();
    }
}
