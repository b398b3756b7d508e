package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	sdklog "cosmossdk.io/log"
	cmtdb "github.com/cometbft/cometbft-db"
	cmtcfg "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/evidence"
	cmtlog "github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/mempool"
	"github.com/cometbft/cometbft/proxy"
	sm "github.com/cometbft/cometbft/state"
	blockkv "github.com/cometbft/cometbft/state/indexer/block/kv"
	"github.com/cometbft/cometbft/state/txindex"
	txkv "github.com/cometbft/cometbft/state/txindex/kv"
	cmtstore "github.com/cometbft/cometbft/store"
	cmttypes "github.com/cometbft/cometbft/types"

	sdkserver "github.com/cosmos/cosmos-sdk/server"

	wasmapp "github.com/CosmWasm/wasmd/app"
	wasmtypes "github.com/CosmWasm/wasmd/x/wasm/types"
)

// node is CometBFT without consensus and peers: its stores, mempool, evidence pool, executor, indexer
// and RPC over wasmd's application. The program decides when a block is made, and who votes for it.
type node struct {
	nodeOptions
	home    *nodeHome
	spec    chainSpec
	genesis *cmttypes.GenesisDoc
	logger  sdklog.Logger

	app        *wasmapp.WasmApp
	conns      proxy.AppConns
	stateStore *stateStore
	blockStore *cmtstore.BlockStore
	mempool    *mempool.CListMempool
	evidence   *evidence.Pool
	events     *cmttypes.EventBus
	txIndex    *txkv.TxIndex
	blockIndex *blockkv.BlockerIndexer
	consensus  *commitHook
	executor   *sm.BlockExecutor
	journal    *journal
	signers    signers
	listeners  listeners
	closers    []func() error
	stop       context.CancelFunc

	// making is held while a block is made or a control method decides on one.
	making sync.Mutex
	state  sm.State // under making; everybody else reads published
	broken error    // under making: a block was saved and not finished
	// published is the state after the last block.
	published atomic.Pointer[sm.State]
	// paused is why no block is made, empty if blocks are made.
	paused atomic.Pointer[string]
}

// openNode opens a home at whatever point its last run ended, and brings it to the end of a block.
func openNode(options nodeOptions, home *nodeHome, logger sdklog.Logger) (opened *node, err error) {
	n := &node{nodeOptions: options, home: home, spec: home.spec, logger: logger}
	defer func() {
		if err != nil {
			n.close()
		}
	}()
	if n.journal, err = openJournal(home.journalPath()); err != nil {
		return nil, err
	}
	if err := n.openApp(); err != nil {
		return nil, err
	}
	if n.genesis, err = home.loadOrMakeGenesis(n.app, n.journal); err != nil {
		return nil, err
	}
	n.signers = signersOf(n.genesis.ChainID, n.spec)
	if err := n.openStores(); err != nil {
		return nil, err
	}
	if err := n.openEvents(); err != nil {
		return nil, err
	}
	if err := n.begin(); err != nil {
		return nil, err
	}
	if err := n.openPools(); err != nil {
		return nil, err
	}
	if err := n.catchUp(); err != nil {
		return nil, fmt.Errorf("recovery: %w", err)
	}
	n.openExecutor()
	n.publish()
	return n, nil
}

func (n *node) openStores() error {
	stateDB, err := n.db("state")
	if err != nil {
		return err
	}
	blockDB, err := n.db("blockstore")
	if err != nil {
		return err
	}
	indexDB, err := n.db("tx_index")
	if err != nil {
		return err
	}
	n.stateStore = &stateStore{Store: sm.NewStore(stateDB, sm.StoreOptions{})}
	n.blockStore = cmtstore.NewBlockStore(blockDB)
	n.txIndex = txkv.NewTxIndex(indexDB)
	n.blockIndex = blockkv.New(cmtdb.NewPrefixDB(indexDB, []byte("block_events")))
	n.state, err = n.stateStore.LoadFromDBOrGenesisDoc(n.genesis)
	return err
}

// openEvents starts the bus between blocks and whoever waits for them: indexer, websockets, RPC.
func (n *node) openEvents() error {
	app := &undoingApp{Application: sdkserver.NewCometABCIWrapper(n.app), stores: n.app.CommitMultiStore()}
	n.conns = proxy.NewAppConns(proxy.NewLocalClientCreator(app), proxy.NopMetrics())
	if err := n.conns.Start(); err != nil {
		return err
	}
	n.closers = append(n.closers, n.conns.Stop)
	n.events = cmttypes.NewEventBus()
	if err := n.events.Start(); err != nil {
		return err
	}
	n.closers = append(n.closers, n.events.Stop)
	indexer := txindex.NewIndexerService(n.txIndex, n.blockIndex, n.events, false)
	indexer.SetLogger(cmtlog.NewNopLogger())
	if err := indexer.Start(); err != nil {
		return err
	}
	n.closers = append(n.closers, indexer.Stop)
	return nil
}

// openPools comes after the genesis: the evidence pool reads the state that is saved then.
func (n *node) openPools() error {
	evidenceDB, err := n.db("evidence")
	if err != nil {
		return err
	}
	n.evidence, err = evidence.NewPool(evidenceDB, n.stateStore, n.blockStore)
	return err
}

func (n *node) openExecutor() {
	n.mempool = mempool.NewCListMempool(mempoolConfig(), n.conns.Mempool(), n.state.LastBlockHeight,
		mempool.WithPreCheck(sm.TxPreCheck(n.state)), mempool.WithPostCheck(sm.TxPostCheck(n.state)))
	n.consensus = &commitHook{AppConnConsensus: n.conns.Consensus()}
	n.executor = n.executorOver(n.consensus, n.mempool)
}

// mempoolConfig takes transactions that store the largest contract.
func mempoolConfig() *cmtcfg.MempoolConfig {
	config := cmtcfg.DefaultMempoolConfig()
	config.MaxTxBytes = max(config.MaxTxBytes, wasmtypes.MaxWasmSize+roomBesideWasm)
	return config
}

// roomBesideWasm in a transaction that stores a contract.
const roomBesideWasm = 100_000

func (n *node) executorOver(app proxy.AppConnConsensus, pool mempool.Mempool) *sm.BlockExecutor {
	executor := sm.NewBlockExecutor(n.stateStore, cmtlog.NewNopLogger(), app, pool, evidencePool{n.evidence}, n.blockStore)
	executor.SetEventBus(n.events)
	return executor
}

// publish the state for everybody who does not make blocks.
func (n *node) publish() {
	state := n.state.Copy()
	n.published.Store(&state)
}

// now is the chain's clock.
func (n *node) now() time.Time { return time.Now().UTC().Add(n.journal.offset()) }

func (n *node) db(name string) (cmtdb.DB, error) {
	db, err := cmtdb.NewDB(name, cmtdb.GoLevelDBBackend, filepath.Join(n.home.dir, dataFolder))
	if err == nil {
		n.closers = append(n.closers, db.Close)
	}
	return db, err
}

// close lets everything go, last opened first.
func (n *node) close() {
	n.making.Lock()
	defer n.making.Unlock()
	for i := len(n.closers) - 1; i >= 0; i-- {
		_ = n.closers[i]()
	}
	n.closers = nil
}
