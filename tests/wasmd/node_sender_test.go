package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
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
	response, text, err := tryFetch("GET", s.told.REST+"/cosmos/auth/v1beta1/accounts/"+account("alice"), "", nil)
	if err != nil || response.StatusCode != http.StatusOK {
		return -1
	}
	var told struct {
		Account struct {
			Sequence int `json:",string"`
		}
	}
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		s.Fatalf("%s: %s", text, err)
	}
	return told.Account.Sequence
}

// ensureNothingLost: what was seen stands where it stood, and every transaction is there once.
func (s *sender) ensureNothingLost() {
	s.Helper()
	count := s.sequence()
	if count < 0 {
		s.Fatal("REST does not answer")
	}
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
