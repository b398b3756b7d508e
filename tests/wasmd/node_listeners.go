package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
)

// listeners of the public interfaces, bound before the chain is touched: an address that is taken is
// told at once.
type listeners struct{ rpc, grpc, rest net.Listener }

// boundPorts are remembered: port 0 is a free one at first and the same again later.
type boundPorts struct {
	RPC  int `json:"rpc"`
	GRPC int `json:"grpc"`
	REST int `json:"rest"`
}

func listenAll(options nodeOptions, home *nodeHome) (l listeners, err error) {
	var before boundPorts
	if text, err := os.ReadFile(home.portsPath()); err == nil {
		_ = json.Unmarshal(text, &before)
	}
	defer func() {
		if err != nil {
			l.close()
		}
	}()
	if l.rpc, err = listen("--rpc", options.rpc, before.RPC); err != nil {
		return l, err
	}
	if l.grpc, err = listen("--grpc", options.grpc, before.GRPC); err != nil {
		return l, err
	}
	if l.rest, err = listen("--rest", options.rest, before.REST); err != nil {
		return l, err
	}
	text, err := json.Marshal(boundPorts{RPC: portOf(l.rpc), GRPC: portOf(l.grpc), REST: portOf(l.rest)})
	if err != nil {
		return l, err
	}
	return l, writeWhole(home.portsPath(), text)
}

func listen(option, address string, before int) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", option, address, err)
	}
	if port == "0" && before != 0 {
		if again, err := net.Listen("tcp", net.JoinHostPort(host, fmt.Sprint(before))); err == nil {
			return again, nil
		}
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", option, address, err)
	}
	return listener, nil
}

func portOf(listener net.Listener) int { return listener.Addr().(*net.TCPAddr).Port }

func (l listeners) close() {
	for _, one := range []net.Listener{l.rpc, l.grpc, l.rest} {
		if one != nil {
			_ = one.Close()
		}
	}
}
