package main

import (
	"context"
	"encoding/hex"
	"time"

	coreheader "cosmossdk.io/core/header"
	"cosmossdk.io/log"
	pruningtypes "cosmossdk.io/store/pruning/types"
	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	wasmapp "github.com/CosmWasm/wasmd/app"
	wasmkeeper "github.com/CosmWasm/wasmd/x/wasm/keeper"
)

// chain is wasmd's application with everything a consensus engine would know of it.
type chain struct {
	spec  chainSpec
	app   *wasmapp.WasmApp
	store *cowStore
	// names of the genesis validators by consensus address, and back
	names     map[string]string
	consensus map[string]sdk.ConsAddress
	tip       tip
	snapshots map[uint64]savepoint
	taken     uint64 // snapshots ever taken
	// acts of the block that is being made
	acts   []act
	faults faults
}

// tip is the end of the chain and what the next block needs. It is a plain value: a copy of it
// with an image of the store is the whole chain.
type tip struct {
	height  int64
	time    time.Time
	appHash []byte
	// voters of the blocks height, height+1 and height+2: what a block changes acts two later.
	voters [3]voterSet
	last   *pastBlock
}

// pastBlock is what evidence about a block has to agree with. Blocks are a list from the last to the
// first, so that chains that went back and on share their beginning.
type pastBlock struct {
	height int64
	time   time.Time
	voters voterSet
	before *pastBlock
}

// iavlCacheNodes per module store; test chains are small.
const iavlCacheNodes = 10_000

// openChain makes the genesis and block 1: before it, nothing can be asked.
func openChain(engine *sharedEngine, spec chainSpec) (opened *chain, err error) {
	spec = spec.withDefaults()
	if err := spec.ensureSound(); err != nil {
		return nil, err
	}
	c := &chain{
		spec:      spec,
		store:     newCowStore(),
		names:     map[string]string{},
		consensus: map[string]sdk.ConsAddress{},
		snapshots: map[uint64]savepoint{},
	}
	for _, v := range spec.Validators {
		address := sdk.ConsAddress((&ed25519.PubKey{Key: identityOf(v.Name).ConsensusKey}).Address())
		c.consensus[v.Name], c.names[string(address)] = address, v.Name
	}
	plugins, err := spec.Params.AcceptList.queryPlugins(func() *wasmapp.WasmApp { return c.app })
	if err != nil {
		return nil, err
	}
	c.app = wasmapp.NewWasmApp(log.NewNopLogger(), c.store, nil, false,
		appOptions{flags.FlagHome: engine.folder},
		[]wasmkeeper.Option{
			wasmkeeper.WithWasmEngine(engine),
			wasmkeeper.WithQueryPlugins(c.unlessUnreadable(plugins)),
			wasmkeeper.WithMessageHandlerDecorator(c.unlessRefused),
		},
		baseapp.SetChainID(spec.ChainID),
		baseapp.SetPruning(pruningtypes.NewPruningOptions(pruningtypes.PruningEverything)),
		baseapp.SetIAVLCacheSize(iavlCacheNodes),
		// asynchronous pruning keeps every closed application alive
		baseapp.SetIAVLSyncPruning(true),
	)
	defer func() {
		if opened == nil {
			c.close()
		}
	}()
	if err := addTokenFactory(c.app, spec.Params.RefuseDenomMetadata); err != nil {
		return nil, err
	}
	if spec.Params.MemoCalls {
		addMemoCalls(c.app)
	}
	if err := c.app.LoadLatestVersion(); err != nil {
		return nil, err
	}
	state, err := appStateOf(c.app, spec)
	if err != nil {
		return nil, err
	}
	genesisTime := time.Unix(spec.TimeSeconds, 0).UTC()
	response, err := c.app.InitChain(&abci.RequestInitChain{
		Time:            genesisTime,
		ChainId:         spec.ChainID,
		ConsensusParams: consensusParams(spec),
		AppStateBytes:   state,
		InitialHeight:   1,
	})
	if err != nil {
		return nil, refuse("bad_genesis", "%s", err)
	}
	takeActs(c.app, func(sdk.Context) []act { return c.acts })
	c.app.BankKeeper.AppendSendRestriction(c.unlessBlocked)
	genesisVoters, err := voterSet{}.updated(response.Validators)
	if err != nil {
		return nil, err
	}
	if len(genesisVoters) == 0 {
		return nil, refuse("bad_genesis", "no validator has a unit of voting power (%s tokens)", sdk.DefaultPowerReduction)
	}
	c.tip = tip{voters: [3]voterSet{nil, genesisVoters, genesisVoters}}
	if _, err := c.produce(blockPlan{time: genesisTime}); err != nil {
		return nil, err
	}
	return c, nil
}

// close lets the application go.
func (c *chain) close() { _ = c.app.Close() }

// consensusParams are CometBFT's defaults with evidence valid for an unbonding time.
func consensusParams(spec chainSpec) *cmtproto.ConsensusParams {
	unbonding := stakingtypes.DefaultUnbondingTime
	setIf(&unbonding, time.Duration(spec.Params.UnbondingSeconds)*time.Second)
	return &cmtproto.ConsensusParams{
		Block:     &cmtproto.BlockParams{MaxBytes: 22_020_096, MaxGas: spec.Params.BlockMaxGas},
		Evidence:  &cmtproto.EvidenceParams{MaxAgeNumBlocks: 100_000, MaxAgeDuration: unbonding, MaxBytes: 1_048_576},
		Validator: &cmtproto.ValidatorParams{PubKeyTypes: []string{"ed25519"}},
		Version:   &cmtproto.VersionParams{},
		Abci:      &cmtproto.ABCIParams{},
	}
}

// stateContext reads the state after the last block. Writes to it are lost.
func (c *chain) stateContext() sdk.Context {
	header := cmtproto.Header{ChainID: c.spec.ChainID, Height: c.tip.height, Time: c.tip.time}
	return sdk.NewContext(c.app.CommitMultiStore().CacheMultiStore(), header, false, log.NewNopLogger()).
		WithHeaderInfo(coreheader.Info{ChainID: c.spec.ChainID, Height: c.tip.height, Time: c.tip.time})
}

// unbondingTime is the longest a validator or an entry takes to leave.
func (c *chain) unbondingTime() (time.Duration, error) {
	return c.app.StakingKeeper.UnbondingTime(context.Context(c.stateContext()))
}

// chainTip tells where a chain stands.
type chainTip struct {
	Height      int64  `json:"height"`
	TimeSeconds int64  `json:"time_seconds"`
	AppHash     string `json:"app_hash"`
}

func (c *chain) whereItStands() chainTip {
	return chainTip{Height: c.tip.height, TimeSeconds: c.tip.time.Unix(), AppHash: hex.EncodeToString(c.tip.appHash)}
}

// appOptions is the application's configuration file.
type appOptions map[string]any

func (o appOptions) Get(name string) any { return o[name] }
