//! The operators' watch where nodes, the webhook or the program itself fail.

use std::fs;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tempfile::TempDir;
use tiny_http::{Response, Server};

use crate::devnet::{Devnet, call};
use crate::proxy::{Fate, Proxy};
use crate::running::{Running, documented, keep_scrape, names_of};
use crate::watch::{alerts, lines_of, look, operator_of};

/// Takes what is posted, and answers with a status.
struct Listener {
    url: String,
    status: Arc<AtomicU16>,
    posted: Arc<Mutex<Vec<Value>>>,
}

impl Listener {
    fn answering(status: u16) -> Self {
        let server = Server::http("127.0.0.1:0").unwrap();
        let address = server.server_addr().to_ip().unwrap();
        let listener = Self {
            url: format!("http://{address}/hook"),
            status: Arc::new(AtomicU16::new(status)),
            posted: Arc::default(),
        };
        let (status, posted) = (listener.status.clone(), listener.posted.clone());
        std::thread::spawn(move || {
            for mut request in server.incoming_requests() {
                let mut body = String::new();
                request.as_reader().read_to_string(&mut body).unwrap();
                let status = status.load(Ordering::SeqCst);
                if status < 300 {
                    let object = serde_json::from_str(&body).unwrap();
                    posted.lock().unwrap().push(object);
                }
                let _ = request.respond(Response::empty(status));
            }
        });
        listener
    }

    fn posted(&self) -> Vec<Value> {
        self.posted.lock().unwrap().clone()
    }
}

/// Says that the chain is nobody's development chain, and its latest block old.
fn old() -> Fate {
    let pairs = [
        ("\"moniker\":\"devnet\"", "\"moniker\":\"others\""),
        ("\"latest_block_time\":\"20", "\"latest_block_time\":\"19"),
    ];
    let owned = pairs.map(|(from, to)| (from.to_string(), to.to_string()));
    Fate::Replace(owned.into())
}

#[test]
fn lesson_28_a_node_with_an_old_block_is_judged_by_nobody() {
    let devnet = Devnet::with_vault();
    let proxy = Proxy::of(&devnet.url());
    proxy.set("\"method\": \"status\"", old());
    let by_proxy = ["--node", &proxy.url];
    devnet.jail("wave");
    let lines = look(&devnet, &["wave"], &by_proxy);
    assert_eq!(alerts(&lines), [("stale_node", "firing")], "{lines:#?}");
    let told = lines.iter().find(|line| line["event"] == "alert").unwrap();
    let host = proxy.url.trim_start_matches("http://");
    assert!(told["message"].as_str().unwrap().contains(host), "{told}");
    // a keeper sends nothing by what it says
    devnet.advance(2 * 86_400);
    let ran = devnet.keep_once("900000000ustake", &by_proxy);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stdout.contains("node_behind") && !ran.stdout.contains("\"sent\""));
    // one in step beside it is asked in its place
    let url = devnet.url();
    let both = ["--node", &proxy.url, "--node", &url];
    let lines = look(&devnet, &["wave"], &both);
    assert_eq!(
        alerts(&lines),
        [("stale_node", "resolved"), ("jailed", "firing")]
    );
}

#[test]
fn lesson_29_alerts_repeat_across_restarts_and_reach_a_webhook_that_was_away() {
    let devnet = Devnet::with_vault();
    let listener = Listener::answering(500);
    let hook = ["--webhook", listener.url.as_str()];
    devnet.jail("wave");
    let lines = look(&devnet, &["wave"], &hook);
    assert_eq!(alerts(&lines), [("jailed", "firing")]);
    let waiting = lines.iter().find(|line| line["event"] == "not_posted");
    assert_eq!(waiting.unwrap()["waiting"], 1);
    assert!(!lines.iter().any(|line| line.to_string().contains("/hook")));
    assert!(alerts(&look(&devnet, &["wave"], &hook)).is_empty());

    // an hour later, by what lies on the disk; the program began anew meanwhile
    let file = devnet.home().join("watch/defenders-devnet-1.json");
    let mut memory: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let seen = memory["validators"].as_object_mut().unwrap();
    let held = &mut seen.values_mut().next().unwrap()["alerts"]["jailed"];
    held["told_at"] = json!(held["told_at"].as_u64().unwrap() - 3_601);
    fs::write(&file, memory.to_string()).unwrap();
    let lines = look(&devnet, &["wave"], &hook);
    assert_eq!(alerts(&lines), [("jailed", "repeated")]);

    // the webhook is back while the node is gone: it gets everything, in its order
    listener.status.store(204, Ordering::SeqCst);
    devnet.kill_node();
    let mut arguments = vec!["watch", "--once", "--validator", "wave"];
    arguments.extend(hook);
    let ran = devnet.defenders(&arguments);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert_eq!(
        alerts(&lines_of(&ran.stdout)),
        [("node_unreachable", "firing")]
    );
    let told: Vec<Value> = listener
        .posted()
        .iter()
        .map(|it| json!([it["event"], it["alert"], it["standing"]]))
        .collect();
    let expected = [
        json!(["alert", "jailed", "firing"]),
        json!(["alert", "jailed", "repeated"]),
        json!(["alert", "node_unreachable", "firing"]),
    ];
    assert_eq!(told, expected);
    devnet.start();
    let lines = look(&devnet, &["wave"], &hook);
    assert_eq!(alerts(&lines), [("node_unreachable", "resolved")]);
    assert_eq!(listener.posted().len(), 4);
}

