package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	errorsmod "cosmossdk.io/errors"
	wasmkeeper "github.com/CosmWasm/wasmd/x/wasm/keeper"
	wasmvmtypes "github.com/CosmWasm/wasmvm/v3/types"
	"github.com/cosmos/gogoproto/proto"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	distributionkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// faults are what a chain is told to do wrong. They are no part of its state: blocks, snapshots and
// restores leave them alone. The refusals themselves go the way that any refusal of a module goes.
type faults struct {
	messages   []messageFault
	queries    bool
	unreadable []string // validators
	hidden     map[string]bool
	noAmounts  bool
	noTimes    bool
	blocked    map[string]bool
	mints      bool
	burns      bool
}

// messageFault is a message that a contract sends to no avail.
type messageFault struct {
	// Type is its type URL.
	Type string `json:"type"`
	// Validator, an operator address, that it names.
	Validator string `json:"validator"`
	// Codespace and Code of the refusal.
	Codespace string `json:"codespace"`
	Code      uint32 `json:"code"`
}

// faultsRequest tells all faults from now on; those it leaves out end.
type faultsRequest struct {
	chainEnvelope
	// Messages of contracts that are refused.
	Messages []messageFault `json:"messages,omitempty"`
	// Queries of contracts to the chain's modules are not accepted, whatever the accept list says.
	Queries bool `json:"queries,omitempty"`
	// Unreadable validators, by operator address: such queries about them fail.
	Unreadable []string `json:"unreadable,omitempty"`
	// Hidden delegators: contracts that ask for all their delegations are shown none.
	Hidden []string `json:"hidden,omitempty"`
	// NoAmounts: undelegations of contracts are answered without their amount, as before SDK 0.48.
	NoAmounts bool `json:"no_amounts,omitempty"`
	// NoTimes: redelegations of contracts are answered without their completion time, as by no chain known.
	NoTimes bool `json:"no_times,omitempty"`
	// Blocked accounts, to which x/bank sends nothing.
	Blocked []string `json:"blocked,omitempty"`
	// Mints of contracts by x/tokenfactory are refused.
	Mints bool `json:"mints,omitempty"`
	// Burns of contracts are refused, as where x/wasm may not burn.
	Burns bool `json:"burns,omitempty"`
}

func (s *server) setFaults(line []byte) (any, error) {
	var request faultsRequest
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	told := faults{
		messages:   request.Messages,
		queries:    request.Queries,
		unreadable: request.Unreadable,
		hidden:     map[string]bool{},
		noAmounts:  request.NoAmounts,
		noTimes:    request.NoTimes,
		blocked:    map[string]bool{},
		mints:      request.Mints,
		burns:      request.Burns,
	}
	validators := append([]string(nil), request.Unreadable...)
	for _, fault := range request.Messages {
		if fault.Code == 0 || fault.Codespace == "" || fault.Type == "" {
			return nil, refuse("bad_request", "a refused message needs type, validator, codespace and code")
		}
		validators = append(validators, fault.Validator)
	}
	for _, validator := range validators {
		if _, err := sdk.ValAddressFromBech32(validator); err != nil {
			return nil, refuse("bad_address", "validator %q: %s", validator, err)
		}
	}
	for _, account := range append(append([]string(nil), request.Blocked...), request.Hidden...) {
		if _, err := sdk.AccAddressFromBech32(account); err != nil {
			return nil, refuse("bad_address", "account %q: %s", account, err)
		}
	}
	for _, account := range request.Blocked {
		told.blocked[account] = true
	}
	for _, account := range request.Hidden {
		told.hidden[account] = true
	}
	c.faults = told
	return map[string]any{}, nil
}

// unlessBlocked is a send restriction, as chains hang them into x/bank.
func (c *chain) unlessBlocked(_ context.Context, _, to sdk.AccAddress, _ sdk.Coins) (sdk.AccAddress, error) {
	if c.faults.blocked[to.String()] {
		return nil, sdkerrors.ErrUnauthorized.Wrapf("%s is not allowed to receive funds", to)
	}
	return to, nil
}

// messengerWithFaults stands before the handler of contracts' messages.
type messengerWithFaults struct {
	chain  *chain
	honest wasmkeeper.Messenger
}

func (c *chain) unlessRefused(honest wasmkeeper.Messenger) wasmkeeper.Messenger {
	return messengerWithFaults{chain: c, honest: honest}
}

