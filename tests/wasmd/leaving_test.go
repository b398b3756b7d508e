package main

import (
	"testing"
	"time"
)

// leave makes val-3 leave with all its stake: its record goes once its unbonding is over.
func leave(t *testing.T) *testChain {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("val-3", undelegate("val-3", "val-3", 1000*million))
	return c
}

func TestAJumpRightAfterAValidatorLeftIsSettledFirst(t *testing.T) {
	c := leave(t)
	block := c.ask("block", fields{"advance": unbondingSeconds})
	if got := len(block["settled"].([]any)); got != 2 {
		t.Fatalf("want 2 ordinary blocks, got %d", got)
	}
	c.ask("blocks", fields{"count": 5})
	c.refused("query_failed", "query", fields{"query": "validator", "request": fields{"validator_addr": operator("val-3")}})
}

func TestAJumpRightAfterAValidatorLeftIsRefusedOnRequest(t *testing.T) {
	c := leave(t)
	jump := fields{"advance": unbondingSeconds, "on_leaving": "refuse"}
	c.refused("jump_after_leaving", "block", jump)
	c.ask("blocks", fields{"count": 2})
	if block := c.ask("block", jump); block["settled"] != nil {
		t.Fatal("nothing was left to settle")
	}
	c.ask("blocks", fields{"count": 5})
}

func TestWithoutSettlingTheJumpKillsTheChainAndASnapshotSavesIt(t *testing.T) {
	c := leave(t)
	kept := c.ask("snapshot", nil)["snapshot"]
	twin := leave(t)

	inside := shared.chains[c.name]
	jump := inside.tip.time.Add(unbondingSeconds * time.Second)
	if _, err := inside.produce(blockPlan{time: jump}); err != nil {
		t.Fatalf("the jump itself is survived: %s", err)
	}
	c.refused("block_failed", "block", nil)
	c.refused("block_failed", "block", nil) // and again: the refusal left nothing behind

	c.ask("restore", fields{"snapshot": kept})
	for _, chain := range []*testChain{c, twin} {
		chain.block(nil, tx("alice", delegate("alice", "val-0", million)))
		chain.ask("block", fields{"advance": unbondingSeconds})
	}
	// app hashes do not cover a chain's name
	if c.hash() != twin.hash() {
		t.Fatalf("restored %s, never dead %s", c.hash(), twin.hash())
	}
}
