package main

import (
	"context"
	"encoding/json"
	"strconv"

	sdkmath "cosmossdk.io/math"
	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/client"
	clienttx "github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
)

// txSpec is a transaction as a request tells it.
type txSpec struct {
	// Signer is a name; its account must exist.
	Signer string `json:"signer"`
	// Msgs in proto-JSON with their "@type". A contract's `msg` is the JSON object itself.
	Msgs []json.RawMessage `json:"msgs"`
	// Fee, "5ustake"; by the gas price unless given, and never nothing: that would hide its gas.
	Fee *string `json:"fee,omitempty"`
	// Gas limit, or "auto".
	Gas  gasSpec `json:"gas,omitempty"`
	Memo string  `json:"memo,omitempty"`
	// ready messages come from inside instead of Msgs.
	ready []sdk.Msg
}

// gasSpec is a limit, 0 for the default, or what a rehearsal of the block says.
type gasSpec struct {
	auto  bool
	limit uint64
}

// UnmarshalJSON takes a number or "auto".
func (g *gasSpec) UnmarshalJSON(text []byte) error {
	if string(text) == `"auto"` {
		*g = gasSpec{auto: true}
		return nil
	}
	limit, err := strconv.ParseUint(string(text), 10, 63)
	if err != nil {
		return refuse("bad_request", "gas %s is neither a number nor \"auto\"", text)
	}
	*g = gasSpec{limit: limit}
	return nil
}

const (
	// defaultGas is the limit of a transaction that names none, if a block allows it.
	defaultGas = 100_000_000
	// autoGasMargin per cent over a rehearsal: fee and limit are a few bytes longer or shorter.
	autoGasMargin = 2
)

// signAll signs the transactions of a block. Where a limit is "auto", the whole block is rehearsed
// with ample gas and undone, so that a limit knows what the transactions before it have done.
func (c *chain) signAll(specs []txSpec, plan blockPlan) ([][]byte, error) {
	auto := false
	for i := range specs {
		auto = auto || specs[i].Gas.auto
	}
	if auto {
		limits, err := c.rehearse(specs, plan)
		if err != nil {
			return nil, err
		}
		specs = append([]txSpec(nil), specs...)
		for i := range specs {
			if specs[i].Gas.auto {
				specs[i].Gas = gasSpec{limit: limits[i]}
			}
		}
	}
	sequences := map[string]uint64{}
	ctx := c.stateContext()
	var signed [][]byte
	for _, spec := range specs {
		tx, err := c.sign(ctx, spec, sequences)
		if err != nil {
			return nil, err
		}
		signed = append(signed, tx)
	}
	return signed, nil
}

// rehearse tells the gas limit each transaction should have.
func (c *chain) rehearse(specs []txSpec, plan blockPlan) ([]uint64, error) {
	before := c.save()
	ample := append([]txSpec(nil), specs...)
	for i := range ample {
		if ample[i].Gas.auto {
			ample[i].Gas = gasSpec{}
			if ample[i].Fee == nil {
				unit := sdk.NewCoin(c.spec.Denom, sdkmath.OneInt()).String()
				ample[i].Fee = &unit
			}
		}
	}
	var err error
	if plan.txs, err = c.signAll(ample, plan); err != nil {
		return nil, err
	}
	response, err := c.produce(plan)
	if err != nil {
		return nil, err
	}
	limits := make([]uint64, len(specs))
	for i, result := range response.TxResults {
		limits[i] = uint64(result.GasUsed) + uint64(result.GasUsed)*autoGasMargin/100
	}
	return limits, c.rewind(before)
}

// sign makes a transaction's bytes. Sequences counts what the block already holds of each signer.
func (c *chain) sign(ctx sdk.Context, spec txSpec, sequences map[string]uint64) ([]byte, error) {
	if err := ensureName(spec.Signer); err != nil {
		return nil, err
	}
	address := accountAddress(spec.Signer)
	account := c.app.AccountKeeper.GetAccount(ctx, address)
	if account == nil {
		return nil, refuse("unknown_account", "%q (%s) has no account on chain %q", spec.Signer, address, c.spec.Chain)
	}
	messages := spec.ready
	if messages == nil {
		var err error
		if messages, err = c.decodeMessages(spec.Msgs); err != nil {
			return nil, err
		}
	}
	gas := c.gasLimit(spec.Gas)
	fee, err := c.feeOf(spec.Fee, gas)
	if err != nil {
		return nil, err
	}
	key := accountKey(spec.Signer)
	tx, err := signedTx(ctx, c.app.TxConfig(), key, authsigning.SignerData{
		ChainID:       c.spec.ChainID,
		AccountNumber: account.GetAccountNumber(),
		Sequence:      account.GetSequence() + sequences[spec.Signer],
		PubKey:        key.PubKey(),
		Address:       address.String(),
	}, unsignedTx{messages: messages, gas: gas, fee: fee, memo: spec.Memo})
	if err == nil {
		sequences[spec.Signer]++
	}
	return tx, err
}

