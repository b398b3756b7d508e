package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestOptionsThatMakeNoSenseAreRefused(t *testing.T) {
	for word, arguments := range map[string][]string{
		"--home DIR is needed":      {},
		"is no option":              {"--home", "x", "stop"},
		"neither 0 nor at least 10": {"--home", "x", "--keep-blocks", "5"},
		"is not above 0":            {"--home", "x", "--block-time", "0s"},
	} {
		if _, err := nodeOptionsOf(arguments); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%v: %v", arguments, err)
		}
	}
}

func TestAFolderIsOfOneChainAndOneNode(t *testing.T) {
	t.Parallel()
	n := newNode(t, nodeSpec(fields{"accept_list": "hub"}))
	refused := func(word string, arguments ...string) {
		t.Helper()
		command := exec.Command(os.Args[0], append([]string{"node"}, arguments...)...)
		if text, err := command.CombinedOutput(); err == nil || !strings.Contains(string(text), word) {
			t.Fatalf("%v: %v: %s", arguments, err, text)
		}
	}
	spec := func(text string) string {
		path := filepath.Join(t.TempDir(), "spec.json")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	refused("holds no chain yet: --spec FILE", "--home", n.home)
	refused("bad_genesis", "--home", n.home, "--spec", spec(`{"chain":"x","validators":[]}`))
	refused("bad_genesis", "--home", n.home, "--spec", spec(`{"chain":"x","validators":[{"name":"v","tokens":"5"}]}`))
	refused("bad_request", "--home", n.home, "--spec", spec(`{"chain":"x","validators":[],"coins":5}`))
	n.start() // none of these has begun it
	refused("another node runs on", "--home", n.home)
	ports := n.told
	n.quit()
	if _, err := os.Stat(filepath.Join(n.home, "node.json")); !os.IsNotExist(err) {
		t.Fatalf("node.json is there: %v", err)
	}
	refused("was made of another spec", "--home", n.home, "--spec", spec(`{"chain":"x","validators":[{"name":"v","tokens":"1000000"}]}`))
	n.start()
	if n.told.RPC != ports.RPC || n.told.GRPC != ports.GRPC || n.told.REST != ports.REST || n.told.Height <= ports.Height {
		t.Fatalf("%+v after %+v", n.told, ports)
	}
	if told, err := os.ReadFile(filepath.Join(n.home, "node.json")); err != nil || !strings.Contains(string(told), n.told.RPC) {
		t.Fatalf("%s %v", told, err)
	}
	_ = n.process.Process.Signal(syscall.SIGTERM)
	if code := n.ended(); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	address := strings.TrimPrefix(ports.RPC, "http://")
	other := startedNode(t, nil, "--rpc", address)
	n.start() // its port is taken
	if n.told.RPC == other.told.RPC {
		t.Fatal("two nodes on a port")
	}
	refused("address already in use", "--home", filepath.Join(t.TempDir(), "third"), "--spec", n.specFile(), "--rpc", address)
}

func TestAChainMayBeginInThePast(t *testing.T) {
	t.Parallel()
	spec := nodeSpec(nil)
	spec["time_seconds"] = defaultGenesisTime
	n := newNode(t, spec)
	n.start()
	n.waitFor(5)
	if passed := clock(t, n.control("devnet_status", nil)).Unix() - defaultGenesisTime; passed < 0 || passed > 60 {
		t.Fatalf("%d s", passed)
	}
}
