package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/consensus"
	cmtlog "github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/mempool"
	"github.com/cometbft/cometbft/proxy"
	sm "github.com/cometbft/cometbft/state"
	"github.com/cometbft/cometbft/state/txindex"
	cmttypes "github.com/cometbft/cometbft/types"
)

// Recovery brings application, blocks and state to one height, wherever the last run ended. CometBFT's
// handshake does as much, but verifies signatures and two thirds, and our blocks may lack both.
//
// A block is written in this order: its response, the block, the application's state, the evidence
// pool, CometBFT's state, the index. Before the block is there, nothing has happened.

// begin gives the application its genesis, unless it has one.
func (n *node) begin() error {
	height, err := n.appHeight()
	if err != nil {
		return err
	}
	switch {
	case height > 0:
	case n.state.LastBlockHeight > 0:
		// the application's store was deleted; the blocks are here
		params := n.genesis.ConsensusParams.ToProto()
		if _, err := n.conns.Consensus().InitChain(context.Background(), &abci.RequestInitChain{
			Time:            n.genesis.GenesisTime,
			ChainId:         n.genesis.ChainID,
			ConsensusParams: &params,
			AppStateBytes:   n.genesis.AppState,
			InitialHeight:   n.genesis.InitialHeight,
		}); err != nil {
			return err
		}
	default:
		if err := n.beginAnew(); err != nil {
			return err
		}
	}
	n.takeJournalActs()
	return nil
}

// beginAnew takes a genesis that the application refuses off the disk again: another may be tried.
func (n *node) beginAnew() (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("%v", panicked)
		}
		if err != nil && n.blockStore.Height() == 0 {
			err = errors.Join(refuse("bad_genesis", "%s", err), os.Remove(n.home.genesisPath()))
		}
	}()
	handshaker := consensus.NewHandshaker(n.stateStore, n.state, noBlocks{n.blockStore}, n.genesis)
	if err := handshaker.Handshake(n.conns); err != nil {
		return err
	}
	n.state, err = n.stateStore.Load()
	reached(genesisDone)
	return err
}

// catchUp does what is missing of the last blocks.
func (n *node) catchUp() error {
	app, err := n.appHeight()
	if err != nil {
		return err
	}
	stored, known := n.blockStore.Height(), n.state.LastBlockHeight
	if stored < known || stored > known+1 || app > stored {
		return fmt.Errorf("application at %d, blocks at %d, state at %d: no order of writes leaves this", app, stored, known)
	}
	if app < known {
		if err := n.replay(app+1, known); err != nil {
			return err
		}
	}
	if stored > known {
		if err := n.finish(stored, app == stored); err != nil {
			return err
		}
	}
	n.stateStore.remember(n.state)
	return n.indexAgain()
}

func (n *node) appHeight() (int64, error) {
	info, err := n.conns.Query().Info(context.Background(), proxy.RequestInfo)
	if err != nil {
		return 0, err
	}
	return info.LastBlockHeight, nil
}

// replay blocks that CometBFT's half knows and the application does not.
func (n *node) replay(from, to int64) error {
	if base := n.blockStore.Base(); base > from {
		return fmt.Errorf("the application stands before block %d, and blocks before %d are pruned: begin in a new folder", from, base)
	}
	n.logger.Info("replays blocks", "from", from, "to", to)
	var hash []byte
	for height := from; height <= to; height++ {
		var err error
		hash, err = sm.ExecCommitBlock(n.conns.Consensus(), n.blockStore.LoadBlock(height), cmtlog.NewNopLogger(),
			n.stateStore, n.state.InitialHeight)
		if err != nil {
			return err
		}
	}
	if !bytes.Equal(hash, n.state.AppHash) {
		return fmt.Errorf("the replay of block %d gives application hash %X, not %X", to, hash, n.state.AppHash)
	}
	return nil
}

// finish the block that was saved. If the application committed it, its answer is taken from the
// store; else it runs the block again.
func (n *node) finish(height int64, committed bool) error {
	n.logger.Info("finishes a block", "height", height, "committed", committed)
	app := n.conns.Consensus()
	if committed {
		response, err := n.stateStore.LoadLastFinalizeBlockResponse(height)
		if err != nil {
			return err
		}
		recorded := proxy.NewAppConns(proxy.NewLocalClientCreator(recordedApp{response: response}), proxy.NopMetrics())
		if err := recorded.Start(); err != nil {
			return err
		}
		defer func() { _ = recorded.Stop() }()
		app = recorded.Consensus()
	}
	executor := n.executorOver(&commitHook{AppConnConsensus: app}, &mempool.NopMempool{})
	meta := n.blockStore.LoadBlockMeta(height)
	next, err := executor.ApplyVerifiedBlock(n.state, meta.BlockID, n.blockStore.LoadBlock(height))
	if err != nil {
		return err
	}
	n.state = next
	return nil
}

// blocksIndexedLate is how many the index may lack: it is written behind the chain, a block at a time.
const blocksIndexedLate = 3

// indexAgain the last blocks.
func (n *node) indexAgain() error {
	last := n.state.LastBlockHeight
	for height := max(n.blockStore.Base(), last-blocksIndexedLate+1); height > 0 && height <= last; height++ {
		response, err := n.stateStore.LoadFinalizeBlockResponse(height)
		if err != nil {
			return err
		}
		block := n.blockStore.LoadBlock(height)
		if err := n.blockIndex.Index(cmttypes.EventDataNewBlockEvents{
			Height: height,
			Events: response.Events,
			NumTxs: int64(len(block.Txs)),
		}); err != nil {
			return err
		}
		batch := txindex.NewBatch(int64(len(block.Txs)))
		for i, tx := range block.Txs {
			if err := batch.Add(&abci.TxResult{Height: height, Index: uint32(i), Tx: tx, Result: *response.TxResults[i]}); err != nil {
				return err
			}
		}
		if err := n.txIndex.AddBatch(batch); err != nil {
			return err
		}
	}
	return nil
}

// recordedApp says again what the application said before the crash.
type recordedApp struct {
	abci.BaseApplication
	response *abci.ResponseFinalizeBlock
}

// FinalizeBlock runs nothing.
func (a recordedApp) FinalizeBlock(context.Context, *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	return a.response, nil
}

// noBlocks lets the handshake do the genesis and nothing else.
type noBlocks struct{ sm.BlockStore }

// Height of nothing.
func (noBlocks) Height() int64 { return 0 }

// Base of nothing.
func (noBlocks) Base() int64 { return 0 }
