package main

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"sort"
	"strings"
	"testing"
)

func TestBadRequestsAreAnsweredByName(t *testing.T) {
	c := begin(t, validators(2), nil)
	there := `"chain":"` + c.name + `"`
	for line, name := range map[string]string{
		`nonsense`:                         "bad_request",
		`[]`:                               "bad_request",
		`{"op":"fly"}`:                     "unknown_op",
		`{}`:                               "unknown_op",
		`{"op":"block","chain":"nowhere"}`: "unknown_chain",
		`{"op":"block",` + there + `,"advanse":5}`:                                                                       "bad_request",
		`{"op":"block",` + there + `} {}`:                                                                                "bad_request",
		`{"op":"block",` + there + `,"time_seconds":5}`:                                                                  "bad_time",
		`{"op":"block",` + there + `,"advance":-5}`:                                                                      "bad_time",
		`{"op":"block",` + there + `,"advance":5,"time_seconds":5}`:                                                      "bad_time",
		`{"op":"block",` + there + `,"absent":["nobody"]}`:                                                               "unknown_validator",
		`{"op":"block",` + there + `,"on_leaving":"hope"}`:                                                               "bad_request",
		`{"op":"block",` + there + `,"txs":[{"signer":"alice","msgs":[]}]}`:                                              "bad_message",
		`{"op":"block",` + there + `,"txs":[{"signer":"alice","msgs":[{"@type":"/no.Such"}]}]}`:                          "bad_message",
		`{"op":"block",` + there + `,"txs":[{"signer":"nobody","msgs":[{"@type":"/cosmos.bank.v1beta1.MsgSend"}]}]}`:     "unknown_account",
		`{"op":"block",` + there + `,"txs":[{"signer":"wasm1x","msgs":[]}]}`:                                             "bad_name",
		`{"op":"block",` + there + `,"txs":[{"signer":"alice","msgs":[],"gas":"lots"}]}`:                                 "bad_request",
		`{"op":"blocks",` + there + `,"count":0}`:                                                                        "bad_request",
		`{"op":"query",` + there + `,"query":"weather"}`:                                                                 "unknown_query",
		`{"op":"query",` + there + `,"query":"/cosmos.bank.v1beta1.Query/Weather"}`:                                      "unknown_query",
		`{"op":"query",` + there + `,"query":"balance","request":{"adress":"x"}}`:                                        "bad_request",
		`{"op":"query",` + there + `,"query":"validator","request":{"validator_addr":"x"}}`:                              "query_failed",
		`{"op":"smart",` + there + `,"contract":"x","msg":{}}`:                                                           "bad_address",
		`{"op":"smart",` + there + `,"contract":"` + account("alice") + `","msg":{}}`:                                    "query_failed",
		`{"op":"store",` + there + `,"signer":"alice","path":"/no/such/file"}`:                                           "bad_request",
		`{"op":"store",` + there + `,"signer":"alice","base64":"AAAA"}`:                                                  "store_refused",
		`{"op":"restore",` + there + `,"snapshot":9}`:                                                                    "unknown_snapshot",
		`{"op":"forget",` + there + `}`:                                                                                  "unknown_snapshot",
		`{"op":"addresses","names":["wasmvaloper1x"]}`:                                                                   "bad_name",
		`{"op":"init",` + there + `,"validators":[{"name":"v","tokens":"1000000"}]}`:                                     "chain_exists",
		`{"op":"init","chain":"x","validators":[]}`:                                                                      "bad_genesis",
		`{"op":"init","chain":"x","validators":[{"name":"v","tokens":"5"}]}`:                                             "bad_genesis",
		`{"op":"init","chain":"x","validators":[{"name":"v","tokens":"0"}]}`:                                             "bad_genesis",
		`{"op":"init","chain":"x","validators":[{"name":"v","tokens":"1000000"},{"name":"v","tokens":"1000000"}]}`:       "bad_genesis",
		`{"op":"init","chain":"x","validators":[{"name":"v","tokens":"1000000"}],"accounts":[{"coins":"1u"}]}`:           "bad_genesis",
		`{"op":"init","chain":"x","validators":[{"name":"v","tokens":"1000000"}],"params":{"accept_list":"some"}}`:       "bad_accept_list",
		`{"op":"init","chain":"x","validators":[{"name":"v","tokens":"1000000"}],"params":{"max_entrys":7}}`:             "bad_request",
		`{"op":"init","chain":"x","validators":[{"name":"v","tokens":"1000000"}],"genesis":{"staking":"nonsense"}}`:      "panicked",
		`{"op":"init","chain":"x","validators":[{"name":"v","tokens":"1000000"}],"accounts":[{"name":"a","coins":"?"}]}`: "bad_coins",
	} {
		told := shared.serve([]byte(line))
		if told.OK || told.Error == nil || told.Error.Name != name {
			t.Errorf("%s: want %q, got %v %v", line, name, told.Error, told.Result)
		}
	}
	if c.height() != 1 {
		t.Fatalf("a refused request made a block: height %d", c.height())
	}
	c.block(nil)
}

