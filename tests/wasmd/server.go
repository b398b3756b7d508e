package main

import "encoding/json"

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
	"faults":    (*server).setFaults,
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

// decodeOnChain decodes a request and finds its chain.
func (s *server) decodeOnChain(line []byte, request interface{ chainName() string }) (*chain, error) {
	if err := decodeStrictly(line, request); err != nil {
		return nil, err
	}
	c, known := s.chains[request.chainName()]
	if !known {
		return nil, refuse("unknown_chain", "no chain is called %q", request.chainName())
	}
	return c, nil
}

// unlessRefused drops a half-made result.
func unlessRefused[T any](result T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return result, nil
}
