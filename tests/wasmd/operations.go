package main

import (
	"runtime"
	"runtime/debug"
	"sort"
)

func (s *server) about(line []byte) (any, error) {
	if err := decodeStrictly(line, &envelope{}); err != nil {
		return nil, err
	}
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	names := make([]string, 0, len(s.chains))
	for name := range s.chains {
		names = append(names, name)
	}
	sort.Strings(names)
	return map[string]any{
		"versions": versions("github.com/CosmWasm/wasmd", "github.com/CosmWasm/wasmvm/v3", "github.com/cosmos/cosmos-sdk",
			"github.com/cometbft/cometbft", "github.com/cosmos/ibc-go/v10", "github.com/cosmos/tokenfactory"),
		"go":         runtime.Version(),
		"chains":     names,
		"heap_bytes": memory.HeapAlloc,
	}, nil
}

// versions of the modules this program was built with.
func versions(modules ...string) map[string]string {
	told := map[string]string{}
	build, known := debug.ReadBuildInfo()
	if !known {
		return told
	}
	for _, dependency := range build.Deps {
		for _, module := range modules {
			if dependency.Path == module {
				told[module] = dependency.Version
			}
		}
	}
	return told
}

func (s *server) addresses(line []byte) (any, error) {
	var request struct {
		envelope
		Names []string `json:"names"`
		// Callers are accounts that call for senders of other chains.
		Callers []struct {
			Channel string `json:"channel"`
			Sender  string `json:"sender"`
		} `json:"callers,omitempty"`
	}
	if err := decodeStrictly(line, &request); err != nil {
		return nil, err
	}
	told := map[string]identity{}
	for _, name := range request.Names {
		if err := ensureName(name); err != nil {
			return nil, err
		}
		told[name] = identityOf(name)
	}
	result := map[string]any{"addresses": told}
	var callers []string
	for _, caller := range request.Callers {
		callers = append(callers, memoCaller(caller.Channel, caller.Sender).String())
	}
	if callers != nil {
		result["callers"] = callers
	}
	return result, nil
}

// initResult tells the addresses of everyone the request named.
type initResult struct {
	chainTip
	Accounts   map[string]string `json:"accounts"`
	Validators []validatorResult `json:"validators"`
}

type validatorResult struct {
	Name string `json:"name"`
	identity
	// Power at block 1; 0 if it is not in the set.
	Power int64 `json:"power"`
}

func (s *server) init(line []byte) (any, error) {
	var spec chainSpec
	if err := decodeStrictly(line, &spec); err != nil {
		return nil, err
	}
	if _, taken := s.chains[spec.Chain]; taken {
		return nil, refuse("chain_exists", "chain %q exists: drop it first", spec.Chain)
	}
	c, err := openChain(s.engine, spec)
	if err != nil {
		return nil, err
	}
	s.chains[spec.Chain] = c
	result := initResult{chainTip: c.whereItStands(), Accounts: map[string]string{}}
	for _, account := range spec.Accounts {
		if account.Name != "" {
			result.Accounts[account.Name] = identityOf(account.Name).Account
		}
	}
	for _, v := range spec.Validators {
		result.Validators = append(result.Validators, validatorResult{
			Name:     v.Name,
			identity: identityOf(v.Name),
			Power:    c.tip.voters[0].power(c.consensus[v.Name]),
		})
	}
	return result, nil
}

func (s *server) drop(line []byte) (any, error) {
	var request chainEnvelope
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	c.close()
	delete(s.chains, request.Chain)
	return map[string]any{}, nil
}

func (s *server) status(line []byte) (any, error) {
	var request chainEnvelope
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	type votingPower struct {
		Consensus string `json:"consensus"`
		Name      string `json:"name,omitempty"`
		Power     int64  `json:"power"`
	}
	powers := []votingPower{}
	for _, v := range c.tip.voters[1] {
		powers = append(powers, votingPower{
			Consensus: v.Address.String(),
			Name:      c.names[string(v.Address)],
			Power:     v.Power,
		})
	}
	return struct {
		chainTip
		NextVoters []votingPower `json:"next_voters"`
	}{c.whereItStands(), powers}, nil
}

func (s *server) block(line []byte) (any, error) {
	var request blockRequest
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.makeBlock(request))
}

func (s *server) blocks(line []byte) (any, error) {
	var request blocksRequest
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.makeBlocks(request))
}

func (s *server) storeCode(line []byte) (any, error) {
	var request storeRequest
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.storeCode(request))
}

func (s *server) query(line []byte) (any, error) {
	var request queryRequest
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.query(request))
}

func (s *server) smart(line []byte) (any, error) {
	var request smartRequest
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.askContract(request))
}
