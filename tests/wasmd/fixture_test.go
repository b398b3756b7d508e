package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tests speak the protocol: lines in, lines out, one process for all of them.
var shared *server

func TestMain(m *testing.M) {
	// the nodes of the tests are processes of their own, to be killed
	if len(os.Args) > 1 && os.Args[1] == "node" {
		main()
		return
	}
	setAddressPrefixes()
	s, err := newServer()
	if err != nil {
		panic(err)
	}
	shared = s
	code := m.Run()
	s.close()
	os.Exit(code)
}

// fields of a request.
type fields map[string]any

// testChain asks one chain and fails the test on a refusal.
type testChain struct {
	testing.TB
	name string
}

var chainsBegun int

// million of the denom is one unit of voting power.
const million = 1_000_000

// validators named val-0, val-1, … with 1000 million each; commission 5 %.
func validators(count int) []fields {
	var all []fields
	for i := range count {
		all = append(all, fields{"name": fmt.Sprintf("val-%d", i), "tokens": "1000000000"})
	}
	return all
}

// noInflation leaves balances to the test.
func noInflation(more fields) fields {
	params := fields{"inflation": "0"}
	for name, value := range more {
		params[name] = value
	}
	return params
}

// begin a chain where alice has a million million ustake and bob as much uatom beside.
func begin(t testing.TB, validators []fields, params fields) *testChain {
	t.Helper()
	chainsBegun++
	c := &testChain{TB: t, name: fmt.Sprintf("chain-%d", chainsBegun)}
	c.ask("init", fields{
		"validators": validators,
		"params":     params,
		"accounts": []fields{
			{"name": "alice", "coins": "1000000000000ustake"},
			{"name": "bob", "coins": "1000000000000ustake,1000000000000uatom"},
		},
	})
	t.Cleanup(func() {
		if begun, exists := shared.chains[c.name]; exists {
			begun.close()
			delete(shared.chains, c.name)
		}
	})
	return c
}

// exchange sends a request and reads its answer, through JSON both ways.
func exchange(request fields) (map[string]any, *refusal) {
	line, err := json.Marshal(request)
	if err != nil {
		panic(err)
	}
	text, err := json.Marshal(shared.serve(line))
	if err != nil {
		panic(err)
	}
	var told struct {
		OK     bool
		Result map[string]any
		Error  *refusal
	}
	if err := json.Unmarshal(text, &told); err != nil {
		panic(err)
	}
	if told.OK != (told.Error == nil) {
		panic(string(text))
	}
	return told.Result, told.Error
}

func (c *testChain) request(op string, more fields) fields {
	request := fields{"op": op, "chain": c.name}
	for name, value := range more {
		request[name] = value
	}
	return request
}

func (c *testChain) ask(op string, more fields) map[string]any {
	c.Helper()
	result, refused := exchange(c.request(op, more))
	if refused != nil {
		c.Fatalf("%s refused: %s", op, refused)
	}
	return result
}

// refused asks for what must be refused by this name.
func (c *testChain) refused(name, op string, more fields) {
	c.Helper()
	_, refused := exchange(c.request(op, more))
	if refused == nil || refused.Name != name {
		c.Fatalf("%s: want refusal %q, got %v", op, name, refused)
	}
}

// block of transactions, each of one signer and its messages.
func (c *testChain) block(more fields, txs ...fields) []outcome {
	c.Helper()
	if more == nil {
		more = fields{}
	}
	more["txs"] = txs
	return outcomes(c.ask("block", more))
}

// outcome of a transaction.
type outcome struct {
	Code      int
	Codespace string
	Log       string
	GasUsed   int64 `json:"gas_used"`
	GasWanted int64 `json:"gas_wanted"`
	Responses []map[string]any
}

func outcomes(block map[string]any) []outcome {
	var all []outcome
	text, err := json.Marshal(block["txs"])
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		panic(err)
	}
	return all
}

