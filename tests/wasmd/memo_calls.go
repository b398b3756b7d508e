package main

import (
	"encoding/json"

	errorsmod "cosmossdk.io/errors"
	sdkmath "cosmossdk.io/math"
	wasmkeeper "github.com/CosmWasm/wasmd/x/wasm/keeper"
	wasmtypes "github.com/CosmWasm/wasmd/x/wasm/types"
	transfertypes "github.com/cosmos/ibc-go/v10/modules/apps/transfer/types"
	channeltypes "github.com/cosmos/ibc-go/v10/modules/core/04-channel/types"
	porttypes "github.com/cosmos/ibc-go/v10/modules/core/05-port/types"
	ibcexported "github.com/cosmos/ibc-go/v10/modules/core/exported"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/address"

	wasmapp "github.com/CosmWasm/wasmd/app"
)

// memoCalls stands before x/transfer, as chains with ibc-hooks have it: a transfer whose memo is
// {"wasm":{"contract":…,"msg":…}} goes to an account that stands for its sender on that channel, which
// calls the contract with the coins. What fails undoes all of it and gives the coins back.
type memoCalls struct {
	porttypes.IBCModule
	contracts *wasmkeeper.Keeper
}

// The refusals of ibc-hooks, of which an acknowledgement tells the number.
var (
	errMemo     = errorsmod.Register("wasm-hooks", 2, "error in wasmhook message validation")
	errPacket   = errorsmod.Register("wasm-hooks", 4, "invalid packet data")
	errContract = errorsmod.Register("wasm-hooks", 6, "wasm error")
)

// addMemoCalls puts them into the routes of the application, whose own router takes no changes.
func addMemoCalls(app *wasmapp.WasmApp) {
	was, router := app.IBCKeeper.PortKeeper.Router, porttypes.NewRouter()
	for _, port := range was.Keys() {
		module, _ := was.Route(port)
		if port == transfertypes.ModuleName {
			module = memoCalls{IBCModule: module, contracts: &app.WasmKeeper}
		}
		router.AddRoute(port, module)
	}
	router.Seal()
	app.IBCKeeper.PortKeeper.Router = router
}

// memoCaller is the account that calls for a sender of the other chain; nobody has its key.
func memoCaller(channel, sender string) sdk.AccAddress {
	return address.Hash("ibc-wasm-hook-intermediary", []byte(channel+"/"+sender))
}

// OnRecvPacket receives the coins for the caller, then calls.
func (m memoCalls) OnRecvPacket(ctx sdk.Context, version string, packet channeltypes.Packet, relayer sdk.AccAddress) ibcexported.Acknowledgement {
	var data transfertypes.FungibleTokenPacketData
	if json.Unmarshal(packet.Data, &data) != nil {
		return m.IBCModule.OnRecvPacket(ctx, version, packet, relayer)
	}
	wanted, isCall := wasmOf(data.Memo)
	if !isCall {
		return m.IBCModule.OnRecvPacket(ctx, version, packet, relayer)
	}
	msg, err := callOf(wanted, data.Receiver)
	if err != nil {
		return refusedPacket(ctx, errMemo, err)
	}
	caller := memoCaller(packet.DestinationChannel, data.Sender)
	coin, err := arrivingCoin(packet, data)
	if err != nil {
		return refusedPacket(ctx, errPacket, err)
	}
	msg.Sender, msg.Funds = caller.String(), sdk.NewCoins(coin)
	data.Receiver = msg.Sender
	if packet.Data, err = json.Marshal(data); err != nil {
		return refusedPacket(ctx, errPacket, err)
	}
	received := m.IBCModule.OnRecvPacket(ctx, version, packet, relayer)
	if !received.Success() {
		return received
	}
	called, err := wasmkeeper.NewMsgServerImpl(m.contracts).ExecuteContract(ctx, &msg)
	if err != nil {
		return refusedPacket(ctx, errContract, err)
	}
	answer, err := json.Marshal(map[string][]byte{"contract_result": called.Data, "ibc_ack": received.Acknowledgement()})
	if err != nil {
		return refusedPacket(ctx, errContract, err)
	}
	return channeltypes.NewResultAcknowledgement(answer)
}

// wasmOf is what stands under `wasm` in a memo that is a JSON object.
func wasmOf(memo string) (wanted any, isCall bool) {
	var fields map[string]any
	if json.Unmarshal([]byte(memo), &fields) != nil {
		return nil, false
	}
	wanted, isCall = fields["wasm"]
	return wanted, isCall
}

// callOf reads the call. Its message is written anew, as ibc-hooks do: numbers in it that are no text
// have gone through floating point.
func callOf(wanted any, receiver string) (msg wasmtypes.MsgExecuteContract, err error) {
	fields, isObject := wanted.(map[string]any)
	contract, isText := fields["contract"].(string)
	inner, isMessage := fields["msg"].(map[string]any)
	switch {
	case !isObject || !isText || !isMessage:
		return msg, errMemo.Wrap("a call is an object with contract, a text, and msg, an object")
	case contract != receiver:
		return msg, errMemo.Wrapf("the receiver is %s, and not the contract %s", receiver, contract)
	}
	if _, err := sdk.AccAddressFromBech32(contract); err != nil {
		return msg, err
	}
	text, err := json.Marshal(inner)
	return wasmtypes.MsgExecuteContract{Contract: contract, Msg: text}, err
}

// arrivingCoin is the coin of a packet as this chain calls it.
func arrivingCoin(packet channeltypes.Packet, data transfertypes.FungibleTokenPacketData) (sdk.Coin, error) {
	denom := transfertypes.ExtractDenomFromPath(data.Denom)
	if denom.HasPrefix(packet.SourcePort, packet.SourceChannel) {
		denom.Trace = denom.Trace[1:] // it comes home
	} else {
		hop := transfertypes.NewHop(packet.DestinationPort, packet.DestinationChannel)
		denom.Trace = append([]transfertypes.Hop{hop}, denom.Trace...)
	}
	amount, isNumber := sdkmath.NewIntFromString(data.Amount)
	coin := sdk.Coin{Denom: denom.IBCDenom(), Amount: amount}
	if !isNumber {
		return coin, errPacket.Wrapf("amount %q", data.Amount)
	}
	return coin, coin.Validate()
}

// refusedPacket tells the reason in an event: acknowledgements only have the number.
func refusedPacket(ctx sdk.Context, kind *errorsmod.Error, reason error) ibcexported.Acknowledgement {
	ctx.EventManager().EmitEvent(sdk.NewEvent("ibc-acknowledgement-error",
		sdk.NewAttribute("error", kind.Error()), sdk.NewAttribute("error-context", reason.Error())))
	return channeltypes.NewErrorAcknowledgement(kind)
}
