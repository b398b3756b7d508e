package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
)

// testNode is a node that runs as a process of its own.
type testNode struct {
	testing.TB
	home    string
	options []string
	process *exec.Cmd
	told    nodeTold
	rpc     *rpchttp.HTTP
}

// quickBlocks let tests wait for many.
const quickBlocks = 25 * time.Millisecond

// longestWait for what should happen within moments, on a busy machine.
const longestWait = 60 * time.Second

// nodeSpec has alice and bob, and five validators of different weight.
func nodeSpec(params fields) fields {
	var all []fields
	for i := range 5 {
		all = append(all, fields{"name": fmt.Sprintf("val-%d", i), "tokens": fmt.Sprint((5 - i) * 1000 * million)})
	}
	return fields{
		"chain":      "node-1",
		"validators": all,
		"params":     params,
		"accounts": []fields{
			{"name": "alice", "coins": "1000000000000ustake"},
			{"name": "bob", "coins": "1000000000000ustake,1000000000000uatom"},
		},
	}
}

// newNode in a new folder, not yet started.
func newNode(t testing.TB, spec fields, options ...string) *testNode {
	t.Helper()
	n := &testNode{TB: t, home: filepath.Join(t.TempDir(), "home"), options: options}
	text, err := json.Marshal(spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(n.specFile(), text, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		n.kill()
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(n.home, "node.log"))
			t.Logf("node.log:\n%s", log)
		}
	})
	return n
}

func startedNode(t testing.TB, params fields, options ...string) *testNode {
	t.Helper()
	n := newNode(t, nodeSpec(params), options...)
	n.start()
	return n
}

// in a subtest, which fails for itself.
func (n *testNode) in(t testing.TB) *testNode {
	inner := *n
	inner.TB = t
	return &inner
}

func (n *testNode) specFile() string { return filepath.Join(filepath.Dir(n.home), "spec.json") }

// launch the process, and tell what it says when it is ready; nothing if it ends before.
func (n *testNode) launch(environment ...string) <-chan string {
	n.Helper()
	program, err := os.Executable()
	if err != nil {
		n.Fatal(err)
	}
	arguments := append([]string{"node", "--home", n.home, "--spec", n.specFile(),
		"--validate", "--block-time", quickBlocks.String()}, n.options...)
	n.process = exec.Command(program, arguments...)
	n.process.Env = append(os.Environ(), environment...)
	output, err := n.process.StdoutPipe()
	if err != nil {
		n.Fatal(err)
	}
	if err := n.process.Start(); err != nil {
		n.Fatal(err)
	}
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(output).ReadString('\n')
		line <- text
	}()
	return line
}

// start and wait until it serves.
func (n *testNode) start(environment ...string) {
	n.Helper()
	if !n.tryStart(environment...) {
		n.Fatal("the node ended before it served")
	}
}

// tryStart tells whether the node came to serve.
func (n *testNode) tryStart(environment ...string) bool {
	n.Helper()
	var line string
	select {
	case line = <-n.launch(environment...):
	case <-time.After(longestWait):
		n.Fatal("the node does not serve")
	}
	if line == "" {
		n.ended()
	}
	return n.ready(line)
}

// ready reads what a node says when it serves.
func (n *testNode) ready(line string) bool {
	n.Helper()
	if line == "" {
		return false
	}
	if err := json.Unmarshal([]byte(line), &n.told); err != nil {
		n.Fatalf("%q: %s", line, err)
	}
	var err error
	if n.rpc, err = rpchttp.New(n.told.RPC, "/websocket"); err != nil {
		n.Fatal(err)
	}
	return true
}

// kill -9.
func (n *testNode) kill() {
	if n.process != nil && n.process.ProcessState == nil {
		_ = n.process.Process.Signal(syscall.SIGKILL)
		_ = n.process.Wait()
	}
}

// quit as a user does.
func (n *testNode) quit() {
	n.Helper()
	n.control("devnet_stop", nil)
	if code := n.ended(); code != 0 {
		n.Fatalf("exit code %d", code)
	}
}

// ended waits until the process has, and gives its exit code, -1 if a signal ended it.
func (n *testNode) ended() int {
	n.Helper()
	late := time.AfterFunc(longestWait, func() { _ = n.process.Process.Kill() })
	defer late.Stop()
	_ = n.process.Wait()
	return n.process.ProcessState.ExitCode()
}

// control calls a method of the node and gives its result.
func (n *testNode) control(method string, params fields) map[string]any {
	n.Helper()
	result, err := n.call(method, params)
	if err != nil {
		n.Fatalf("%s: %s", method, err)
	}
	return result
}

func (n *testNode) call(method string, params fields) (result map[string]any, err error) {
	n.Helper()
	if params == nil {
		params = fields{}
	}
	request, err := json.Marshal(fields{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	if err != nil {
		n.Fatal(err)
	}
	_, text, err := tryFetch("POST", n.told.RPC, string(request), nil)
	if err != nil {
		return nil, err
	}
	var told struct {
		Result map[string]any
		Error  *struct{ Message, Data string }
	}
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		n.Fatalf("%s: %s: %s", method, err, text)
	}
	if told.Error != nil {
		return nil, fmt.Errorf("%s: %s", told.Error.Message, told.Error.Data)
	}
	return told.Result, nil
}

func (n *testNode) height() int64 { return int64(n.control("devnet_status", nil)["height"].(float64)) }

// waitFor a height.
func (n *testNode) waitFor(height int64) {
	n.Helper()
	n.eventually(fmt.Sprintf("height %d", height), func() bool { return n.height() >= height })
}

func (n *testNode) eventually(what string, happened func() bool) {
	n.Helper()
	for end := time.Now().Add(longestWait); time.Now().Before(end); time.Sleep(quickBlocks) {
		if happened() {
			return
		}
	}
	n.Fatalf("never: %s", what)
}

// validator as devnet_status tells it.
func (n *testNode) validator(name string) validatorStatus {
	n.Helper()
	text, err := json.Marshal(n.control("devnet_status", nil)["validators"])
	var all []validatorStatus
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		n.Fatal(err)
	}
	for _, one := range all {
		if one.Name == name {
			return one
		}
	}
	n.Fatalf("no validator %q in %s", name, text)
	return validatorStatus{}
}