// DispatchMsg refuses what it is told to, and hands on the rest.
func (m messengerWithFaults) DispatchMsg(ctx sdk.Context, contract sdk.AccAddress, port string, msg wasmvmtypes.CosmosMsg) (
	[]sdk.Event, [][]byte, [][]*codectypes.Any, error,
) {
	if m.chain.faults.refuseCoins(msg) {
		return nil, nil, nil, sdkerrors.ErrUnauthorized.Wrap("told to refuse")
	}
	if len(m.chain.faults.messages) > 0 {
		encoders := wasmkeeper.DefaultEncoders(m.chain.app.AppCodec(), nil)
		isStaking := msg.Staking != nil || msg.Distribution != nil || msg.Any != nil
		if isStaking {
			messages, err := encoders.Encode(ctx, contract, port, msg)
			if err != nil {
				return nil, nil, nil, err
			}
			for _, message := range messages {
				if err := m.chain.faults.refusalOf(message); err != nil {
					return nil, nil, nil, err
				}
			}
		}
	}
	events, data, responses, err := m.honest.DispatchMsg(ctx, contract, port, msg)
	if err == nil && m.chain.faults.noAmounts {
		err = leaveAmountsOut(responses)
	}
	if err == nil && m.chain.faults.noTimes {
		leaveTimesOut(responses)
	}
	return events, data, responses, err
}

// refuseCoins says whether a contract would mint or burn while that is refused.
func (f faults) refuseCoins(msg wasmvmtypes.CosmosMsg) bool {
	isMint := msg.Any != nil && strings.HasSuffix(msg.Any.TypeURL, ".MsgMint")
	isBurn := msg.Bank != nil && msg.Bank.Burn != nil
	return f.mints && isMint || f.burns && isBurn
}

// leaveAmountsOut makes answers to undelegations those of a chain before SDK 0.48.
func leaveAmountsOut(responses [][]*codectypes.Any) error {
	for _, ofMessage := range responses {
		for _, response := range ofMessage {
			if response.TypeUrl != "/cosmos.staking.v1beta1.MsgUndelegateResponse" {
				continue
			}
			var told stakingtypes.MsgUndelegateResponse
			if err := told.Unmarshal(response.Value); err != nil {
				return err
			}
			whole, err := told.Marshal()
			if err != nil {
				return err
			}
			amount, err := told.Amount.Marshal()
			if err != nil {
				return err
			}
			// the last field, with its key and length: a text of less than 128 bytes
			response.Value = whole[:len(whole)-len(amount)-2]
		}
	}
	return nil
}

// leaveTimesOut empties the answers to redelegations, whose only field is the completion time.
func leaveTimesOut(responses [][]*codectypes.Any) {
	for _, ofMessage := range responses {
		for _, response := range ofMessage {
			if response.TypeUrl == "/cosmos.staking.v1beta1.MsgBeginRedelegateResponse" {
				response.Value = []byte{} // nil would be no bytes at all in the JSON of a reply
			}
		}
	}
}

func (f faults) refusalOf(message sdk.Msg) error {
	for _, fault := range f.messages {
		if sdk.MsgTypeURL(message) == fault.Type && namesValidator(message, fault.Validator) {
			return errorsmod.ABCIError(fault.Codespace, fault.Code, "told to refuse")
		}
	}
	return nil
}

// namesValidator looks into the fields that hold operator addresses.
func namesValidator(message sdk.Msg, operator string) bool {
	value := reflect.ValueOf(message).Elem()
	for i := range value.NumField() {
		name := value.Type().Field(i).Name
		if strings.HasPrefix(name, "Validator") && value.Field(i).Kind() == reflect.String && value.Field(i).String() == operator {
			return true
		}
	}
	return false
}

// unlessUnreadable stands before wasmd's staking queries and before the accept list.
func (c *chain) unlessUnreadable(honest *wasmkeeper.QueryPlugins) *wasmkeeper.QueryPlugins {
	return &wasmkeeper.QueryPlugins{
		Staking: func(ctx sdk.Context, request *wasmvmtypes.StakingQuery) ([]byte, error) {
			if request.AllDelegations != nil && c.faults.hidden[request.AllDelegations.Delegator] {
				return json.Marshal(wasmvmtypes.AllDelegationsResponse{})
			}
			// as wasmd itself sets it up
			distribution := distributionkeeper.NewQuerier(c.app.DistrKeeper)
			return wasmkeeper.StakingQuerier(c.app.StakingKeeper, distribution)(ctx, request)
		},
		Stargate: func(ctx sdk.Context, request *wasmvmtypes.StargateQuery) ([]byte, error) {
			if err := c.faults.unreadableFor(request.Path, request.Data); err != nil {
				return nil, err
			}
			return honest.Stargate(ctx, request)
		},
		Grpc: func(ctx sdk.Context, request *wasmvmtypes.GrpcQuery) (proto.Message, error) {
			if err := c.faults.unreadableFor(request.Path, request.Data); err != nil {
				return nil, err
			}
			return honest.Grpc(ctx, request)
		},
	}
}

func (f faults) unreadableFor(path string, request []byte) error {
	if f.queries {
		return wasmvmtypes.UnsupportedRequest{Kind: fmt.Sprintf("'%s' path is not allowed from the contract", path)}
	}
	for _, validator := range f.unreadable {
		if bytes.Contains(request, []byte(validator)) {
			return stakingtypes.ErrNoValidatorFound
		}
	}
	return nil
}
