package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/cometbft/cometbft/rpc/core"
	rpcserver "github.com/cometbft/cometbft/rpc/jsonrpc/server"
	rpctypes "github.com/cometbft/cometbft/rpc/jsonrpc/types"
	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// addControl puts the node's own methods among CometBFT's.
func (n *node) addControl(routes core.RoutesMap) {
	routes["devnet_status"] = rpcserver.NewRPCFunc(n.rpcStatus, "")
	routes["devnet_advance"] = rpcserver.NewRPCFunc(n.rpcAdvance, "seconds")
	routes["devnet_absent"] = rpcserver.NewRPCFunc(n.rpcAbsent, "names")
	routes["devnet_jail"] = rpcserver.NewRPCFunc(n.rpcJail, "name")
	routes["devnet_double_sign"] = rpcserver.NewRPCFunc(n.rpcDoubleSign, "name")
	routes["devnet_stop"] = rpcserver.NewRPCFunc(n.rpcStop, "")
}

// controlResult is what became of a control method. Its numbers are numbers, unlike CometBFT's.
type controlResult struct {
	Height        int64     `json:"height"`
	Time          time.Time `json:"time"`
	OffsetSeconds int64     `json:"offset_seconds"`
	Absent        []string  `json:"absent"`
	Paused        bool      `json:"paused"`
}

