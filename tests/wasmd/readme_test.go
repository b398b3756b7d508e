package main

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/cometbft/cometbft/rpc/core"
)

// shows tells whether all that the shortened answer says is in the whole one.
func shows(shortened, whole any) bool {
	switch short := shortened.(type) {
	case map[string]any:
		full, isObject := whole.(map[string]any)
		for name, value := range short {
			if !isObject || full[name] == nil || !shows(value, full[name]) {
				return false
			}
		}
		return isObject
	case []any:
		full, isArray := whole.([]any)
		if !isArray || len(full) != len(short) {
			return false
		}
		for i := range short {
			if !shows(short[i], full[i]) {
				return false
			}
		}
		return true
	default:
		return reflect.DeepEqual(shortened, whole)
	}
}

func TestTheConversationOfTheReadmeIsTrue(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, block := range strings.Split(string(text), "```jsonl\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		lines = append(lines, strings.Split(strings.TrimSpace(block), "\n")...)
	}
	if len(lines) < 20 || len(lines)%2 != 0 {
		t.Fatalf("%d lines are not a conversation", len(lines))
	}
	fresh := &server{engine: shared.engine, chains: map[string]*chain{}}
	contract := wasm(t, "reflect_2_0.wasm")
	for i := 0; i < len(lines); i += 2 {
		request := strings.ReplaceAll(lines[i], "reflect_2_0.wasm", contract)
		told, err := json.Marshal(fresh.serve([]byte(request)))
		if err != nil {
			t.Fatal(err)
		}
		var want, got any
		if err := json.Unmarshal([]byte(lines[i+1]), &want); err != nil {
			t.Fatalf("%s: %s", lines[i+1], err)
		}
		if err := json.Unmarshal(told, &got); err != nil {
			t.Fatal(err)
		}
		if !shows(want, got) {
			t.Errorf("%s\nREADME: %s\nanswer: %s", lines[i], lines[i+1], told)
		}
	}
}

func TestEveryRefusalOfTheCodeStandsInTheReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, after := range strings.Split(string(source), `refuse("`)[1:] {
			name, _, _ := strings.Cut(after, `"`)
			if !strings.Contains(string(readme), "`"+name+"`") {
				t.Errorf("%s: %q is not in the README", file.Name(), name)
			}
		}
	}
}

func TestTheReadmeTellsOfEveryOptionAndMethodOfANode(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	new(nodeOptions).flags().VisitAll(func(option *flag.Flag) {
		if !strings.Contains(readme, "--"+option.Name) {
			t.Errorf("--%s is not in the README", option.Name)
		}
	})
	routes := core.RoutesMap{}
	(&node{}).addControl(routes)
	for method := range routes {
		if !strings.Contains(readme, "| `"+method) {
			t.Errorf("%s is not in the README", method)
		}
	}
	for _, variable := range []string{killAtVariable, killAfterVariable, killsVariable} {
		if !strings.Contains(readme, variable) {
			t.Errorf("%s is not in the README", variable)
		}
	}
}

func TestANodeBeginsWithTheSpecOfTheReadme(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "```json\n")
	block, _, _ := strings.Cut(after, "```")
	var spec fields
	if err := json.Unmarshal([]byte(block), &spec); err != nil {
		t.Fatalf("%s: %s", block, err)
	}
	n := newNode(t, spec)
	n.start()
	if n.told.ChainID != "devnet-1" || !n.validator("val-1").Votes || n.balance("alice") != "1000000000000" {
		t.Fatalf("%+v", n.told)
	}
}
