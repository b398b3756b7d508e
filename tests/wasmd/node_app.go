package main

import (
	"context"

	pruningtypes "cosmossdk.io/store/pruning/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"

	"path/filepath"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client/flags"
	sdk "github.com/cosmos/cosmos-sdk/types"

	wasmapp "github.com/CosmWasm/wasmd/app"
	wasmkeeper "github.com/CosmWasm/wasmd/x/wasm/keeper"
)

const (
	// statesKept is how many blocks back the state can be asked.
	statesKept = 1000
	// statesPrunedEvery so many blocks.
	statesPrunedEvery = 10
	// nodeCacheNodes per module store.
	nodeCacheNodes = 20_000
)

// openApp opens the application that chain.go opens, on a store that lasts.
func (n *node) openApp() error {
	db, err := dbm.NewDB("application", dbm.GoLevelDBBackend, filepath.Join(n.home.dir, dataFolder))
	if err != nil {
		return err
	}
	plugins, err := n.spec.Params.AcceptList.queryPlugins(func() *wasmapp.WasmApp { return n.app })
	if err != nil {
		_ = db.Close()
		return err
	}
	n.app = wasmapp.NewWasmApp(quiet(n.logger), db, nil, false,
		appOptions{flags.FlagHome: n.home.dir, "wasm.query_gas_limit": n.spec.Params.SmartQueryGas},
		[]wasmkeeper.Option{wasmkeeper.WithQueryPlugins(plugins)},
		baseapp.SetChainID(n.spec.ChainID),
		baseapp.SetMinGasPrices(n.minGasPrices()),
		baseapp.SetPruning(pruningtypes.NewCustomPruningOptions(statesKept, statesPrunedEvery)),
		baseapp.SetIAVLCacheSize(nodeCacheNodes),
		baseapp.SetIAVLSyncPruning(true),
	)
	n.closers = append(n.closers, n.app.Close) // and the database with it
	if err := addTokenFactory(n.app, n.spec.Params.RefuseDenomMetadata); err != nil {
		return err
	}
	if n.spec.Params.MemoCalls {
		addMemoCalls(n.app)
	}
	if err := n.app.LoadLatestVersion(); err != nil {
		return err
	}
	// the machine does not keep them pinned on disk
	return n.app.WasmKeeper.InitializePinnedCodes(n.app.NewUncachedContext(true, cmtproto.Header{}))
}

// minGasPrices is what the mempool asks of a transaction.
func (n *node) minGasPrices() string { return n.spec.Params.GasPrice.String() + n.spec.Denom }

// takeJournalActs gives what the journal says of a height its turn in that block. It comes after the
// genesis, as in a chain of the line protocol.
func (n *node) takeJournalActs() {
	takeActs(n.app, func(ctx sdk.Context) []act {
		var acts []act
		for _, jailed := range n.journal.jailedAt(ctx.BlockHeight()) {
			acts = append(acts, func(ctx sdk.Context) error {
				return n.app.StakingKeeper.Jail(ctx, sdk.ConsAddress(jailed.Consensus))
			})
		}
		return acts
	})
}

// lastState reads the application's state after the last block.
func (n *node) lastState() (context.Context, error) {
	return n.app.CreateQueryContextWithCheckHeader(0, false, false)
}