// plainJSON keeps CometBFT's encoder from writing numbers as text.
func plainJSON(value any, err error) (json.RawMessage, error) {
	if err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

func (n *node) controlled() controlResult {
	return controlResult{
		Height:        n.state.LastBlockHeight,
		Time:          n.state.LastBlockTime,
		OffsetSeconds: int64(n.journal.offset() / time.Second),
		Absent:        n.journal.absentNames(),
		Paused:        n.whyPaused() != "",
	}
}

// secondsAhead is a number above 0, also as text.
type secondsAhead int64

// UnmarshalJSON takes 60 and "60".
func (s *secondsAhead) UnmarshalJSON(text []byte) error {
	var number json.Number
	if err := json.Unmarshal([]byte(strings.Trim(string(text), `"`)), &number); err != nil {
		return fmt.Errorf("seconds: %s is no number", text)
	}
	whole, err := number.Int64()
	*s = secondsAhead(whole)
	return err
}

// rpcAdvance makes the next block that much later, and the chain's clock with it.
func (n *node) rpcAdvance(_ *rpctypes.Context, seconds secondsAhead) (json.RawMessage, error) {
	if seconds < 1 {
		return nil, fmt.Errorf("seconds: a number above 0, not %d", seconds)
	}
	n.making.Lock()
	defer n.making.Unlock()
	if left := mostSecondsAhead - n.controlled().OffsetSeconds; int64(seconds) > left {
		return nil, fmt.Errorf("seconds: the clock can be put forward by %d more, not by %d", left, seconds)
	}
	if err := n.ensureVotes(); err != nil {
		return nil, err
	}
	// the jump itself would be cut short
	for i := 0; n.someoneIsLeaving() && i < blocksToLeave; i++ {
		if err := n.makeBlockAt(n.state.LastBlockTime.Add(time.Second)); err != nil {
			return nil, err
		}
	}
	if err := n.journal.change(func(next *journalText) { next.OffsetSeconds += int64(seconds) }); err != nil {
		return nil, err
	}
	if err := n.makeBlockAt(n.now()); err != nil {
		return nil, err
	}
	return plainJSON(n.controlled(), nil)
}

// mostSecondsAhead are a hundred years: Go's durations end at 292.
const mostSecondsAhead = 100 * 365 * 86_400

// blocksToLeave are two, unless others leave in them.
const blocksToLeave = 8

// rpcAbsent says who does not vote from the next block on; nobody is named when all are back.
func (n *node) rpcAbsent(_ *rpctypes.Context, names string) (json.RawMessage, error) {
	n.making.Lock()
	defer n.making.Unlock()
	var absent []journalValidator
	for _, name := range strings.Split(names, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		one, err := n.findValidator(name)
		if err != nil {
			return nil, err
		}
		absent = append(absent, one)
	}
	if err := n.journal.change(func(next *journalText) { next.Absent = absent }); err != nil {
		return nil, err
	}
	if n.ensureVotes() != nil {
		n.pausedFor(errNobodyVotes.Error())
	}
	return plainJSON(n.controlled(), nil)
}

// rpcJail makes a block at whose beginning x/staking jails a validator, without a term.
func (n *node) rpcJail(_ *rpctypes.Context, name string) (json.RawMessage, error) {
	n.making.Lock()
	defer n.making.Unlock()
	jailed, err := n.findValidator(name)
	if err != nil {
		return nil, err
	}
	if err := n.ensureMayGo(jailed); err != nil {
		return nil, err
	}
	ctx, err := n.lastState()
	if err != nil {
		return nil, err
	}
	validator, err := n.app.StakingKeeper.GetValidatorByConsAddr(ctx, sdk.ConsAddress(jailed.Consensus))
	if err != nil {
		return nil, err
	}
	if validator.IsJailed() {
		return nil, fmt.Errorf("%s is jailed", name)
	}
	height := n.state.LastBlockHeight + 1
	if err := n.journal.change(func(next *journalText) { next.Jailed[height] = []journalValidator{jailed} }); err != nil {
		return nil, err
	}
	if err := n.makeBlockAt(n.now()); err != nil {
		return nil, err
	}
	return plainJSON(n.controlled(), nil)
}

// rpcDoubleSign gives the evidence pool two votes of a validator for the last block, and makes a block.
func (n *node) rpcDoubleSign(_ *rpctypes.Context, name string) (json.RawMessage, error) {
	n.making.Lock()
	defer n.making.Unlock()
	signer, err := n.findValidator(name)
	if err != nil {
		return nil, err
	}
	if n.signers.keys[string(signer.Consensus)] == nil {
		return nil, fmt.Errorf("%s is not of the genesis: nobody here has its key", name)
	}
	if err := n.ensureMayGo(signer); err != nil {
		return nil, err
	}
	ctx, err := n.lastState()
	if err != nil {
		return nil, err
	}
	if n.app.SlashingKeeper.IsTombstoned(ctx, sdk.ConsAddress(signer.Consensus)) {
		return nil, fmt.Errorf("%s is tombstoned already", name)
	}
	last := n.state
	index, _ := last.LastValidators.GetByAddress(signer.Consensus.Bytes())
	if index < 0 {
		return nil, fmt.Errorf("%s had no vote at height %d", name, last.LastBlockHeight)
	}
	other := last.LastBlockID
	other.Hash = append([]byte{other.Hash[0] ^ 1}, other.Hash[1:]...)
	vote := func(id cmttypes.BlockID) *cmttypes.Vote {
		return n.signers.vote(id, last.LastBlockHeight, last.LastBlockTime, signer.Consensus.Bytes(), index)
	}
	evidence, err := cmttypes.NewDuplicateVoteEvidence(vote(last.LastBlockID), vote(other), last.LastBlockTime, last.LastValidators)
	if err != nil {
		return nil, err
	}
	if err := n.evidence.AddEvidence(evidence); err != nil {
		return nil, err
	}
	if err := n.makeBlockAt(n.now()); err != nil {
		return nil, err
	}
	return plainJSON(n.controlled(), nil)
}

// rpcStop ends the node after it has answered.
func (n *node) rpcStop(*rpctypes.Context) (json.RawMessage, error) {
	n.making.Lock()
	defer n.making.Unlock()
	time.AfterFunc(stopAfter, n.stop)
	return plainJSON(n.controlled(), nil)
}

// stopAfter is time enough for the answer.
const stopAfter = 50 * time.Millisecond

// ensureVotes refuses what needs a block while none can be made.
func (n *node) ensureVotes() error {
	if n.state.LastBlockHeight > 0 && !someoneOf(n.state.LastValidators, n.journal.absent()) {
		return errNobodyVotes
	}
	return nil
}

// ensureMayGo refuses to take the last validator away: no chain goes on from there.
func (n *node) ensureMayGo(leaving journalValidator) error {
	if err := n.ensureVotes(); err != nil {
		return err
	}
	next := n.state.NextValidators
	if next.Size() == 1 && next.HasAddress(leaving.Consensus.Bytes()) {
		return fmt.Errorf("%s is the last validator", leaving.Name)
	}
	return nil
}
