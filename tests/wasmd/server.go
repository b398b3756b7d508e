package main

import (
	"encoding/json"
	"runtime"
	"runtime/debug"
	"sort"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// server holds the chains of the process and serves one request after the other.
type server struct {
	engine *sharedEngine
	chains map[string]*chain
}

func newServer() (*server, error) {
	engine, err := newSharedEngine()
	if err != nil {
		return nil, err
	}
	return &server{engine: engine, chains: map[string]*chain{}}, nil
}

func (s *server) close() {
	for _, c := range s.chains {
		c.close()
	}
	s.engine.close()
}

// operations by name. Each takes the request line and gives what stands under `result`.
var operations = map[string]func(*server, []byte) (any, error){
	"about":     (*server).about,
	"addresses": (*server).addresses,
	"init":      (*server).init,
	"drop":      (*server).drop,
	"status":    (*server).status,
	"block":     (*server).block,
	"blocks":    (*server).blocks,
	"store":     (*server).storeCode,
	"query":     (*server).query,
	"smart":     (*server).smart,
	"snapshot":  (*server).snapshot,
	"restore":   (*server).restore,
	"forget":    (*server).forget,
}

// serve answers a line, whatever it is.
func (s *server) serve(line []byte) (told answer) {
	var head envelope
	defer func() {
		if panicked := recover(); panicked != nil {
			told = answer{ID: head.ID, Error: refuse("panicked", "%v", panicked)}
		}
	}()
	if err := json.Unmarshal(line, &head); err != nil {
		return answer{Error: refuse("bad_request", "%s", err)}
	}
	operation, known := operations[head.Op]
	if !known {
		return answer{ID: head.ID, Error: refuse("unknown_op", "no operation is called %q", head.Op)}
	}
	result, err := operation(s, line)
	if err != nil {
		return answer{ID: head.ID, Error: refusalOf(err)}
	}
	return answer{ID: head.ID, OK: true, Result: result}
}

func (s *server) chain(name string) (*chain, error) {
	c, known := s.chains[name]
	if !known {
		return nil, refuse("unknown_chain", "no chain is called %q", name)
	}
	return c, nil
}

// chainRequest names a chain and, where it matters, one of its snapshots.
type chainRequest struct {
	envelope
	Chain    string `json:"chain"`
	Snapshot uint64 `json:"snapshot,omitempty"`
}

// onChain decodes a request and finds its chain.
func onChain[R any](s *server, line []byte, request *R, name func(*R) string) (*chain, error) {
	if err := decodeStrictly(line, request); err != nil {
		return nil, err
	}
	return s.chain(name(request))
}

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
		"versions":   versions("github.com/CosmWasm/wasmd", "github.com/CosmWasm/wasmvm/v3", "github.com/cosmos/cosmos-sdk", "github.com/cometbft/cometbft"),
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
	return map[string]any{"addresses": told}, nil
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
	var request chainRequest
	c, err := onChain(s, line, &request, func(r *chainRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	c.close()
	delete(s.chains, request.Chain)
	return map[string]any{}, nil
}

func (s *server) status(line []byte) (any, error) {
	var request chainRequest
	c, err := onChain(s, line, &request, func(r *chainRequest) string { return r.Chain })
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
			Consensus: sdk.ConsAddress(v.Address).String(),
			Name:      c.names[string(v.Address)],
			Power:     v.Power,
		})
	}
	return struct {
		chainTip
		Voters []votingPower `json:"next_voters"`
	}{c.whereItStands(), powers}, nil
}

func (s *server) block(line []byte) (any, error) {
	var request blockRequest
	c, err := onChain(s, line, &request, func(r *blockRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.makeBlock(request))
}

func (s *server) blocks(line []byte) (any, error) {
	var request blocksRequest
	c, err := onChain(s, line, &request, func(r *blocksRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.makeBlocks(request))
}

func (s *server) storeCode(line []byte) (any, error) {
	var request storeRequest
	c, err := onChain(s, line, &request, func(r *storeRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.storeCode(request))
}

func (s *server) query(line []byte) (any, error) {
	var request queryRequest
	c, err := onChain(s, line, &request, func(r *queryRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.query(request))
}

func (s *server) smart(line []byte) (any, error) {
	var request smartRequest
	c, err := onChain(s, line, &request, func(r *smartRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	return unlessRefused(c.askContract(request))
}

func (s *server) snapshot(line []byte) (any, error) {
	var request chainRequest
	c, err := onChain(s, line, &request, func(r *chainRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	return map[string]uint64{"snapshot": c.takeSnapshot()}, nil
}

func (s *server) restore(line []byte) (any, error) {
	var request chainRequest
	c, err := onChain(s, line, &request, func(r *chainRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	kept, err := c.snapshot(request.Snapshot)
	if err != nil {
		return nil, err
	}
	if err := c.rewind(kept); err != nil {
		return nil, err
	}
	return c.whereItStands(), nil
}

func (s *server) forget(line []byte) (any, error) {
	var request chainRequest
	c, err := onChain(s, line, &request, func(r *chainRequest) string { return r.Chain })
	if err != nil {
		return nil, err
	}
	if _, err := c.snapshot(request.Snapshot); err != nil {
		return nil, err
	}
	delete(c.snapshots, request.Snapshot)
	return map[string]any{}, nil
}

// unlessRefused drops a half-made result.
func unlessRefused[T any](result T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return result, nil
}