func TestTheIDIsEchoed(t *testing.T) {
	for _, id := range []string{`7`, `"seven"`, `{"a":7}`} {
		for _, op := range []string{"about", "nonsense"} {
			told := shared.serve([]byte(`{"op":"` + op + `","id":` + id + `}`))
			if string(told.ID) != id {
				t.Fatalf("want %s, got %s", id, told.ID)
			}
		}
	}
}

func TestEveryLineIsAnsweredByOneLine(t *testing.T) {
	lines := []string{`{"op":"addresses","names":["alice"]}`, ``, `nonsense`, `{"op":"about"}`}
	var output strings.Builder
	if err := answerLines(shared, strings.NewReader(strings.Join(lines, "\n")), &output); err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSuffix(output.String(), "\n"), "\n")
	if len(answers) != 3 { // the empty line asks nothing
		t.Fatalf("want 3 answers, got %q", answers)
	}
	for _, text := range answers {
		if !json.Valid([]byte(text)) {
			t.Fatalf("not JSON: %s", text)
		}
	}
}

func TestAddressesDependOnNamesAlone(t *testing.T) {
	result, refused := exchange(fields{"op": "addresses", "names": []string{"alice"}})
	if refused != nil {
		t.Fatal(refused)
	}
	want := map[string]any{
		"account":  "wasm1tn2lrlw44gs5v6c4f4mkxjfj2xs84vjzrded04",
		"operator": operator("alice"), "consensus": identityOf("alice").Consensus,
	}
	got := result["addresses"].(map[string]any)["alice"].(map[string]any)
	for name, value := range want {
		if got[name] != value {
			t.Fatalf("%s: want %v, got %v", name, value, got[name])
		}
	}
}

func TestASecondInitOfANameNeedsADrop(t *testing.T) {
	c := begin(t, validators(2), nil)
	c.refused("chain_exists", "init", fields{"validators": validators(2)})
	c.ask("drop", nil)
	c.refused("unknown_chain", "status", nil)
	c.ask("init", fields{"validators": validators(2)})
}

func TestNoMutilatedLineKillsTheProcess(t *testing.T) {
	c := begin(t, validators(2), nil)
	var lines [][]byte
	for op, more := range map[string]fields{
		"block": {"advance": 5, "absent": []string{"val-1"}, "evidence": []fields{{"validator": "val-0", "height": 1}},
			"txs": []fields{tx("alice", delegate("alice", "val-0", million)), tx("bob", send("bob", "alice", 1))}},
		"blocks":   {"count": 2},
		"query":    {"query": "delegations", "request": fields{"delegator_addr": account("alice")}},
		"smart":    {"contract": account("alice"), "msg": fields{"owner": fields{}}},
		"snapshot": nil, "restore": {"snapshot": 1}, "status": nil,
		"init": {"validators": validators(2), "genesis": fields{"mint": fields{"params": fields{"goal_bonded": "0.5"}}}},
	} {
		line, err := json.Marshal(c.request(op, more))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	sort.Slice(lines, func(i, j int) bool { return bytes.Compare(lines[i], lines[j]) < 0 })
	random := rand.New(rand.NewSource(7))
	served := 0
	for range 1500 {
		line := bytes.Clone(lines[random.Intn(len(lines))])
		for range random.Intn(3) {
			line[random.Intn(len(line))] = `"{}[],:0192ab-. \`[random.Intn(16)]
		}
		if shared.serve(line).OK {
			served++
		}
	}
	if served < 200 {
		t.Fatalf("only %d lines were intact enough: the test tries too little", served)
	}
	c.ask("status", nil)
	for name := range shared.chains { // a mutilated name is a name
		if name != c.name {
			exchange(fields{"op": "drop", "chain": name})
		}
	}
}
