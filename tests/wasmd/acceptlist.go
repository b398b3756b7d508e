package main

import (
	"encoding/json"

	wasmkeeper "github.com/CosmWasm/wasmd/x/wasm/keeper"
	wasmvmtypes "github.com/CosmWasm/wasmvm/v3/types"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	wasmapp "github.com/CosmWasm/wasmd/app"
)

// acceptList names the chain queries a contract may send. A stargate query is answered in
// proto-JSON, a grpc query in protobuf bytes.
type acceptList struct {
	Stargate []string `json:"stargate"`
	Grpc     []string `json:"grpc"`
	// Everything accepts every query the application serves, of both kinds.
	Everything bool `json:"-"`
}

// The lists of real chains, as far as staking goes.
var namedAcceptLists = map[string]acceptList{
	"none": {},
	"hub": {Grpc: []string{
		"/cosmos.staking.v1beta1.Query/Validator",
		"/cosmos.gov.v1.Query/Proposal",
	}},
	"osmosis": {Stargate: []string{
		"/cosmos.staking.v1beta1.Query/Validator",
		"/cosmos.staking.v1beta1.Query/Params",
		"/cosmos.staking.v1beta1.Query/Delegation",
		"/cosmos.slashing.v1beta1.Query/SigningInfo",
		"/cosmos.slashing.v1beta1.Query/Params",
		"/cosmos.distribution.v1beta1.Query/Params",
		"/cosmos.distribution.v1beta1.Query/ValidatorCommission",
		"/cosmos.distribution.v1beta1.Query/DelegatorWithdrawAddress",
	}},
	"all": {Everything: true},
}

// UnmarshalJSON takes a name or the two lists of paths.
func (l *acceptList) UnmarshalJSON(text []byte) error {
	var name string
	if json.Unmarshal(text, &name) == nil {
		named, known := namedAcceptLists[name]
		if !known {
			return refuse("bad_accept_list", "no list is called %q: none, hub, osmosis, all, or {stargate, grpc}", name)
		}
		*l = named
		return nil
	}
	type paths acceptList // without this method
	return decodeStrictly(text, (*paths)(l))
}

// responsesByPath is the form wasmd wants: the response type of each accepted path.
func responsesByPath(paths []string) (wasmkeeper.AcceptedQueries, error) {
	accepted := wasmkeeper.AcceptedQueries{}
	for _, path := range paths {
		method, err := findMethod(path)
		if err != nil {
			return nil, err
		}
		accepted[path] = method.newResponse
	}
	return accepted, nil
}

// queryPlugins builds the queriers of contracts. They need the application's router, which exists
// only after the application; so they look it up when they are asked.
func (l acceptList) queryPlugins(app func() *wasmapp.WasmApp) (*wasmkeeper.QueryPlugins, error) {
	stargate, err := responsesByPath(l.Stargate)
	if err != nil {
		return nil, err
	}
	grpc, err := responsesByPath(l.Grpc)
	if err != nil {
		return nil, err
	}
	// whatEverything adds the path to a list that accepts everything
	whatEverything := func(accepted wasmkeeper.AcceptedQueries, path string) wasmkeeper.AcceptedQueries {
		if !l.Everything {
			return accepted
		}
		one, err := responsesByPath([]string{path})
		if err != nil {
			return nil
		}
		return one
	}
	return &wasmkeeper.QueryPlugins{
		Stargate: func(ctx sdk.Context, request *wasmvmtypes.StargateQuery) ([]byte, error) {
			accepted := whatEverything(stargate, request.Path)
			return wasmkeeper.AcceptListStargateQuerier(accepted, app().GRPCQueryRouter(), app().AppCodec())(ctx, request)
		},
		Grpc: func(ctx sdk.Context, request *wasmvmtypes.GrpcQuery) (proto.Message, error) {
			accepted := whatEverything(grpc, request.Path)
			return wasmkeeper.AcceptListGrpcQuerier(accepted, app().GRPCQueryRouter(), app().AppCodec())(ctx, request)
		},
	}, nil
}
