package main

import (
	"encoding/json"
	"fmt"
	"reflect"

	storetypes "cosmossdk.io/store/types"
	abci "github.com/cometbft/cometbft/abci/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	querytypes "github.com/cosmos/cosmos-sdk/types/query"
)

// queryRequest asks the state after the last block.
type queryRequest struct {
	chainEnvelope
	// Query is one of queryPaths or the path of any gRPC query.
	Query string `json:"query"`
	// Request in proto-JSON; empty for queries that take nothing.
	Request json.RawMessage `json:"request,omitempty"`
}

// queryPaths are short names of what tests ask most.
var queryPaths = map[string]string{
	"account":             "/cosmos.auth.v1beta1.Query/Account",
	"balance":             "/cosmos.bank.v1beta1.Query/Balance",
	"balances":            "/cosmos.bank.v1beta1.Query/AllBalances",
	"supply":              "/cosmos.bank.v1beta1.Query/TotalSupply",
	"supply_of":           "/cosmos.bank.v1beta1.Query/SupplyOf",
	"denom_metadata":      "/cosmos.bank.v1beta1.Query/DenomMetadata",
	"denom_authority":     "/osmosis.tokenfactory.v1beta1.Query/DenomAuthorityMetadata",
	"denoms_of":           "/osmosis.tokenfactory.v1beta1.Query/DenomsFromCreator",
	"denom_params":        "/osmosis.tokenfactory.v1beta1.Query/Params",
	"validators":          "/cosmos.staking.v1beta1.Query/Validators",
	"validator":           "/cosmos.staking.v1beta1.Query/Validator",
	"delegation":          "/cosmos.staking.v1beta1.Query/Delegation",
	"delegations":         "/cosmos.staking.v1beta1.Query/DelegatorDelegations",
	"delegators":          "/cosmos.staking.v1beta1.Query/ValidatorDelegations",
	"unbonding":           "/cosmos.staking.v1beta1.Query/UnbondingDelegation",
	"unbondings":          "/cosmos.staking.v1beta1.Query/DelegatorUnbondingDelegations",
	"redelegations":       "/cosmos.staking.v1beta1.Query/Redelegations",
	"pool":                "/cosmos.staking.v1beta1.Query/Pool",
	"staking_params":      "/cosmos.staking.v1beta1.Query/Params",
	"rewards":             "/cosmos.distribution.v1beta1.Query/DelegationTotalRewards",
	"rewards_from":        "/cosmos.distribution.v1beta1.Query/DelegationRewards",
	"outstanding_rewards": "/cosmos.distribution.v1beta1.Query/ValidatorOutstandingRewards",
	"commission":          "/cosmos.distribution.v1beta1.Query/ValidatorCommission",
	"withdraw_address":    "/cosmos.distribution.v1beta1.Query/DelegatorWithdrawAddress",
	"distribution_params": "/cosmos.distribution.v1beta1.Query/Params",
	"signing_info":        "/cosmos.slashing.v1beta1.Query/SigningInfo",
	"signing_infos":       "/cosmos.slashing.v1beta1.Query/SigningInfos",
	"slashing_params":     "/cosmos.slashing.v1beta1.Query/Params",
	"mint_params":         "/cosmos.mint.v1beta1.Query/Params",
	"inflation":           "/cosmos.mint.v1beta1.Query/Inflation",
	"proposal":            "/cosmos.gov.v1.Query/Proposal",
	"tally":               "/cosmos.gov.v1.Query/TallyResult",
	"votes":               "/cosmos.gov.v1.Query/Votes",
	"contract":            "/cosmwasm.wasm.v1.Query/ContractInfo",
	"contract_history":    "/cosmwasm.wasm.v1.Query/ContractHistory",
	"contract_state":      "/cosmwasm.wasm.v1.Query/AllContractState",
	"code":                "/cosmwasm.wasm.v1.Query/CodeInfo",
	"codes":               "/cosmwasm.wasm.v1.Query/Codes",
}

// wholeAnswer is the page limit of a query that gives none: tests want everything.
const wholeAnswer = 1_000_000

// query answers in proto-JSON, through the application's gRPC router on a context of its own.
func (c *chain) query(request queryRequest) (answer json.RawMessage, err error) {
	path, short := queryPaths[request.Query]
	if !short {
		path = request.Query
	}
	found, err := findMethod(path)
	if err != nil {
		return nil, err
	}
	handler := c.app.GRPCQueryRouter().Route(path)
	if handler == nil {
		return nil, refuse("unknown_query", "the application does not serve %s", path)
	}
	defer func() {
		if panicked := recover(); panicked != nil {
			err = refuse("query_failed", "%s panicked: %v", path, panicked)
		}
	}()
	codec := c.app.AppCodec()
	message := found.newRequest()
	if len(request.Request) > 0 {
		if err := codec.UnmarshalJSON(request.Request, message); err != nil {
			return nil, refuse("bad_request", "%s: %s", path, err)
		}
	}
	askForEverything(message)
	data, err := codec.Marshal(message)
	if err != nil {
		return nil, err
	}
	response, err := handler(c.stateContext(), &abci.RequestQuery{Path: path, Data: data, Height: c.tip.height})
	if err != nil {
		return nil, refuse("query_failed", "%s: %s", path, err)
	}
	told := found.newResponse()
	if err := codec.Unmarshal(response.Value, told); err != nil {
		return nil, err
	}
	return codec.MarshalJSON(told)
}

// askForEverything sets the page limit of a request that has pages and asks for none.
func askForEverything(request any) {
	field := reflect.ValueOf(request).Elem().FieldByName("Pagination")
	if field.IsValid() && field.Type() == reflect.TypeFor[*querytypes.PageRequest]() && field.IsNil() {
		field.Set(reflect.ValueOf(&querytypes.PageRequest{Limit: wholeAnswer}))
	}
}

// smartRequest asks a contract.
type smartRequest struct {
	chainEnvelope
	Contract string          `json:"contract"`
	Msg      json.RawMessage `json:"msg"`
	// Gas limit; the chain's smart_query_gas unless given.
	Gas uint64 `json:"gas,omitempty"`
}

type smartResult struct {
	Data    json.RawMessage `json:"data"`
	GasUsed uint64          `json:"gas_used"`
}

// askContract runs a smart query as a node would, and tells its gas.
func (c *chain) askContract(request smartRequest) (result smartResult, err error) {
	address, err := sdk.AccAddressFromBech32(request.Contract)
	if err != nil {
		return result, refuse("bad_address", "contract %q: %s", request.Contract, err)
	}
	limit := request.Gas
	if limit == 0 {
		limit = c.spec.Params.SmartQueryGas
	}
	meter := storetypes.NewGasMeter(limit)
	defer func() {
		if panicked := recover(); panicked != nil {
			name := "query_failed"
			if _, outOfGas := panicked.(storetypes.ErrorOutOfGas); outOfGas {
				name = "out_of_gas"
			}
			err = refuse(name, "%s after %d of %d gas", fmt.Sprint(panicked), meter.GasConsumed(), limit)
		}
	}()
	data, err := c.app.WasmKeeper.QuerySmart(c.stateContext().WithGasMeter(meter), address, request.Msg)
	if err != nil {
		return result, refuse("query_failed", "%s", err)
	}
	if !json.Valid(data) {
		return result, refuse("query_failed", "the contract's answer is not JSON")
	}
	return smartResult{Data: data, GasUsed: meter.GasConsumed()}, nil
}
