//! A development chain's life: found, stopped, killed, gone on with.

use crate::devnet::Devnet;

#[test]
fn a_chain_goes_on_where_it_was() {
    let devnet = Devnet::with_vault();
    let vault = devnet.vault();
    let height = |devnet: &Devnet| devnet.status()["height"].as_u64().unwrap();
    let before = height(&devnet);
    devnet.kill_node();
    devnet
        .defenders(&["devnet", "status", "--home", "."])
        .fails(2, "no development chain runs");
    devnet.start();
    assert!(height(&devnet) >= before);
    assert_eq!(devnet.vault(), vault);
    // a second start finds it there
    let again = devnet.defenders(&["devnet", "start", "--home", "."]).ok();
    assert!(again.stderr.contains("runs already"), "{again:?}");
    devnet.defenders(&["verify"]).ok();
    let shown = devnet.defenders(&["devnet", "status", "--home", "."]).ok();
    assert!(
        shown.stdout.contains("one program makes the blocks"),
        "{}",
        shown.stdout
    );
}

#[test]
fn time_passes_and_validators_fail_when_told() {
    let devnet = Devnet::with_vault();
    let time = |devnet: &Devnet| devnet.status()["time"].as_str().unwrap().to_string();
    let before = time(&devnet);
    devnet.advance(21 * 86_400);
    assert!(time(&devnet) > before);
    // a clock that was advanced is no node that is behind
    let ran = devnet
        .defenders(&["deposit", "1STAKE", "--from", "bob", "--dry-run"])
        .ok();
    assert!(!ran.stderr.contains("behind"), "{ran:?}");
    let (last, _) = devnet.validators().last().unwrap().clone();
    devnet.jail(&last);
    let status = devnet.status();
    let jailed = status["validators"]
        .as_array()
        .unwrap()
        .iter()
        .find(|validator| validator["name"] == last.as_str());
    assert_eq!(jailed.unwrap()["jailed"], true);
    devnet
        .defenders(&["devnet", "jail", "nobody", "--home", "."])
        .fails(2, "nobody");
    devnet
        .defenders(&["devnet", "advance", "soon", "--home", "."])
        .fails(2, "is no time");
}

#[test]
fn files_of_others_are_neither_begun_among_nor_removed() {
    let devnet = Devnet::with_vault();
    let file = devnet.home().join("of-somebody");
    std::fs::write(&file, "kept").unwrap();
    devnet
        .defenders(&["devnet", "reset", "--home", "."])
        .fails(2, "give --yes");
    devnet
        .defenders(&["devnet", "reset", "--home", ".", "--yes"])
        .ok();
    let left: Vec<_> = std::fs::read_dir(devnet.home()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
    devnet
        .defenders(&["devnet", "start", "--home", "."])
        .fails(2, "has other files in it (of-somebody)");
    devnet
        .defenders(&["devnet", "reset", "--home", ".", "--yes"])
        .fails(2, "is no folder of a development chain");
}

/// What a start says of a chain that is there is either so, or refused.
#[test]
fn a_start_that_says_another_chain_is_refused() {
    let devnet = Devnet::with_vault();
    let start = |more: &[&str]| {
        let begin = ["devnet", "start", "--home", "."];
        devnet.defenders(&[&begin[..], more].concat())
    };
    start(&["--most", "20"]).ok();
    start(&["--most", "30"]).fails(2, "--most 30, and it was made with --most 20");
    start(&["--validators", "cosmoshub-2022-10"]).fails(2, "it was made with osmosis-2021-07");
    start(&["--block-time", "1s"]).fails(2, "--block-time 1s, where it has 200ms");
    start(&["--rpc", "127.0.0.1:1"]).fails(2, "--rpc 127.0.0.1:1, where it has");
    let names: Vec<String> = devnet
        .validators()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut absent = vec!["devnet", "absent", "--home", "."];
    absent.extend(names.iter().take(15).map(String::as_str));
    let shown = devnet.defenders(&absent).ok().stdout;
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
}

/// A port is somebody else's when the node that had it is gone: then no chain runs, and nobody else is stopped.
#[test]
fn another_node_at_its_port_is_not_taken_for_it() {
    let devnet = Devnet::with_vault();
    let other = Devnet::with_vault();
    devnet.kill_node();
    let notes = devnet.home().join("chain/node.json");
    let mut node: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&notes).unwrap()).unwrap();
    node["rpc"] = other.url().into();
    std::fs::write(&notes, node.to_string()).unwrap();
    for action in ["status", "stop"] {
        devnet
            .defenders(&["devnet", action, "--home", "."])
            .fails(2, "no development chain runs");
    }
    assert!(other.status()["height"].as_u64().unwrap() > 0);
    // nor a service of another kind
    let service = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    node["rpc"] = format!("http://{}", service.local_addr().unwrap()).into();
    std::fs::write(&notes, node.to_string()).unwrap();
    devnet
        .defenders(&["devnet", "status", "--home", "."])
        .fails(2, "no development chain runs");
}

