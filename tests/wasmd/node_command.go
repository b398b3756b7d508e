package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	sdklog "cosmossdk.io/log"

	wasmtypes "github.com/CosmWasm/wasmd/x/wasm/types"
)

// nodeOptions are those of the command line.
type nodeOptions struct {
	homeDir, specFile string
	blockTime         time.Duration
	rpc, grpc, rest   string
	keepBlocks        int64
	validate          bool
}

const leastKeptBlocks = 10

// flags that fill the options.
func (o *nodeOptions) flags() *flag.FlagSet {
	set := flag.NewFlagSet("wasmd-chain node", flag.ContinueOnError)
	set.StringVar(&o.homeDir, "home", "", "folder of the chain; made if it is not there")
	set.StringVar(&o.specFile, "spec", "", "file of the chain's genesis, a request init; needed when the folder is new")
	set.DurationVar(&o.blockTime, "block-time", time.Second, "time between blocks")
	set.StringVar(&o.rpc, "rpc", "127.0.0.1:0", "address of CometBFT's RPC; port 0 is a free one, and the same at a restart")
	set.StringVar(&o.grpc, "grpc", "127.0.0.1:0", "address of the gRPC server")
	set.StringVar(&o.rest, "rest", "127.0.0.1:0", "address of the REST server")
	set.Int64Var(&o.keepBlocks, "keep-blocks", 0, "blocks kept; 0 keeps all")
	set.BoolVar(&o.validate, "validate", false, "check every block as other nodes would")
	set.IntVar(&wasmtypes.MaxWasmSize, "max-wasm-bytes", wasmtypes.MaxWasmSize, "largest contract that can be stored")
	return set
}

func nodeOptionsOf(arguments []string) (o nodeOptions, err error) {
	set := o.flags()
	if err := set.Parse(arguments); err != nil {
		return o, err
	}
	switch {
	case set.NArg() > 0:
		return o, fmt.Errorf("%q is no option", set.Arg(0))
	case o.homeDir == "":
		return o, errors.New("--home DIR is needed")
	case o.blockTime <= 0:
		return o, fmt.Errorf("--block-time %s is not above 0", o.blockTime)
	case o.keepBlocks != 0 && o.keepBlocks < leastKeptBlocks:
		return o, fmt.Errorf("--keep-blocks %d is neither 0 nor at least %d", o.keepBlocks, leastKeptBlocks)
	}
	return o, nil
}

// runNode is the subcommand `node`: it ends when it is told to, by a signal or over RPC.
func runNode(arguments []string) error {
	options, err := nodeOptionsOf(arguments)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	// only the line about the endpoints stands on standard output
	told := os.Stdout
	os.Stdout = os.Stderr
	// whoever started the node may be gone
	signal.Ignore(syscall.SIGPIPE)
	debug.SetGCPercent(openingGarbagePercent)
	setAddressPrefixes()
	home, err := openHome(options.homeDir, options.specFile)
	if err != nil {
		return err
	}
	defer home.close()
	log, err := openNodeLog(home)
	if err != nil {
		return err
	}
	defer log.close()
	err = serveNode(options, home, log.logger(), told)
	if err != nil {
		log.silent = true // who called says it too
		log.logger().Error("ends", "err", err)
	}
	return err
}

const (
	openingGarbagePercent = 400
	idleGarbagePercent    = 50
)

func serveNode(options nodeOptions, home *nodeHome, logger sdklog.Logger, told io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	bound, err := listenAll(options, home)
	if err != nil {
		return err
	}
	defer bound.close()
	n, err := openNode(options, home, logger)
	if err != nil {
		return err
	}
	defer n.close()
	n.stop, n.listeners = stop, bound
	if err := n.makeFirstBlock(); err != nil {
		return err
	}
	if err := n.serve(); err != nil {
		return err
	}
	if err := n.tell(told); err != nil {
		return err
	}
	// from here on a node is idle most of the time, and stands beside much else
	debug.SetGCPercent(idleGarbagePercent)
	return n.makeBlocks(ctx)
}

// nodeTold is how a node is reached.
type nodeTold struct {
	ChainID string    `json:"chain_id"`
	RPC     string    `json:"rpc"`
	GRPC    string    `json:"grpc"`
	REST    string    `json:"rest"`
	Height  int64     `json:"height"`
	Time    time.Time `json:"time"`
	PID     int       `json:"pid"`
}

// tell how the node is reached, in the folder and then on standard output.
func (n *node) tell(output io.Writer) error {
	text, err := json.Marshal(n.told())
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if err := writeWhole(n.home.toldPath(), text); err != nil {
		return err
	}
	n.logger.Info("serves", "height", n.told().Height, "rpc", n.told().RPC)
	_, _ = output.Write(text) // whoever started the node may be gone
	return nil
}

func (n *node) told() nodeTold {
	state := n.published.Load()
	return nodeTold{
		ChainID: n.genesis.ChainID,
		RPC:     "http://" + n.listeners.rpc.Addr().String(),
		GRPC:    n.listeners.grpc.Addr().String(),
		REST:    "http://" + n.listeners.rest.Addr().String(),
		Height:  state.LastBlockHeight,
		Time:    state.LastBlockTime,
		PID:     os.Getpid(),
	}
}
