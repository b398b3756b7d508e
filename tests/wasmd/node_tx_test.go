package main

import (
	"context"
	"encoding/hex"
	"sync"
	"testing"

	sdkmath "cosmossdk.io/math"
	coretypes "github.com/cometbft/cometbft/rpc/core/types"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
)

// txConfig of any application is that of all.
var txConfig = sync.OnceValue(func() client.TxConfig {
	spec := chainSpec{Validators: []validatorSpec{{Name: "val-0", Tokens: sdkmath.NewInt(million)}}}
	spec.Chain = "of transactions"
	c, err := openChain(shared.engine, spec)
	if err != nil {
		panic(err)
	}
	defer c.close()
	return c.app.TxConfig()
})

// sending is a signed transaction of one ustake from alice to bob.
func sending(t testing.TB, sequence uint64) []byte {
	t.Helper()
	return signedForNode(t, sequence, banktypes.NewMsgSend(accountAddress("alice"), accountAddress("bob"),
		sdk.NewCoins(sdk.NewInt64Coin("ustake", 1))))
}

// signerOfNode is alice, who is the first account of the genesis.
func signerOfNode(sequence uint64) authsigning.SignerData {
	return authsigning.SignerData{
		ChainID:  "node-1",
		Sequence: sequence,
		PubKey:   accountKey("alice").PubKey(),
		Address:  account("alice"),
	}
}

// signedForNode by alice, with a fee that is enough.
func signedForNode(t testing.TB, sequence uint64, messages ...sdk.Msg) []byte {
	t.Helper()
	return signedByName(t, "alice", signerOfNode(sequence), messages...)
}

func signedByName(t testing.TB, name string, signer authsigning.SignerData, messages ...sdk.Msg) []byte {
	t.Helper()
	tx, err := signedTx(context.Background(), txConfig(), accountKey(name), signer, unsignedTx{messages: messages, gas: 500_000, fee: sdk.NewCoins(sdk.NewInt64Coin("ustake", nodeFee))})
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

const nodeFee = 20_000

// included waits for a transaction and gives what RPC tells of it.
func (n *testNode) included(tx []byte) *coretypes.ResultTx {
	n.Helper()
	hash, err := hex.DecodeString(txHash(tx))
	if err != nil {
		n.Fatal(err)
	}
	var told *coretypes.ResultTx
	n.eventually("a transaction included", func() bool {
		told, err = n.rpc.Tx(context.Background(), hash, true)
		return err == nil
	})
	return told
}

func (n *testNode) broadcast(tx []byte) {
	n.Helper()
	checked, err := n.rpc.BroadcastTxSync(context.Background(), tx)
	if err != nil {
		n.Fatal(err)
	}
	if checked.Code != 0 {
		n.Fatalf("codespace: %s, code: %d: %s", checked.Codespace, checked.Code, checked.Log)
	}
}