// succeed delivers a transaction that must succeed.
func (c *testChain) succeed(signer string, messages ...fields) outcome {
	c.Helper()
	told := c.block(nil, tx(signer, messages...))[0]
	if told.Code != 0 {
		c.Fatalf("codespace: %s, code: %d: %s", told.Codespace, told.Code, told.Log)
	}
	return told
}

// fail delivers a transaction that the chain must refuse with this code.
func (c *testChain) fail(codespace string, code int, signer string, messages ...fields) outcome {
	c.Helper()
	told := c.block(nil, tx(signer, messages...))[0]
	if told.Codespace != codespace || told.Code != code {
		c.Fatalf("want %s/%d, got %s/%d: %s", codespace, code, told.Codespace, told.Code, told.Log)
	}
	return told
}

func tx(signer string, messages ...fields) fields {
	return fields{"signer": signer, "msgs": messages}
}

func coin(amount int64) fields { return fields{"denom": "ustake", "amount": fmt.Sprint(amount)} }

func account(name string) string  { return identityOf(name).Account }
func operator(name string) string { return identityOf(name).Operator }

func staking(kind string, delegator string, amount int64, more fields) fields {
	message := fields{
		"@type":             "/cosmos.staking.v1beta1.Msg" + kind,
		"delegator_address": account(delegator),
		"amount":            coin(amount),
	}
	for name, value := range more {
		message[name] = value
	}
	return message
}

func delegate(delegator, validator string, amount int64) fields {
	return staking("Delegate", delegator, amount, fields{"validator_address": operator(validator)})
}

func undelegate(delegator, validator string, amount int64) fields {
	return staking("Undelegate", delegator, amount, fields{"validator_address": operator(validator)})
}

func redelegate(delegator, from, to string, amount int64) fields {
	return staking("BeginRedelegate", delegator, amount,
		fields{"validator_src_address": operator(from), "validator_dst_address": operator(to)})
}

func unjail(validator string) fields {
	return fields{"@type": "/cosmos.slashing.v1beta1.MsgUnjail", "validator_addr": operator(validator)}
}

// query gives a value out of the answer by a path like "balance.amount".
func (c *testChain) query(query string, request fields, path string) any {
	c.Helper()
	var value any = c.ask("query", fields{"query": query, "request": request})
	for _, step := range strings.Split(path, ".") {
		switch inner := value.(type) {
		case map[string]any:
			value = inner[step]
		case []any:
			var index int
			if _, err := fmt.Sscan(step, &index); err != nil || index >= len(inner) {
				c.Fatalf("%s: no element %q of %d", path, step, len(inner))
			}
			value = inner[index]
		default:
			c.Fatalf("%s: nothing at %q", path, step)
		}
	}
	return value
}

// expect compares a value of a query.
func (c *testChain) expect(want any, query string, request fields, path string) {
	c.Helper()
	if got := c.query(query, request, path); got != want {
		c.Fatalf("%s %s: want %v, got %v", query, path, want, got)
	}
}

func (c *testChain) balance(name, denom string) int64 {
	c.Helper()
	var amount int64
	text := c.query("balance", fields{"address": account(name), "denom": denom}, "balance.amount")
	if _, err := fmt.Sscan(text.(string), &amount); err != nil {
		c.Fatal(err)
	}
	return amount
}

func (c *testChain) height() int64 { return int64(c.ask("status", nil)["height"].(float64)) }
func (c *testChain) time() int64   { return int64(c.ask("status", nil)["time_seconds"].(float64)) }
func (c *testChain) hash() string  { return c.ask("status", nil)["app_hash"].(string) }

// wasm is a contract that ships with wasmd, found through the module cache.
func wasm(t testing.TB, file string) string {
	t.Helper()
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/CosmWasm/wasmd").Output()
	if err != nil {
		t.Fatalf("go list: %s", err)
	}
	return filepath.Join(strings.TrimSpace(string(folder)), "x/wasm/keeper/testdata", file)
}