// unsignedTx is what a signature is put to.
type unsignedTx struct {
	messages []sdk.Msg
	gas      uint64
	fee      sdk.Coins
	memo     string
}

func signedTx(ctx context.Context, config client.TxConfig, key *secp256k1.PrivKey, signer authsigning.SignerData, tx unsignedTx) ([]byte, error) {
	builder := config.NewTxBuilder()
	if err := builder.SetMsgs(tx.messages...); err != nil {
		return nil, refuse("bad_message", "%s", err)
	}
	builder.SetGasLimit(tx.gas)
	builder.SetFeeAmount(tx.fee)
	builder.SetMemo(tx.memo)
	// the signature covers the signer's public key and sequence, so they are set before
	unsigned := signing.SignatureV2{
		PubKey:   key.PubKey(),
		Data:     &signing.SingleSignatureData{SignMode: signing.SignMode_SIGN_MODE_DIRECT},
		Sequence: signer.Sequence,
	}
	if err := builder.SetSignatures(unsigned); err != nil {
		return nil, err
	}
	signature, err := clienttx.SignWithPrivKey(ctx, signing.SignMode_SIGN_MODE_DIRECT, signer, builder, key, config, signer.Sequence)
	if err != nil {
		return nil, refuse("bad_message", "cannot be signed: %s", err)
	}
	if err := builder.SetSignatures(signature); err != nil {
		return nil, err
	}
	return config.TxEncoder()(builder.GetTx())
}

func (c *chain) decodeMessages(texts []json.RawMessage) ([]sdk.Msg, error) {
	if len(texts) == 0 {
		return nil, refuse("bad_message", "a transaction needs a message")
	}
	var messages []sdk.Msg
	for _, text := range texts {
		var message sdk.Msg
		if err := c.app.AppCodec().UnmarshalInterfaceJSON(text, &message); err != nil {
			return nil, refuse("bad_message", "%s", err)
		}
		messages = append(messages, message)
	}
	return messages, nil
}

func (c *chain) gasLimit(gas gasSpec) uint64 {
	limit := gas.limit
	if limit == 0 {
		limit = defaultGas
		if most := c.spec.Params.BlockMaxGas; most > 0 {
			limit = min(limit, uint64(most))
		}
	}
	return limit
}

// feeOf is gas × price, rounded up, at least a unit.
func (c *chain) feeOf(given *string, gas uint64) (sdk.Coins, error) {
	if given != nil {
		return parseCoins(*given)
	}
	fee := c.spec.Params.GasPrice.MulInt(sdkmath.NewIntFromUint64(gas)).Ceil().TruncateInt()
	return sdk.NewCoins(sdk.NewCoin(c.spec.Denom, sdkmath.MaxInt(fee, sdkmath.OneInt()))), nil
}

// txResult is what became of a transaction.
type txResult struct {
	Hash string `json:"hash"`
	// Code 0 is success; else with Codespace and Log the reason.
	Code      uint32  `json:"code"`
	Codespace string  `json:"codespace,omitempty"`
	Log       string  `json:"log,omitempty"`
	GasUsed   int64   `json:"gas_used"`
	GasWanted int64   `json:"gas_wanted"`
	Events    []event `json:"events"`
	// Data is the encoded TxMsgData.
	Data []byte `json:"data,omitempty"`
	// Responses are the messages' responses in proto-JSON.
	Responses []json.RawMessage `json:"responses,omitempty"`
}

// event of a transaction or a block.
type event struct {
	Type       string      `json:"type"`
	Attributes []attribute `json:"attributes"`
}

type attribute struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (c *chain) txResults(results []*abci.ExecTxResult, txs [][]byte) []txResult {
	var told []txResult
	for i, r := range results {
		told = append(told, txResult{
			Hash:      txHash(txs[i]),
			Code:      r.Code,
			Codespace: r.Codespace,
			Log:       r.Log,
			GasUsed:   r.GasUsed,
			GasWanted: r.GasWanted,
			Events:    eventsOf(r.Events),
			Data:      r.Data,
			Responses: c.responsesOf(r.Data),
		})
	}
	return told
}

// responsesOf unpacks the messages' responses, as far as their types are known.
func (c *chain) responsesOf(data []byte) []json.RawMessage {
	var packed sdk.TxMsgData
	if len(data) == 0 || packed.Unmarshal(data) != nil {
		return nil
	}
	var responses []json.RawMessage
	for _, one := range packed.MsgResponses {
		text, err := c.app.AppCodec().MarshalJSON(one)
		if err != nil {
			text = json.RawMessage("null")
		}
		responses = append(responses, text)
	}
	return responses
}

func eventsOf(raw []abci.Event) []event {
	events := make([]event, 0, len(raw))
	for _, e := range raw {
		told := event{Type: e.Type, Attributes: make([]attribute, 0, len(e.Attributes))}
		for _, a := range e.Attributes {
			told.Attributes = append(told.Attributes, attribute{Key: a.Key, Value: a.Value})
		}
		events = append(events, told)
	}
	return events
}
