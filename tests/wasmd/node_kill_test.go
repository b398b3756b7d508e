package main

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// ensureKilled by itself, at its step.
func (n *testNode) ensureKilled(at step) {
	n.Helper()
	n.ended()
	if status := n.process.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGKILL {
		n.Fatalf("did not die at %s: %s", at, n.process.ProcessState)
	}
}

// dying environment.
func dying(at step, after int) []string {
	return []string{killAtVariable + "=" + string(at), killAfterVariable + "=" + fmt.Sprint(after)}
}

// nodeOfManyValidators has more validators than there are steps.
func nodeOfManyValidators(t testing.TB, options ...string) *testNode {
	spec := nodeSpec(fields{"inflation": "0"})
	spec["validators"] = validators(20)
	return newNode(t, spec, options...)
}

func TestAKillAtAnyStepOfTheGenesisNeedsNoRepair(t *testing.T) {
	t.Parallel()
	n := nodeOfManyValidators(t)
	for _, at := range []step{specWritten, journalWritten, genesisWritten, genesisDone, blockProposed, blockSaved, blockCommitted} {
		if n.tryStart(dying(at, 0)...) {
			t.Fatalf("did not die at %s", at)
		}
		n.ensureKilled(at)
	}
	n.start()
	n.waitFor(5)
	newSender(n).ensureNothingLost()
}

// stepsOfABlock, what the node is told to do in the block that dies, and where the recovery dies.
var stepsOfABlock = []struct {
	at     step
	method string
	again  step
}{
	{at: blockProposed, method: "devnet_jail"},
	{at: blockRun, method: "devnet_double_sign"},
	{at: responseSaved, method: "devnet_jail"},
	{at: blockSaved, method: "devnet_double_sign", again: blockCommitted},
	{at: blockSaved, method: "devnet_jail", again: stateSaved},
	{at: blockCommitted, method: "devnet_double_sign", again: evidenceUpdated},
	{at: blockCommitted, method: "devnet_jail", again: blockCommitted},
	{at: evidenceUpdated, method: "devnet_double_sign", again: stateSaved},
	{at: stateSaved, method: "devnet_double_sign"},
	{at: blockDone, method: "devnet_jail"},
}

func TestAKillAtAnyStepOfABlockLosesNothing(t *testing.T) {
	t.Parallel()
	n := nodeOfManyValidators(t)
	n.start()
	s := newSender(n)
	s.send(5 * quickBlocks)
	for i, one := range stepsOfABlock {
		n.quit()
		n.options = []string{"--block-time", "1h"} // blocks only when told
		n.start(dying(one.at, 1)...)
		name, before := fmt.Sprintf("val-%d", i), n.height()
		s.sendOnly(3)
		if _, err := n.call(one.method, fields{"name": name}); err == nil {
			t.Fatalf("%s: the block was made", one.at)
		}
		n.ensureKilled(one.at)
		if one.again != "" {
			if n.tryStart(dying(one.again, 0)...) {
				t.Fatalf("the recovery did not die at %s", one.again)
			}
			n.ensureKilled(one.again)
		}
		n.options = nil
		n.start()
		n.waitFor(n.height() + 1)
		s.ensureNothingLost()
		if !n.validator(name).Jailed {
			t.Fatalf("%s: %s of %s did not happen", one.at, one.method, name)
		}
		if found := n.evidenceAgainst(name, before); one.method == "devnet_double_sign" && found != 1 {
			t.Fatalf("%s: evidence against %s is in %d blocks", one.at, name, found)
		}
		s.send(5 * quickBlocks)
	}
	if count := len(s.seen); count < 3*len(stepsOfABlock) {
		t.Fatalf("only %d transactions were seen", count)
	}
	t.Run("blocks and journal alone bring the state back", func(t *testing.T) {
		n.in(t).control("devnet_advance", fields{"seconds": threeWeeks})
		n.kill()
		if err := os.RemoveAll(filepath.Join(n.home, dataFolder, "application.db")); err != nil {
			t.Fatal(err)
		}
		n.in(t).start()
		s.ensureNothingLost()
	})
}

// evidenceAgainst a validator, in how many blocks after one.
func (n *testNode) evidenceAgainst(name string, after int64) int {
	n.Helper()
	found := 0
	for height, last := after+1, n.height(); height <= last; height++ {
		block, err := n.rpc.Block(context.Background(), &height)
		if err != nil {
			n.Fatal(err)
		}
		for _, one := range block.Block.Evidence.Evidence {
			if votes, are := one.(*cmttypes.DuplicateVoteEvidence); are && consensusAddress(name).Equals(sdk.ConsAddress(votes.VoteA.ValidatorAddress)) {
				found++
			}
		}
	}
	return found
}

func TestAKillAfterAnAdvanceWasWrittenAdvances(t *testing.T) {
	t.Parallel()
	n := startedNode(t, nil)
	n.kill()
	n.start(dying(journalWritten, 0)...)
	if _, err := n.call("devnet_advance", fields{"seconds": 86_400}); err == nil {
		t.Fatal("it answered")
	}
	n.ensureKilled(journalWritten)
	n.start()
	if ahead := time.Until(n.told.Time); ahead < 23*time.Hour || ahead > 24*time.Hour {
		t.Fatalf("%s ahead", ahead)
	}
}

func TestAKillWhileBlocksArePrunedNeedsNoRepair(t *testing.T) {
	t.Parallel()
	n := startedNode(t, nil, "--keep-blocks", "10")
	for range 2 {
		n.kill()
		n.start(dying(blocksPruned, 1)...)
		n.ensureKilled(blocksPruned)
		n.start()
		n.waitFor(n.height() + 20)
	}
}

// killsVariable says how many random moments are tried.
const killsVariable = "WASMD_CHAIN_KILLS"

func TestAKillAtAnyMomentLosesNothing(t *testing.T) {
	t.Parallel()
	kills, err := strconv.Atoi(os.Getenv(killsVariable))
	if err != nil {
		kills = 6
	}
	n := nodeOfManyValidators(t)
	s := newSender(n)
	for i := range kills {
		line, moment := n.launch(), time.Duration(rand.Int63n(int64(longestLife)))
		die := func() { _ = n.process.Process.Signal(syscall.SIGKILL) }
		if i%2 == 0 { // while it starts
			time.AfterFunc(moment, die)
			n.ready(<-line)
		} else if n.ready(<-line) { // while it serves
			time.AfterFunc(shortestService+moment, die)
			s.send(longestWait)
		}
		n.ended()
		n.start()
		s.ensureNothingLost()
		n.kill()
	}
	if len(s.seen) == 0 {
		t.Fatal("no transaction was under way")
	}
	t.Logf("%d kills, %d transactions", kills, len(s.seen))
}

// shortestService lets some transactions in.
const shortestService = 200 * time.Millisecond

// longestLife of a node that starts or serves.
const longestLife = 700 * time.Millisecond
