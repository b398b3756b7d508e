//! The server that tells metrics and health.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use defenders_node::read_clock;
use tiny_http::{Header, Method, Request, Response, Server};

use super::board::Board;
use super::page::Format;
use crate::session::SessionError;

/// A board that loop and server share.
#[derive(Clone, Default)]
pub struct Shared(Arc<Mutex<Board>>);

impl Shared {
    /// The board.
    pub fn lock(&self) -> MutexGuard<'_, Board> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers `/metrics`, `/healthz` and `/readyz` from a thread of its own for as long as the program runs. The address
/// that it listens on: the port is chosen where 0 was given.
pub fn serve(address: SocketAddr, board: &Shared) -> Result<SocketAddr, SessionError> {
    let refused = |reason: String| {
        SessionError::Impossible(format!(
            "--serve: cannot listen on {address}: {reason}; choose another port"
        ))
    };
    let server = Server::http(address).map_err(|error| refused(error.to_string()))?;
    let bound = server.server_addr().to_ip().unwrap_or(address);
    let board = board.clone();
    let listen = move || {
        for request in server.incoming_requests() {
            answer(&board, request);
        }
    };
    thread::Builder::new()
        .name("metrics".to_string())
        .spawn(listen)
        .map_err(|error| refused(error.to_string()))?;
    Ok(bound)
}

fn answer(board: &Shared, request: Request) {
    let accept = request
        .headers()
        .iter()
        .find(|header| header.field.equiv("Accept"))
        .map_or(String::new(), |header| header.value.to_string());
    let path = request.url().split('?').next().unwrap_or_default();
    let is_get = matches!(request.method(), Method::Get | Method::Head);
    let (status, kind, text) = match (is_get, path) {
        (false, _) => (405, PLAIN, "only GET\n".to_string()),
        (true, "/metrics") => {
            let format = Format::of_accept(&accept);
            let text = board.lock().render(read_clock(), format);
            (200, format.content_type(), text)
        }
        (true, "/healthz") => judge(board.lock().why_dead(read_clock())),
        (true, "/readyz") => {
            let board = board.lock();
            let now = read_clock();
            judge(board.why_dead(now).or_else(|| board.why_unready(now)))
        }
        (true, _) => (
            404,
            PLAIN,
            "there are /metrics, /healthz and /readyz\n".to_string(),
        ),
    };
    let mut response = Response::from_string(text).with_status_code(status);
    if let Ok(header) = Header::from_bytes("Content-Type", kind) {
        response.add_header(header);
    }
    // who asked may be gone
    let _ = request.respond(response);
}

const PLAIN: &str = "text/plain; charset=utf-8";

fn judge(why_not: Option<String>) -> (u16, &'static str, String) {
    match why_not {
        None => (200, PLAIN, "ok\n".to_string()),
        Some(why) => (503, PLAIN, format!("{why}\n")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::board::Source;
    use super::super::metric::Page;
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    fn ask(address: SocketAddr, request: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        let head = format!("{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn health_and_readiness_differ_and_other_paths_are_refused() {
        let board = Shared::default();
        let address = serve("127.0.0.1:0".parse().unwrap(), &board).unwrap();
        assert!(ask(address, "GET /healthz").starts_with("HTTP/1.1 503"));
        board.lock().beat(read_clock(), 60);
        assert!(ask(address, "GET /healthz").starts_with("HTTP/1.1 200"));
        assert!(ask(address, "GET /readyz").contains("nothing was read yet"));
        board
            .lock()
            .put(Source::Jobs, Page::default(), read_clock());
        assert!(ask(address, "GET /readyz").starts_with("HTTP/1.1 200"));
        let metrics = ask(address, "GET /metrics");
        assert!(metrics.contains("text/plain; version=0.0.4"), "{metrics}");
        assert!(metrics.contains("last_success_timestamp_seconds{source=\"jobs\"}"));
        assert!(ask(address, "GET /").starts_with("HTTP/1.1 404"));
        assert!(ask(address, "POST /metrics").starts_with("HTTP/1.1 405"));
        let taken = serve(address, &board).unwrap_err();
        assert!(taken.is_of_user() && taken.to_string().contains("choose another port"));
    }
}
