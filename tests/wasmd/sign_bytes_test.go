package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	wasmtypes "github.com/CosmWasm/wasmd/x/wasm/types"
)

// signVectors is what programs in other languages compare their sign bytes with.
const signVectors = "../../packages/node/testdata/sign_bytes.json"

// signVector is a transaction as a chain's program writes it, and what its signer signs.
type signVector struct {
	Name          string          `json:"name"`
	Mode          string          `json:"mode"`
	ChainID       string          `json:"chain_id"`
	AccountNumber uint64          `json:"account_number"`
	File          json.RawMessage `json:"file"`
	SignBytes     string          `json:"sign_bytes_hex"`
}

// signCase is a transaction to make vectors of.
type signCase struct {
	name     string
	messages []sdk.Msg
	memo     string
	timeout  uint64
	number   uint64
	sequence uint64
}

func signCases() []signCase {
	alice, bob := accountAddress("alice"), accountAddress("bob")
	v, w := sdk.ValAddress(alice).String(), sdk.ValAddress(bob).String()
	one := sdk.NewInt64Coin("ustake", 1_000_000)
	call := func(msg string, funds ...sdk.Coin) sdk.Msg {
		return &wasmtypes.MsgExecuteContract{Sender: alice.String(), Contract: bob.String(), Msg: []byte(msg), Funds: funds}
	}
	odd := "<a & b> \u2028 \u00e9 \"quoted\" \\ \x7f"
	return []signCase{
		{name: "letters in the memo", messages: []sdk.Msg{banktypes.NewMsgSend(alice, bob, sdk.NewCoins(one))}, memo: odd, number: 7, sequence: 3},
		{name: "letters in a contract's message", messages: []sdk.Msg{call(`{"say":{"text":"<a & b>","none":null,"list":[1,true,"&"]}}`, one)}, number: 7, sequence: 3},
		{name: "both, and without funds", messages: []sdk.Msg{call(`{"say":{"b":"<","a":">"}}`)}, memo: "&", number: 7, sequence: 3},
		{name: "both, as a chain's program reads them", messages: []sdk.Msg{call(`{"say":{"b":"\u003c","a":"\u003e"}}`)}, memo: "&", number: 7, sequence: 3},
		{name: "zeros", messages: []sdk.Msg{banktypes.NewMsgSend(alice, bob, sdk.NewCoins(one))}},
		{name: "a last height", messages: []sdk.Msg{stakingtypes.NewMsgDelegate(alice.String(), v, one)}, timeout: 77, number: 1, sequence: 2},
		{name: "several messages", messages: []sdk.Msg{
			stakingtypes.NewMsgDelegate(alice.String(), v, one),
			stakingtypes.NewMsgBeginRedelegate(alice.String(), v, w, one),
			stakingtypes.NewMsgUndelegate(alice.String(), w, one),
		}, number: 1, sequence: 2},
	}
}

// vectorsOf a case: one for each way to sign.
func vectorsOf(t *testing.T, c signCase) []signVector {
	t.Helper()
	var all []signVector
	for _, mode := range []signing.SignMode{signing.SignMode_SIGN_MODE_DIRECT, signing.SignMode_SIGN_MODE_LEGACY_AMINO_JSON} {
		key := accountKey("alice")
		signer := authsigning.SignerData{
			ChainID: "vectors-1", AccountNumber: c.number, Sequence: c.sequence,
			PubKey: key.PubKey(), Address: account("alice"),
		}
		builder := txConfig().NewTxBuilder()
		if err := builder.SetMsgs(c.messages...); err != nil {
			t.Fatal(err)
		}
		builder.SetGasLimit(200_000)
		builder.SetFeeAmount(sdk.NewCoins(sdk.NewInt64Coin("ustake", nodeFee)))
		builder.SetMemo(c.memo)
		builder.SetTimeoutHeight(c.timeout)
		signature := signing.SignatureV2{PubKey: key.PubKey(), Data: &signing.SingleSignatureData{SignMode: mode}, Sequence: c.sequence}
		if err := builder.SetSignatures(signature); err != nil {
			t.Fatal(err)
		}
		toSign, err := authsigning.GetSignBytesAdapter(context.Background(), txConfig().SignModeHandler(), mode, signer, builder.GetTx())
		if err != nil {
			t.Fatal(err)
		}
		signed, err := key.Sign(toSign)
		if err != nil {
			t.Fatal(err)
		}
		signature.Data = &signing.SingleSignatureData{SignMode: mode, Signature: signed}
		if err := builder.SetSignatures(signature); err != nil {
			t.Fatal(err)
		}
		file, err := txConfig().TxJSONEncoder()(builder.GetTx())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, signVector{
			Name: c.name, Mode: mode.String(), ChainID: signer.ChainID, AccountNumber: c.number,
			File: file, SignBytes: hex.EncodeToString(toSign),
		})
	}
	return all
}

// TestSignBytesAreThoseOfTheVectors keeps the file true; with UPDATE_SIGN_BYTES it is written anew.
func TestSignBytesAreThoseOfTheVectors(t *testing.T) {
	var all []signVector
	for _, c := range signCases() {
		all = append(all, vectorsOf(t, c)...)
	}
	var written bytes.Buffer
	// files stay as chains' programs write them
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(all); err != nil {
		t.Fatal(err)
	}
	text := written.Bytes()
	if os.Getenv("UPDATE_SIGN_BYTES") != "" {
		if err := os.WriteFile(signVectors, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	known, err := os.ReadFile(signVectors)
	if err != nil {
		t.Fatal(err)
	}
	if string(known) != string(text) {
		t.Fatalf("%s differs: UPDATE_SIGN_BYTES=1 go test -tags netgo -run TestSignBytes .", signVectors)
	}
}

// TestAContractsMessageIsSignedAsItsFileHasIt shows with which bytes: readers of signed files need them.
func TestAContractsMessageIsSignedAsItsFileHasIt(t *testing.T) {
	file := `{"body":{"messages":[{"@type":"/cosmwasm.wasm.v1.MsgExecuteContract","sender":"` + account("alice") +
		`","contract":"` + account("bob") + `","msg":{"say": {
  "b": "<&>", "a": "\u003c\u00e9" } },"funds":[]}],"memo":"","timeout_height":"0","extension_options":[],"non_critical_extension_options":[]},` +
		`"auth_info":{"signer_infos":[],"fee":{"amount":[],"gas_limit":"1","payer":"","granter":""},"tip":null},"signatures":[]}`
	tx, err := txConfig().TxJSONDecoder()([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	written, err := txConfig().TxJSONEncoder()(tx)
	if err != nil {
		t.Fatal(err)
	}
	again, err := txConfig().TxJSONDecoder()(written)
	if err != nil {
		t.Fatal(err)
	}
	// in its order, without spaces, and escaped for web pages
	expected := `{"say":{"b":"\u003c\u0026\u003e","a":"\u003c\u00e9"}}`
	for _, read := range []sdk.Tx{tx, again} {
		if msg := string(read.GetMsgs()[0].(*wasmtypes.MsgExecuteContract).Msg); msg != expected {
			t.Fatalf("%s", msg)
		}
	}
}
