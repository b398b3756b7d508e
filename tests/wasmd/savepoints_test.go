package main

import "testing"

// history is some of everything that writes.
func history(c *testChain) string {
	c.succeed("alice", delegate("alice", "val-0", 50*million))
	c.block(fields{"absent": []string{"val-1"}}, tx("alice", undelegate("alice", "val-0", million)),
		tx("bob", delegate("bob", "val-2", million)))
	c.block(fields{"evidence": []fields{{"validator": "val-3", "height": 2}}})
	c.block(fields{"advance": unbondingSeconds})
	c.ask("blocks", fields{"count": 30})
	return c.hash()
}

func TestARestoredChainGoesOnWithTheSameAppHashes(t *testing.T) {
	c := begin(t, validators(4), nil)
	c.succeed("alice", delegate("alice", "val-1", million))
	kept := c.ask("snapshot", nil)["snapshot"]
	at := c.hash()
	first := history(c)
	for range 2 {
		c.ask("restore", fields{"snapshot": kept})
		if c.hash() != at {
			t.Fatal("not the state of the snapshot")
		}
		if again := history(c); again != first {
			t.Fatalf("app hash %s at first, %s after", first, again)
		}
	}
	c.ask("forget", fields{"snapshot": kept})
	c.refused("unknown_snapshot", "restore", fields{"snapshot": kept})
}

func TestTheSameRequestsGiveTheSameAppHashes(t *testing.T) {
	if one, other := history(begin(t, validators(4), nil)), history(begin(t, validators(4), nil)); one != other {
		t.Fatalf("%s and %s", one, other)
	}
}

func TestARefusedBlockLeavesNothingBehind(t *testing.T) {
	c, twin := begin(t, validators(4), nil), begin(t, validators(4), nil)
	c.refused("unknown_account", "block", fields{"txs": []fields{
		tx("alice", delegate("alice", "val-0", million)), tx("nobody", delegate("nobody", "val-0", million))}})
	c.refused("nobody_votes", "block", fields{"absent": []string{"val-0", "val-1", "val-2", "val-3"}})
	if one, other := history(c), history(twin); one != other {
		t.Fatalf("%s after refusals, %s without", one, other)
	}
}

func TestASnapshotIsNotChangedByWhatFollows(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	before := c.balance("alice", "ustake")
	kept := c.ask("snapshot", nil)["snapshot"]
	c.succeed("alice", delegate("alice", "val-1", million))
	c.ask("restore", fields{"snapshot": kept})
	// queries right after a restore, with no block between
	if got := c.balance("alice", "ustake"); got != before {
		t.Fatalf("want %d, got %d", before, got)
	}
	c.succeed("alice", delegate("alice", "val-1", million))
	if got := c.balance("alice", "ustake"); got != before-million-1 {
		t.Fatalf("want %d, got %d", before-million-1, got)
	}
}
