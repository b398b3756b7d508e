package main

import (
	"net"
	"net/http"
	"time"

	"github.com/cosmos/tokenfactory/x/tokenfactory"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/server/api"
	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	servergrpc "github.com/cosmos/cosmos-sdk/server/grpc"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
)

// serve starts all public interfaces.
func (n *node) serve() error {
	env, err := n.environment()
	if err != nil {
		return err
	}
	n.serveRPC(env)
	return n.serveSDK(localRPC{env})
}

// serveSDK starts the SDK's gRPC server and, on top of it, its REST gateway.
func (n *node) serveSDK(rpc client.CometRPC) error {
	config := serverconfig.DefaultConfig()
	config.MinGasPrices = n.minGasPrices()
	config.API.Swagger = false
	// a query that meets the end of a block would fail now and then; but in a pause, only the check
	// finds the last block
	config.GRPC.SkipCheckHeader = n.whyPaused() == ""

	clientCtx := client.Context{}.
		WithCodec(n.app.AppCodec()).
		WithInterfaceRegistry(n.app.InterfaceRegistry()).
		WithLegacyAmino(n.app.LegacyAmino()).
		WithTxConfig(n.app.TxConfig()).
		WithAccountRetriever(authtypes.AccountRetriever{}).
		WithChainID(n.genesis.ChainID).
		WithHomeDir(n.home.dir).
		WithClient(rpc)
	n.app.RegisterTxService(clientCtx)
	n.app.RegisterTendermintService(clientCtx)
	n.app.RegisterNodeService(clientCtx, *config)

	wire, err := grpc.NewClient(n.listeners.grpc.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(
			grpc.ForceCodec(codec.NewProtoCodec(clientCtx.InterfaceRegistry).GRPCCodec()),
			grpc.MaxCallRecvMsgSize(serverconfig.DefaultGRPCMaxRecvMsgSize),
			grpc.MaxCallSendMsgSize(serverconfig.DefaultGRPCMaxSendMsgSize)))
	if err != nil {
		return err
	}
	n.closers = append(n.closers, wire.Close)
	clientCtx = clientCtx.WithGRPCClient(wire)
	server, clientCtx, err := servergrpc.NewGRPCServerAndContext(clientCtx, n.app, config.GRPC, quiet(n.logger))
	if err != nil {
		return err
	}
	n.closers = append(n.closers, func() error { server.Stop(); return nil })
	go func() { _ = server.Serve(n.listeners.grpc) }()

	rest := api.New(clientCtx, quiet(n.logger), server)
	n.app.RegisterAPIRoutes(rest, config.API)
	// the application's own list of modules lacks what was added from outside
	tokenfactory.AppModuleBasic{}.RegisterGRPCGatewayRoutes(clientCtx, rest.GRPCGatewayRouter)
	rest.Router.PathPrefix("/").Handler(rest.GRPCGatewayRouter)
	n.serveREST(n.listeners.rest, rest.Router)
	return nil
}

func (n *node) serveREST(listener net.Listener, routes http.Handler) {
	server := &http.Server{Handler: fromAnywhere(routes), ReadHeaderTimeout: time.Minute, WriteTimeout: longestCall}
	n.closers = append(n.closers, server.Close)
	go func() { _ = server.Serve(listener) }()
}
