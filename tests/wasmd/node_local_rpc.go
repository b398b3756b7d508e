package main

import (
	"context"

	"github.com/cometbft/cometbft/libs/bytes"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	"github.com/cometbft/cometbft/rpc/core"
	coretypes "github.com/cometbft/cometbft/rpc/core/types"
	rpctypes "github.com/cometbft/cometbft/rpc/jsonrpc/types"
	cmttypes "github.com/cometbft/cometbft/types"
)

// localRPC is the RPC that the SDK's servers ask, without a wire.
type localRPC struct{ env *core.Environment }

var noConnection = &rpctypes.Context{}

// ABCIInfo as over RPC.
func (c localRPC) ABCIInfo(context.Context) (*coretypes.ResultABCIInfo, error) {
	return c.env.ABCIInfo(noConnection)
}

// ABCIQuery as over RPC.
func (c localRPC) ABCIQuery(_ context.Context, path string, data bytes.HexBytes) (*coretypes.ResultABCIQuery, error) {
	return c.env.ABCIQuery(noConnection, path, data, 0, false)
}

// ABCIQueryWithOptions as over RPC.
func (c localRPC) ABCIQueryWithOptions(_ context.Context, path string, data bytes.HexBytes, o rpcclient.ABCIQueryOptions) (*coretypes.ResultABCIQuery, error) {
	return c.env.ABCIQuery(noConnection, path, data, o.Height, o.Prove)
}

// BroadcastTxCommit as over RPC.
func (c localRPC) BroadcastTxCommit(_ context.Context, tx cmttypes.Tx) (*coretypes.ResultBroadcastTxCommit, error) {
	return c.env.BroadcastTxCommit(noConnection, tx)
}

// BroadcastTxAsync as over RPC.
func (c localRPC) BroadcastTxAsync(_ context.Context, tx cmttypes.Tx) (*coretypes.ResultBroadcastTx, error) {
	return c.env.BroadcastTxAsync(noConnection, tx)
}

// BroadcastTxSync as over RPC.
func (c localRPC) BroadcastTxSync(_ context.Context, tx cmttypes.Tx) (*coretypes.ResultBroadcastTx, error) {
	return c.env.BroadcastTxSync(noConnection, tx)
}

// Validators as over RPC.
func (c localRPC) Validators(_ context.Context, height *int64, page, perPage *int) (*coretypes.ResultValidators, error) {
	return c.env.Validators(noConnection, height, page, perPage)
}

// Status as over RPC.
func (c localRPC) Status(context.Context) (*coretypes.ResultStatus, error) {
	return c.env.Status(noConnection)
}

// Block as over RPC.
func (c localRPC) Block(_ context.Context, height *int64) (*coretypes.ResultBlock, error) {
	return c.env.Block(noConnection, height)
}

// BlockByHash as over RPC.
func (c localRPC) BlockByHash(_ context.Context, hash []byte) (*coretypes.ResultBlock, error) {
	return c.env.BlockByHash(noConnection, hash)
}

// BlockResults as over RPC.
func (c localRPC) BlockResults(_ context.Context, height *int64) (*coretypes.ResultBlockResults, error) {
	return c.env.BlockResults(noConnection, height)
}

// BlockchainInfo as over RPC.
func (c localRPC) BlockchainInfo(_ context.Context, least, most int64) (*coretypes.ResultBlockchainInfo, error) {
	return c.env.BlockchainInfo(noConnection, least, most)
}

// Commit as over RPC.
func (c localRPC) Commit(_ context.Context, height *int64) (*coretypes.ResultCommit, error) {
	return c.env.Commit(noConnection, height)
}

// Tx as over RPC.
func (c localRPC) Tx(_ context.Context, hash []byte, prove bool) (*coretypes.ResultTx, error) {
	return c.env.Tx(noConnection, hash, prove)
}

// TxSearch as over RPC.
func (c localRPC) TxSearch(_ context.Context, query string, prove bool, page, perPage *int, order string) (*coretypes.ResultTxSearch, error) {
	return c.env.TxSearch(noConnection, query, prove, page, perPage, order)
}

// BlockSearch as over RPC.
func (c localRPC) BlockSearch(_ context.Context, query string, page, perPage *int, order string) (*coretypes.ResultBlockSearch, error) {
	return c.env.BlockSearch(noConnection, query, page, perPage, order)
}
