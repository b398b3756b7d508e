package main

import (
	"context"
	"errors"
	"time"
)

// makeFirstBlock of this run, unless nobody votes.
func (n *node) makeFirstBlock() error {
	err := n.makeBlockNow()
	if errors.Is(err, errNobodyVotes) {
		return nil
	}
	return err
}

// makeBlocks makes one every block time until it is told to stop.
func (n *node) makeBlocks(ctx context.Context) error {
	ticker := time.NewTicker(n.blockTime)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		if err := n.makeBlockNow(); errors.As(err, &halfDone{}) {
			return err
		}
	}
}

// makeBlockNow makes a block at the chain's clock. After a failure the next one lacks what may have
// been the reason.
func (n *node) makeBlockNow() error {
	n.making.Lock()
	defer n.making.Unlock()
	return n.makeBlockAt(n.now())
}

// makeBlockAt is makeBlock with the consequences of a failure, under making.
func (n *node) makeBlockAt(at time.Time) error {
	before := n.whyPaused()
	err := n.makeBlock(at)
	switch {
	case err == nil:
		n.pausedFor("")
		if before != "" {
			n.logger.Info("goes on", "height", n.state.LastBlockHeight)
		}
		return nil
	case errors.Is(err, errNobodyVotes):
		n.pausedFor(err.Error())
		if before != err.Error() {
			n.logger.Info("pauses", "height", n.state.LastBlockHeight, "why", err)
		}
		return err
	}
	height := n.state.LastBlockHeight + 1
	n.logger.Error("block failed", "height", height, "err", err)
	if errors.As(err, &halfDone{}) {
		return err
	}
	n.pausedFor(err.Error())
	if forgetting := n.journal.forgetActs(height); forgetting != nil {
		return forgetting
	}
	if before != "" {
		n.logger.Error("pending transactions are dropped: they may be the reason", "count", n.mempool.Size())
		n.mempool.Flush()
	}
	return err
}

func (n *node) pausedFor(reason string) { n.paused.Store(&reason) }

func (n *node) whyPaused() string {
	if reason := n.paused.Load(); reason != nil {
		return *reason
	}
	return ""
}
