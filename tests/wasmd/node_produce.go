package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"
	cmttime "github.com/cometbft/cometbft/types/time"

	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

var errNobodyVotes = errors.New("all validators are absent: no block is made until one is back")

// halfDone is a block that was saved and not finished: only a restart tells how far it went. So is the
// first one, whose failure takes the genesis along.
type halfDone struct{ error }

// makeBlock makes the next block at a time, under making. One that fails leaves nothing behind.
func (n *node) makeBlock(at time.Time) (err error) {
	saved := false
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("block %d panicked: %v", n.state.LastBlockHeight+1, panicked)
		}
		if err != nil && (saved || n.state.LastBlockHeight == 0) {
			err = halfDone{err}
		}
	}()
	block, absent, err := n.propose(at)
	if err != nil {
		return err
	}
	parts, err := block.MakePartSet(cmttypes.BlockPartSizeBytes)
	if err != nil {
		return err
	}
	id := cmttypes.BlockID{Hash: block.Hash(), PartSetHeader: parts.Header()}
	// makes the application forget where it stood in a block that failed
	accepted, err := n.executor.ProcessProposal(block, n.state)
	if err != nil {
		return err
	}
	if !accepted {
		return fmt.Errorf("the application refuses block %d", block.Height)
	}
	// two thirds may be missing and keys may be unknown; everything else must be right
	if n.validate {
		if err := n.executor.ValidateBlock(n.state, block); err != nil {
			return err
		}
	}
	reached(blockProposed)
	n.consensus.before = func() error {
		seen := n.signers.commit(id, block.Height, n.state.Validators, block.Time.Add(time.Millisecond), absent)
		n.blockStore.SaveBlock(block, parts, seen)
		saved = true
		return nil
	}
	next, err := n.executor.ApplyVerifiedBlock(n.state, id, block)
	if err != nil {
		return err
	}
	n.state = next
	n.publish()
	reached(blockDone)
	if err := n.prune(); err != nil {
		n.logger.Error("blocks not pruned", "err", err)
	}
	return nil
}

// propose a block out of what the mempool and the evidence pool hold, with the votes for the last one.
func (n *node) propose(at time.Time) (*cmttypes.Block, map[string]bool, error) {
	height := n.state.LastBlockHeight + 1
	absent := n.journal.absent()
	last := &cmttypes.Commit{}
	if height > n.state.InitialHeight {
		if !someoneOf(n.state.LastValidators, absent) {
			return nil, nil, errNobodyVotes
		}
		last = n.signers.commit(n.state.LastBlockID, height-1, n.state.LastValidators, n.timeOfNext(at), absent)
	}
	proposer := n.state.Validators.GetProposer().Address
	for _, v := range n.state.Validators.Validators {
		if !absent[string(proposer)] {
			break
		}
		proposer = v.Address
	}
	block, err := n.executor.CreateProposalBlock(context.Background(), height, n.state, last.WrappedExtendedCommit(), proposer)
	return block, absent, err
}

// timeOfNext is what the votes say. A block is later than the one before it, and a jump beyond the
// unbonding time waits while votes are still to come of validators that the application would then
// have forgotten: it panics on them.
func (n *node) timeOfNext(wanted time.Time) time.Time {
	wanted = cmttime.Canonical(wanted)
	last := n.state.LastBlockTime
	if !wanted.After(last) {
		return last.Add(time.Millisecond)
	}
	if n.someoneIsLeaving() && wanted.Sub(last) >= n.unbondingTime() {
		return last.Add(time.Second)
	}
	return wanted
}

// unbondingTime as the chain has it now, for governance may have changed it.
func (n *node) unbondingTime() time.Duration {
	ctx, err := n.lastState()
	if err != nil {
		return stakingtypes.DefaultUnbondingTime
	}
	unbonding, err := n.app.StakingKeeper.UnbondingTime(ctx)
	if err != nil {
		return stakingtypes.DefaultUnbondingTime
	}
	return unbonding
}

// someoneIsLeaving tells whether blocks to come carry votes of validators that were let go.
func (n *node) someoneIsLeaving() bool {
	for _, set := range []*cmttypes.ValidatorSet{n.state.LastValidators, n.state.Validators} {
		for _, v := range set.Validators {
			if !n.state.NextValidators.HasAddress(v.Address) {
				return true
			}
		}
	}
	return false
}

// prune blocks beyond those to keep. Headers and votes go too, which CometBFT would keep as long as
// evidence about them is valid: evidence about a block that is gone is refused.
func (n *node) prune() error {
	first, base := n.state.LastBlockHeight-n.keepBlocks+1, n.blockStore.Base()
	if n.keepBlocks == 0 || first-base < blocksPrunedAtOnce {
		return nil
	}
	state := n.state.Copy()
	state.ConsensusParams.Evidence.MaxAgeNumBlocks, state.ConsensusParams.Evidence.MaxAgeDuration = 1, 0
	_, kept, err := n.blockStore.PruneBlocks(first, state)
	if err != nil {
		return err
	}
	reached(blocksPruned)
	return n.stateStore.PruneStates(base, first, kept)
}

// blocksPrunedAtOnce spares the disk a write in every block.
const blocksPrunedAtOnce = 5
