//! The program that runs real chains: one child process for all tests of a binary, one JSON
//! request per line to it, one JSON answer per line back. `tests/wasmd/README.md` specifies both.

use std::fmt::{Display, Formatter};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::Value;

/// The program, from the checkout's root.
const PROGRAM: &str = "target/wasmd/wasmd-chain";
/// Most characters of a request that a message repeats.
const SHOWN: usize = 2_000;

static PROCESS: OnceLock<Mutex<Process>> = OnceLock::new();

struct Process {
    _child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// Why the program did not serve a request.
#[derive(Clone, Debug)]
pub struct Unserved {
    /// The condition, one of the protocol's names.
    pub name: String,
    /// Its numbers.
    pub message: String,
    /// What was asked.
    pub request: String,
}

impl Display for Unserved {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let Self {
            name,
            message,
            request,
        } = self;
        write!(f, "{name}: {message}, asked {request}")
    }
}

/// A file that a script of the checkout builds.
pub fn built(path: impl AsRef<Path>, script: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = root.join(path);
    assert!(
        file.is_file(),
        "{} is missing: build it with {script}",
        file.display()
    );
    file
}

fn start() -> Mutex<Process> {
    let mut child = Command::new(built(PROGRAM, "tests/wasmd/build.sh"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let requests = child.stdin.take().unwrap();
    let answers = BufReader::new(child.stdout.take().unwrap());
    Mutex::new(Process {
        _child: child,
        requests,
        answers,
    })
}

impl Process {
    fn exchange(&mut self, request: &str) -> std::io::Result<String> {
        writeln!(self.requests, "{request}")?;
        self.requests.flush()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        Ok(answer)
    }
}

/// Asks the program.
pub fn ask(request: &Value) -> Result<Value, Unserved> {
    let text = request.to_string();
    let answer = {
        let process = PROCESS.get_or_init(start).lock();
        let mut process = process.unwrap_or_else(PoisonError::into_inner);
        process.exchange(&text)
    };
    let request: String = text.chars().take(SHOWN).collect();
    let answer = answer.unwrap_or_default();
    assert!(!answer.is_empty(), "the real chain died of {request}");
    let mut answer: Value = serde_json::from_str(&answer).unwrap();
    if answer["ok"] == true {
        return Ok(answer["result"].take());
    }
    let told = |key: &str| answer["error"][key].as_str().unwrap_or_default().to_owned();
    Err(Unserved {
        name: told("name"),
        message: told("message"),
        request,
    })
}

/// Asks what the program must serve.
pub fn demand(request: &Value) -> Value {
    ask(request).unwrap_or_else(|unserved| panic!("{unserved}"))
}

#[cfg(test)]
mod tests {
    use super::built;

    #[test]
    #[should_panic(expected = "build it with scripts/build-wasm.sh")]
    fn missing_file_names_the_script_that_builds_it() {
        built("target/wasm/no_such.wasm", "scripts/build-wasm.sh");
    }
}
