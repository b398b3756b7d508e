package main

import (
	"context"
	"net/http"
	"strings"
	"time"

	cmtcfg "github.com/cometbft/cometbft/config"
	cstypes "github.com/cometbft/cometbft/consensus/types"
	"github.com/cometbft/cometbft/libs/bytes"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	cmtlog "github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/rpc/core"
	rpcserver "github.com/cometbft/cometbft/rpc/jsonrpc/server"
	sm "github.com/cometbft/cometbft/state"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cometbft/cometbft/version"
	"github.com/rs/cors"
)

const (
	// longestCall leaves time for a jump with many blocks.
	longestCall = 10 * time.Minute
	// txBodyFactor: a transaction comes as base64 in JSON.
	txBodyFactor = 2
)

// environment is CometBFT's own RPC over this node.
func (n *node) environment() (*core.Environment, error) {
	config := *cmtcfg.DefaultRPCConfig()
	config.TimeoutBroadcastTxCommit = max(config.TimeoutBroadcastTxCommit, 3*n.blockTime)
	env := &core.Environment{
		ProxyAppQuery:    n.conns.Query(),
		ProxyAppMempool:  n.conns.Mempool(),
		StateStore:       n.stateStore,
		BlockStore:       n.blockStore,
		EvidencePool:     n.evidence,
		ConsensusState:   published{n},
		ConsensusReactor: published{n},
		P2PPeers:         noPeers{},
		P2PTransport:     published{n},
		PubKey:           n.published.Load().Validators.Validators[0].PubKey,
		GenDoc:           n.genesis,
		TxIndexer:        n.txIndex,
		BlockIndexer:     n.blockIndex,
		EventBus:         n.events,
		Mempool:          n.mempool,
		Logger:           cmtlog.NewNopLogger(),
		Config:           config,
	}
	return env, env.InitGenesisChunks()
}

// serveRPC answers JSON-RPC by POST, by URI and by websocket, the node's own methods among them.
func (n *node) serveRPC(env *core.Environment) {
	routes := env.GetRoutes()
	n.addControl(routes)
	logger := cmtlog.NewNopLogger()
	config := rpcserver.DefaultConfig()
	config.WriteTimeout = longestCall
	config.MaxBodyBytes = max(config.MaxBodyBytes, txBodyFactor*int64(mempoolConfig().MaxTxBytes))
	websockets := rpcserver.NewWebsocketManager(routes, rpcserver.ReadLimit(config.MaxBodyBytes),
		rpcserver.OnDisconnect(func(remote string) { _ = n.events.UnsubscribeAll(context.Background(), remote) }))
	websockets.SetLogger(logger)
	mux := http.NewServeMux()
	mux.HandleFunc("/websocket", websockets.WebsocketHandler)
	rpcserver.RegisterRPCFuncs(mux, routes, logger)
	go func() { _ = rpcserver.Serve(n.listeners.rpc, fromAnywhere(mux), logger, config) }()
}

// fromAnywhere lets pages of every origin ask, with every header: the SDK's own handler allows
// Content-Type alone, and a page could not ask for the state at a height.
func fromAnywhere(handler http.Handler) http.Handler {
	return cors.New(cors.Options{
		AllowedOrigins:      []string{"*"},
		AllowedMethods:      []string{http.MethodHead, http.MethodGet, http.MethodPost},
		AllowedHeaders:      []string{"*"},
		ExposedHeaders:      []string{"*"},
		AllowPrivateNetwork: true,
	}).Handler(handler)
}

// published is what the RPC asks of consensus and of the connections to others, which do not exist.
type published struct{ *node }

// GetState after the last block.
func (p published) GetState() sm.State { return p.published.Load().Copy() }

// GetValidators of the next block.
func (p published) GetValidators() (int64, []*cmttypes.Validator) {
	state := p.GetState()
	return state.LastBlockHeight, state.Validators.Validators
}

// GetLastHeight that has a block.
func (p published) GetLastHeight() int64 { return p.blockStore.Height() }

// GetRoundStateJSON is a round that has just begun: clients refuse an empty one.
func (p published) GetRoundStateJSON() ([]byte, error) { return cmtjson.Marshal(p.roundState()) }

// GetRoundStateSimpleJSON is the same in short.
func (p published) GetRoundStateSimpleJSON() ([]byte, error) {
	state := p.roundState()
	return cmtjson.Marshal(state.RoundStateSimple())
}

func (p published) roundState() cstypes.RoundState {
	state := p.GetState()
	height := state.LastBlockHeight + 1
	return cstypes.RoundState{
		Height:         height,
		StartTime:      state.LastBlockTime,
		Step:           cstypes.RoundStepNewHeight,
		Validators:     state.Validators,
		LastValidators: state.LastValidators,
		Votes:          cstypes.NewHeightVoteSet(state.ChainID, height, state.Validators),
	}
}

// WaitSync never.
func (published) WaitSync() bool { return false }

// Listeners are none; clients refuse null.
func (published) Listeners() []string { return []string{} }

// IsListening as a node does.
func (published) IsListening() bool { return true }

// NodeInfo of a node that nobody connects to.
func (p published) NodeInfo() p2p.NodeInfo {
	return p2p.DefaultNodeInfo{
		ProtocolVersion: p2p.NewProtocolVersion(version.P2PProtocol, version.BlockProtocol, 0),
		DefaultNodeID:   p2p.ID(strings.Repeat("0", 2*p2p.IDByteLength)),
		ListenAddr:      "tcp://127.0.0.1:26656",
		Network:         p.genesis.ChainID,
		Version:         version.TMCoreSemVer,
		Channels:        bytes.HexBytes{},
		Moniker:         "devnet",
		Other:           p2p.DefaultNodeInfoOther{TxIndex: "on", RPCAddress: "tcp://" + p.listeners.rpc.Addr().String()},
	}
}

type noPeers struct{}

// AddPersistentPeers adds none.
func (noPeers) AddPersistentPeers([]string) error { return nil }

// AddUnconditionalPeerIDs adds none.
func (noPeers) AddUnconditionalPeerIDs([]string) error { return nil }

// AddPrivatePeerIDs adds none.
func (noPeers) AddPrivatePeerIDs([]string) error { return nil }

// DialPeersAsync dials none.
func (noPeers) DialPeersAsync([]string) error { return nil }

// Peers are none.
func (noPeers) Peers() p2p.IPeerSet { return p2p.NewPeerSet() }