/// What stands among the arguments everybody on the machine sees.
#[test]
fn the_webhook_may_be_named_by_a_variable() {
    let devnet = Devnet::with_vault();
    let listener = Listener::answering(200);
    devnet.jail("wave");
    let status = std::process::Command::new(crate::devnet::PROGRAM)
        .args(["watch", "--once", "--validator", "wave"])
        .env("DEFENDERS_WEBHOOK", &listener.url)
        .current_dir(devnet.home())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(listener.posted()[0]["alert"], "jailed");
}

#[test]
fn scraped_watch_that_runs_tells_when_nodes_are_gone_and_back() {
    let devnet = Devnet::with_vault();
    let listener = Listener::answering(200);
    devnet.jail("tuzem");
    let watch = Running::start(
        &devnet,
        &[
            "watch",
            "--validator",
            "wave",
            "--validator",
            "tuzem",
            "--every",
            "1",
            "--webhook",
            &listener.url,
            "--serve",
            "127.0.0.1:0",
        ],
    );
    let wanted = documented(&[
        "defenders_validator",
        "defenders_watch",
        "defenders_node",
        "defenders_source",
    ]);
    let mut text = String::new();
    watch.wait_until("a documented metric is not answered", || {
        text = watch.scrape();
        names_of(&text).is_superset(&wanted)
    });
    assert_eq!(names_of(&text), wanted);
    keep_scrape("watch.metrics", &text);
    let operator = |name: &str| operator_of(&devnet, name);
    let of = |metric: &str, name: &str| {
        format!(
            "{metric}{{validator=\"{}\",name=\"{name}\"}}",
            operator(name)
        )
    };
    let jailed = of("defenders_validator_jailed", "tuzem");
    assert_eq!(watch.metric(&jailed).as_deref(), Some("1"));
    let bonded = of("defenders_validator_bonded", "wave");
    assert_eq!(watch.metric(&bonded).as_deref(), Some("1"));
    assert_eq!(watch.get("/readyz", "*/*").status, 200);

    devnet.kill_node();
    watch.wait_until("it stays ready without a node", || {
        watch.get("/readyz", "*/*").status == 503
    });
    assert_eq!(watch.get("/healthz", "*/*").status, 200);
    let is_gone = |line: &Value, standing: &str| {
        line["alert"] == "node_unreachable" && line["standing"] == standing
    };
    watch.wait_for(|line| is_gone(line, "firing"));
    devnet.start();
    watch.wait_for(|line| is_gone(line, "resolved"));
    watch.wait_until("it is not ready again", || {
        watch.get("/readyz", "*/*").status == 200
    });
    // who was jailed before is not told anew, and the webhook has the same lines
    let alerts: Vec<Value> = watch.of_event("alert");
    let shown: Vec<&str> = alerts
        .iter()
        .map(|line| line["alert"].as_str().unwrap())
        .collect();
    assert_eq!(shown, ["jailed", "node_unreachable", "node_unreachable"]);
    watch.wait_until("the webhook lacks some", || listener.posted().len() == 3);
    assert_eq!(listener.posted()[1]["alert"], "node_unreachable");
    assert_eq!(watch.of_event("watching").len(), 1);
}

/// A chain whose coin has eighteen decimals: its validators hold 10^24 base units.
#[test]
fn lesson_20_amounts_of_ten_to_the_24_are_exact() {
    let folder = TempDir::new().unwrap();
    let set = folder.path().join("set.csv");
    let mut text = format!("xvaloper1a,bonded,false,1{:024},0.05,large\n", 0);
    for index in 0..9 {
        text += &format!(
            "xvaloper1{index},bonded,false,1{:021},0.05,small {index}\n",
            0
        );
    }
    fs::write(&set, text).unwrap();
    let set = set.to_str().unwrap();
    let home = folder.path().join("devnet");
    let home = home.to_str().unwrap();
    let start = ["devnet", "start", "--bare", "--block-time", "200ms"];
    let more = ["--home", home, "--validators-file", set];
    call(folder.path(), &[&start[..], &more[..]].concat()).ok();
    let ran = call(
        std::path::Path::new(home),
        &["watch", "--once", "--validator", "large"],
    );
    call(folder.path(), &["devnet", "stop", "--home", home]).ok();
    let lines = lines_of(&ran.ok().stdout);
    let looked = lines.iter().find(|line| line["event"] == "looked").unwrap();
    assert_eq!(looked["validators"][0]["tokens"], format!("1{:024}", 0));
}
