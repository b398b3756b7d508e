package main

import (
	"context"
	"errors"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
)

// makeFirstBlock of this run. Until then the application does not know what time it is and answers
// nothing; if nobody votes it is told of the last block instead.
func (n *node) makeFirstBlock() error {
	err := n.makeBlockNow()
	if err != nil && !errors.Is(err, errNobodyVotes) {
		err = n.makeBlockNow() // without what was to be done in it
	}
	if !errors.Is(err, errNobodyVotes) {
		return err
	}
	last := n.blockStore.LoadBlockMeta(n.state.LastBlockHeight).Header
	_, err = n.conns.Consensus().ProcessProposal(context.Background(), &abci.RequestProcessProposal{
		Height:             last.Height,
		Time:               last.Time,
		ProposerAddress:    last.ProposerAddress,
		NextValidatorsHash: last.NextValidatorsHash,
	})
	return err
}

// makeBlocks makes one every block time until it is told to stop.
func (n *node) makeBlocks(ctx context.Context) error {
	ticker := time.NewTicker(n.blockTime)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			n.making.Lock()
			defer n.making.Unlock()
			return n.broken
		case <-ticker.C:
			_ = n.makeBlockNow() // and again at the next turn
		}
	}
}

// makeBlockNow makes a block at the chain's clock.
func (n *node) makeBlockNow() error {
	n.making.Lock()
	defer n.making.Unlock()
	return n.makeBlockAt(n.now())
}

// makeBlockAt is makeBlock with what follows from it, under making. A block that fails is tried again
// at its next turn, without what may have been the reason.
func (n *node) makeBlockAt(at time.Time) error {
	if n.broken != nil {
		return n.broken
	}
	before := n.whyPaused()
	err := n.makeBlock(at)
	if err == nil {
		n.pausedFor("")
		if before != "" {
			n.logger.Info("goes on", "height", n.state.LastBlockHeight)
		}
		return nil
	}
	n.pausedFor(err.Error())
	if before != err.Error() {
		n.logger.Error("no block", "height", n.state.LastBlockHeight+1, "why", err)
	}
	if errors.Is(err, errNobodyVotes) {
		return err
	}
	if errors.As(err, &halfDone{}) {
		n.broken = err
		n.stop()
		return err
	}
	if count := n.mempool.Size(); count > 0 && before != "" && before != errNobodyVotes.Error() {
		n.logger.Error("drops pending transactions: they may be the reason", "count", count)
		n.mempool.Flush()
	}
	return errors.Join(err, n.journal.forgetActs(n.state.LastBlockHeight+1))
}

func (n *node) pausedFor(reason string) { n.paused.Store(&reason) }

func (n *node) whyPaused() string {
	if reason := n.paused.Load(); reason != nil {
		return *reason
	}
	return ""
}
