package main

import (
	"context"
	"sync"

	storetypes "cosmossdk.io/store/types"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/evidence"
	"github.com/cometbft/cometbft/proxy"
	sm "github.com/cometbft/cometbft/state"
	cmttypes "github.com/cometbft/cometbft/types"
)

// undoingApp undoes a block that was run and not committed before the next one is proposed. Running a
// block writes into the stores, and CometBFT may refuse what comes of it.
type undoingApp struct {
	abci.Application
	stores storetypes.CommitMultiStore
	ran    bool
}

// PrepareProposal comes first if a block is made here.
func (a *undoingApp) PrepareProposal(ctx context.Context, request *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	if err := a.undo(); err != nil {
		return nil, err
	}
	return a.Application.PrepareProposal(ctx, request)
}

// FinalizeBlock runs a block.
func (a *undoingApp) FinalizeBlock(ctx context.Context, request *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	a.ran = true
	return a.Application.FinalizeBlock(ctx, request)
}

// Commit keeps it.
func (a *undoingApp) Commit(ctx context.Context, request *abci.RequestCommit) (*abci.ResponseCommit, error) {
	a.ran = false
	return a.Application.Commit(ctx, request)
}

func (a *undoingApp) undo() error {
	if !a.ran {
		return nil
	}
	a.ran = false
	return a.stores.LoadLatestVersion()
}

// commitHook lets a block be saved after the application ran it and before it commits.
type commitHook struct {
	proxy.AppConnConsensus
	before func() error
}

// Commit saves the block first: then a crash finds it, and until then nothing happened.
func (h *commitHook) Commit(ctx context.Context) (*abci.ResponseCommit, error) {
	if h.before != nil {
		if err := h.before(); err != nil {
			return nil, err
		}
		reached(blockSaved)
	}
	response, err := h.AppConnConsensus.Commit(ctx)
	reached(blockCommitted)
	return response, err
}

// evidencePool is CometBFT's.
type evidencePool struct{ *evidence.Pool }

// Update moves evidence that is in a block away from what is to be proposed.
func (p evidencePool) Update(state sm.State, list cmttypes.EvidenceList) {
	p.Pool.Update(state, list)
	reached(evidenceUpdated)
}

// stateStore is CometBFT's, which remembers what every block and every status asks: the newest sets
// of validators. It would load the last change and count the proposers' turns up from there.
type stateStore struct {
	sm.Store
	mutex  sync.RWMutex
	newest map[int64]*cmttypes.ValidatorSet
}

// SaveFinalizeBlockResponse saves what the application said of a block.
func (s *stateStore) SaveFinalizeBlockResponse(height int64, response *abci.ResponseFinalizeBlock) error {
	reached(blockRun)
	err := s.Store.SaveFinalizeBlockResponse(height, response)
	reached(responseSaved)
	return err
}

// Save saves the state after a block, and remembers its validators.
func (s *stateStore) Save(state sm.State) error {
	if err := s.Store.Save(state); err != nil {
		return err
	}
	reached(stateSaved)
	s.remember(state)
	return nil
}

func (s *stateStore) remember(state sm.State) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.newest = map[int64]*cmttypes.ValidatorSet{
		state.LastBlockHeight:     state.LastValidators,
		state.LastBlockHeight + 1: state.Validators,
		state.LastBlockHeight + 2: state.NextValidators,
	}
}

// LoadValidators answers out of memory if it can.
func (s *stateStore) LoadValidators(height int64) (*cmttypes.ValidatorSet, error) {
	s.mutex.RLock()
	known := s.newest[height]
	s.mutex.RUnlock()
	if known != nil && height > 0 {
		return known.Copy(), nil
	}
	return s.Store.LoadValidators(height)
}
