package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// sender sends one transaction after the other, and remembers what it saw included.
type sender struct {
	*testNode
	txs  [][]byte         // by sequence
	seen map[int]sighting // by sequence
}

// sighting is where a transaction was seen.
type sighting struct {
	height int64
	block  string
}

func newSender(n *testNode) *sender { return &sender{testNode: n, seen: map[int]sighting{}} }

// send until the node is gone or the time is over; some are always under way.
func (s *sender) send(long time.Duration) {
	s.Helper()
	ctx := context.Background()
	next := s.sequence()
	if next < 0 {
		return
	}
	oldest := next
	for end := time.Now().Add(long); time.Now().Before(end); time.Sleep(3 * time.Millisecond) {
		if next == len(s.txs) {
			s.txs = append(s.txs, sending(s, uint64(next)))
		}
		checked, err := s.rpc.BroadcastTxSync(ctx, s.txs[next])
		if err != nil && !strings.Contains(err.Error(), "already exists in cache") {
			return
		}
		if err == nil && checked.Code != 0 {
			s.Fatalf("sequence %d: %s %d %s", next, checked.Codespace, checked.Code, checked.Log)
		}
		next++
		for oldest < next {
			where, there := s.find(oldest)
			if !there {
				break
			}
			s.seen[oldest] = where
			oldest++
		}
	}
}

// find a transaction, in a block that says it holds it.
func (s *sender) find(sequence int) (where sighting, there bool) {
	ctx := context.Background()
	hash, err := hex.DecodeString(txHash(s.txs[sequence]))
	if err != nil {
		s.Fatal(err)
	}
	told, err := s.rpc.Tx(ctx, hash, true)
	if err != nil {
		return where, false
	}
	block, err := s.rpc.Block(ctx, &told.Height)
	if err != nil {
		return where, false
	}
	if told.TxResult.Code != 0 || told.Proof.Validate(block.Block.DataHash) != nil {
		s.Fatalf("sequence %d: %+v", sequence, told)
	}
	return sighting{height: told.Height, block: block.BlockID.Hash.String()}, true
}

// sequence of alice on the chain, -1 if nobody answers.
func (s *sender) sequence() int {
	response, err := s.rpc.ABCIQuery(context.Background(), "/cosmos.bank.v1beta1.Query/Params", nil)
	if err != nil || response.Response.Code != 0 {
		return -1
	}
	told := s.rest("/cosmos/auth/v1beta1/accounts/"+account("alice"), nil)["account"].(map[string]any)
	sequence, err := strconv.Atoi(told["sequence"].(string))
	if err != nil {
		s.Fatal(err)
	}
	return sequence
}

// ensureNothingLost: what was seen stands where it stood, and every transaction is there once.
func (s *sender) ensureNothingLost() {
	s.Helper()
	count := s.sequence()
	for sequence := range count {
		where, there := s.find(sequence)
		if before, seen := s.seen[sequence]; !there || seen && where != before {
			s.Fatalf("sequence %d was seen at %+v, is at %+v", sequence, before, where)
		}
		s.seen[sequence] = where
	}
	for sequence := range s.seen {
		if sequence >= count {
			s.Fatalf("sequence %d is lost: %d are there", sequence, count)
		}
	}
	sent, paid := int64(million*million+count), int64(million*million-count*(1+nodeFee))
	if bob, alice := s.balance("bob"), s.balance("alice"); bob != fmt.Sprint(sent) || alice != fmt.Sprint(paid) {
		s.Fatalf("bob has %s, not %d; alice %s, not %d", bob, sent, alice, paid)
	}
}

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

// stepsOfABlock, and what the node is told to do in the block that dies.
var stepsOfABlock = []struct {
	at     step
	method string
}{
	{blockProposed, "devnet_jail"},
	{blockRun, "devnet_double_sign"},
	{responseSaved, "devnet_jail"},
	{blockSaved, "devnet_double_sign"},
	{blockSaved, "devnet_jail"},
	{blockCommitted, "devnet_double_sign"},
	{blockCommitted, "devnet_jail"},
	{evidenceUpdated, "devnet_double_sign"},
	{stateSaved, "devnet_double_sign"},
	{blockDone, "devnet_jail"},
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
		name := fmt.Sprintf("val-%d", i)
		s.sendOnly(3)
		if _, err := n.call(one.method, fields{"name": name}); err == nil {
			t.Fatalf("%s: the block was made", one.at)
		}
		n.ensureKilled(one.at)
		if n.tryStart(dying(one.at, 0)...) {
			t.Fatalf("the recovery did not die at %s", one.at)
		}
		n.ensureKilled(one.at)
		n.options = nil
		n.start()
		n.waitFor(n.height() + 1)
		s.ensureNothingLost()
		if !n.validator(name).Jailed {
			t.Fatalf("%s: %s of %s did not happen", one.at, one.method, name)
		}
		if found := n.evidenceAgainst(name); one.method == "devnet_double_sign" && found != 1 {
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

// sendOnly some, and do not wait for a block.
func (s *sender) sendOnly(count int) {
	s.Helper()
	for next := s.sequence(); count > 0; next, count = next+1, count-1 {
		if next == len(s.txs) {
			s.txs = append(s.txs, sending(s, uint64(next)))
		}
		s.broadcast(s.txs[next])
	}
}

// evidenceAgainst a validator, in all blocks.
func (n *testNode) evidenceAgainst(name string) int {
	n.Helper()
	found := 0
	for height, last := int64(1), n.height(); height <= last; height++ {
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
			time.AfterFunc(moment, die)
			s.send(2 * longestLife)
		}
		n.ended()
		n.start()
		s.ensureNothingLost()
		n.kill()
	}
	t.Logf("%d kills, %d transactions", kills, len(s.seen))
}

// longestLife of a node that starts or serves.
const longestLife = 700 * time.Millisecond