/// The first decisions are one proposal: settings, the guardian, the list.
#[test]
fn a_devnet_is_governed_as_designed() {
    let devnet = Devnet::with_vault();
    let shown = devnet.defenders(&["inspect", "1", "--json"]).json();
    assert_eq!(shown["status"], "executed");
    let names: Vec<&str> = shown["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["propose_settings", "propose_settings", "list_validators"]
    );
    let told = shown.to_string();
    assert!(told.contains(&devnet.account("guardian")), "{told}");
}

/// `start` killed while it founds leaves nothing behind that works on: the next one goes on at once, and every first
/// deposit is made once.
#[test]
fn a_founding_that_is_broken_off_goes_on_at_once() {
    let devnet = Devnet::bare();
    let home = devnet.home();
    let start = ["devnet", "start", "--home", ".", "--json"];
    let mut kills = 0;
    for millis in (300..).step_by(350) {
        let mut child = devnet.spawn(&start);
        let began = std::time::Instant::now();
        while began.elapsed().as_millis() < millis && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        match child.try_wait().unwrap() {
            Some(status) => {
                assert!(status.success(), "{:?}", child.wait_with_output());
                break;
            }
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
            }
        }
        assert!(kills < 60, "it comes to no end");
    }
    assert!(kills >= 3, "{kills} kills only");
    let worth = |name: &str| {
        let position = devnet.defenders(&["position", name, "--json"]).ok().json();
        position["worth"].as_str().unwrap().parse::<u128>().unwrap() / 1_000_000
    };
    let once = |name: &str, deposit: u128| {
        let worth = worth(name);
        assert!(
            (deposit - 1..deposit + 10).contains(&worth),
            "{name}: {worth}"
        );
    };
    once("alice", 5_000);
    // broken off between a deposit and its note
    for note in ["deposit-of-alice", "founded"] {
        std::fs::remove_file(home.join(note)).unwrap();
    }
    devnet.defenders(&start).ok();
    once("alice", 5_000);
    once("bob", 2_000);
    once("carol", 800);
}

#[test]
fn the_clock_is_not_put_forward_for_ever() {
    let devnet = Devnet::with_vault();
    let advance = |time: &str| devnet.defenders(&["devnet", "advance", time, "--home", "."]);
    advance("99999d").fails(2, "more than the 3650 days");
    for _ in 0..10 {
        advance("3650d").ok();
    }
    advance("3650d").fails(2, "can be put forward by");
    advance("1d").fails(2, "can be put forward by");
    let before = devnet.status()["height"].as_u64().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(devnet.status()["height"].as_u64().unwrap() > before);
}

#[test]
fn a_devnet_listens_on_this_machine_only_and_bans_nobody_twice() {
    let devnet = Devnet::with_vault();
    let bare = devnet.home().join("other");
    let bare = bare.to_str().unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "nonsense", "192.0.2.1:26657"] {
        let start = [
            "devnet", "start", "--bare", "--home", bare, "--rpc", address,
        ];
        devnet.defenders(&start).fails(2, "on this machine only");
        assert!(!std::path::Path::new(bare).exists());
    }
    let ban = ["devnet", "double-sign", "wave", "--home", "."];
    devnet.defenders(&ban).ok();
    devnet.defenders(&ban).fails(2, "tombstoned already");
}
