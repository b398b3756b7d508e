package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	cmttypes "github.com/cometbft/cometbft/types"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	factorytypes "github.com/cosmos/tokenfactory/x/tokenfactory/types"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
)

// fetch over HTTP from a node that is there.
func fetch(t testing.TB, method, url, body string, header http.Header) (*http.Response, string) {
	t.Helper()
	response, text, err := tryFetch(method, url, body, header)
	if err != nil {
		t.Fatal(err)
	}
	return response, text
}

func tryFetch(method, url, body string, header http.Header) (*http.Response, string, error) {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return nil, "", err
	}
	request.Header = header.Clone()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	return response, string(text), err
}

func (n *testNode) rest(path string, header http.Header) map[string]any {
	n.Helper()
	response, text := fetch(n, "GET", n.told.REST+path, "", header)
	var told map[string]any
	if err := json.Unmarshal([]byte(text), &told); err != nil || response.StatusCode != http.StatusOK {
		n.Fatalf("%s: %s: %s", path, response.Status, text)
	}
	return told
}

func TestANodeIsWhatProgramsExpectOfOne(t *testing.T) {
	t.Parallel()
	n := startedNode(t, fields{"gas_price": "0.025"})
	if n.told.ChainID != "node-1" || n.told.Height < 1 || n.told.PID != n.process.Process.Pid {
		t.Fatalf("%+v", n.told)
	}
	t.Run("a transaction is broadcast and found", func(t *testing.T) { n.in(t).testBroadcastAndSearch() })
	t.Run("what pays too little stays outside", func(t *testing.T) { n.in(t).testMempoolPrice() })
	t.Run("REST answers", func(t *testing.T) { n.in(t).testREST() })
	t.Run("gRPC answers", func(t *testing.T) { n.in(t).testGRPC() })
	t.Run("pages of any origin may ask", func(t *testing.T) { n.in(t).testCORS() })
	t.Run("a websocket tells of blocks and transactions", func(t *testing.T) { n.in(t).testWebsocket() })
	t.Run("strict clients find no null", func(t *testing.T) { n.in(t).testStrictClients() })
	t.Run("methods of its own are called by URI", func(t *testing.T) { n.in(t).testURI() })
}

func (n *testNode) testBroadcastAndSearch() {
	ctx := context.Background()
	tx := sending(n, 0)
	n.broadcast(tx)
	told := n.included(tx)
	if told.TxResult.Code != 0 || told.Proof.Validate(told.Proof.RootHash) != nil {
		n.Fatalf("%+v", told)
	}
	for _, query := range []string{
		fmt.Sprintf("tx.height=%d", told.Height),
		fmt.Sprintf("message.sender='%s'", account("alice")),
		fmt.Sprintf("transfer.recipient='%s' AND transfer.amount='1ustake'", account("bob")),
	} {
		found, err := n.rpc.TxSearch(ctx, query, false, nil, nil, "asc")
		if err != nil || found.TotalCount != 1 || found.Txs[0].Height != told.Height {
			n.Fatalf("%s: %v %+v", query, err, found)
		}
	}
	blocks, err := n.rpc.BlockSearch(ctx, fmt.Sprintf("block.height=%d", told.Height), nil, nil, "asc")
	if err != nil || blocks.TotalCount != 1 || len(blocks.Blocks[0].Block.Txs) != 1 {
		n.Fatalf("%v %+v", err, blocks)
	}
	committed, err := n.rpc.BroadcastTxCommit(ctx, sending(n, 1))
	if err != nil || committed.CheckTx.Code != 0 || committed.TxResult.Code != 0 || committed.Height <= told.Height {
		n.Fatalf("%v %+v", err, committed)
	}
}

func (n *testNode) testMempoolPrice() {
	key := accountKey("alice")
	free, err := signedTx(context.Background(), txConfig(), key, signerOfNode(2), unsignedTx{
		messages: []sdk.Msg{banktypes.NewMsgSend(accountAddress("alice"), accountAddress("bob"), sdk.NewCoins(sdk.NewInt64Coin("ustake", 1)))},
		gas:      500_000,
		fee:      sdk.NewCoins(sdk.NewInt64Coin("ustake", 12_499)),
	})
	if err != nil {
		n.Fatal(err)
	}
	checked, err := n.rpc.BroadcastTxSync(context.Background(), free)
	if err != nil || checked.Codespace != "sdk" || checked.Code != 13 {
		n.Fatalf("%v %+v", err, checked)
	}
}

func (n *testNode) testREST() {
	told := n.rest("/cosmos/bank/v1beta1/balances/"+account("bob")+"/by_denom?denom=ustake", nil)
	if told["balance"].(map[string]any)["amount"] != "1000000000002" {
		n.Fatalf("%v", told)
	}
	header := http.Header{"X-Cosmos-Block-Height": {"1"}}
	told = n.rest("/cosmos/bank/v1beta1/balances/"+account("bob")+"/by_denom?denom=ustake", header)
	if told["balance"].(map[string]any)["amount"] != "1000000000000" {
		n.Fatalf("at height 1: %v", told)
	}
	n.rest("/osmosis/tokenfactory/v1beta1/params", nil)
	n.rest("/cosmwasm/wasm/v1/codes/params", nil)
	n.rest("/cosmos/base/tendermint/v1beta1/blocks/latest", nil)
	if config := n.rest("/cosmos/base/node/v1beta1/config", nil); config["minimum_gas_price"] != "0.025000000000000000ustake" {
		n.Fatalf("%v", config)
	}
	body, err := json.Marshal(map[string]any{"tx_bytes": sending(n, 2)})
	if err != nil {
		n.Fatal(err)
	}
	if response, text := fetch(n, "POST", n.told.REST+"/cosmos/tx/v1beta1/simulate", string(body), nil); response.StatusCode != http.StatusOK || !strings.Contains(text, `"gas_used"`) {
		n.Fatalf("%s: %s", response.Status, text)
	}
}

func (n *testNode) testGRPC() {
	registry := codectypes.NewInterfaceRegistry()
	authtypes.RegisterInterfaces(registry)
	wire, err := grpc.NewClient(n.told.GRPC, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(codec.NewProtoCodec(registry).GRPCCodec())))
	if err != nil {
		n.Fatal(err)
	}
	defer func() { _ = wire.Close() }()
	ctx := context.Background()
	balance, err := banktypes.NewQueryClient(wire).Balance(ctx, &banktypes.QueryBalanceRequest{Address: account("bob"), Denom: "uatom"})
	if err != nil || balance.Balance.Amount.Int64() != million*million {
		n.Fatalf("%v %v", balance, err)
	}
	if _, err := factorytypes.NewQueryClient(wire).Params(ctx, &factorytypes.QueryParamsRequest{}); err != nil {
		n.Fatal(err)
	}
	service := txtypes.NewServiceClient(wire)
	simulated, err := service.Simulate(ctx, &txtypes.SimulateRequest{TxBytes: sending(n, 2)})
	if err != nil || simulated.GasInfo.GasUsed == 0 {
		n.Fatalf("%v %v", simulated, err)
	}
	tx := sending(n, 2)
	sent, err := service.BroadcastTx(ctx, &txtypes.BroadcastTxRequest{TxBytes: tx, Mode: txtypes.BroadcastMode_BROADCAST_MODE_SYNC})
	if err != nil || sent.TxResponse.Code != 0 {
		n.Fatalf("%v %v", sent, err)
	}
	height := n.included(tx).Height
	found, err := service.GetTxsEvent(ctx, &txtypes.GetTxsEventRequest{Query: fmt.Sprintf("tx.height=%d", height)})
	if err != nil || found.Total != 1 {
		n.Fatalf("%v %v", found, err)
	}
}

// testCORS asks first, as browsers do.
func (n *testNode) testCORS() {
	for _, url := range []string{n.told.REST + "/cosmos/bank/v1beta1/params", n.told.RPC + "/status"} {
		response, _ := fetch(n, "OPTIONS", url, "", http.Header{
			"Origin":                                 {"https://vault.example"},
			"Access-Control-Request-Method":          {"GET"},
			"Access-Control-Request-Headers":         {"content-type,x-cosmos-block-height"},
			"Access-Control-Request-Private-Network": {"true"},
		})
		allowed := strings.ToLower(response.Header.Get("Access-Control-Allow-Headers"))
		if response.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(allowed, "x-cosmos-block-height") ||
			response.Header.Get("Access-Control-Allow-Private-Network") != "true" || response.StatusCode >= 300 {
			n.Fatalf("%s: %s %v", url, response.Status, response.Header)
		}
		response, _ = fetch(n, "GET", url, "", http.Header{"Origin": {"https://vault.example"}})
		if response.Header.Get("Access-Control-Allow-Origin") != "*" {
			n.Fatalf("%s: %v", url, response.Header)
		}
	}
}

func (n *testNode) testWebsocket() {
	ctx, cancel := context.WithTimeout(context.Background(), longestWait)
	defer cancel()
	if err := n.rpc.Start(); err != nil {
		n.Fatal(err)
	}
	defer func() { _ = n.rpc.Stop() }()
	blocks, err := n.rpc.Subscribe(ctx, "test", "tm.event='NewBlock'")
	if err != nil {
		n.Fatal(err)
	}
	txs, err := n.rpc.Subscribe(ctx, "test", fmt.Sprintf("tm.event='Tx' AND message.sender='%s'", account("alice")))
	if err != nil {
		n.Fatal(err)
	}
	first := (<-blocks).Data.(cmttypes.EventDataNewBlock).Block.Height
	if next := (<-blocks).Data.(cmttypes.EventDataNewBlock).Block.Height; next != first+1 {
		n.Fatalf("block %d after %d", next, first)
	}
	n.broadcast(sending(n, 3))
	if told := (<-txs).Data.(cmttypes.EventDataTx); told.Result.Code != 0 || told.Height <= first {
		n.Fatalf("%+v", told)
	}
}

// testStrictClients: some refuse null where a list belongs, and an empty round.
func (n *testNode) testStrictClients() {
	for method, wanted := range map[string]string{
		"net_info":             `"listeners":[]`,
		"consensus_state":      `"height/round/step":"`,
		"dump_consensus_state": `"validators":[{`,
		"genesis":              `"chain_id":"node-1"`,
	} {
		if _, text := fetch(n, "GET", n.told.RPC+"/"+method, "", nil); !strings.Contains(text, wanted) {
			n.Errorf("%s lacks %s: %.300s", method, wanted, text)
		}
	}
}

func (n *testNode) testURI() {
	for _, call := range [][2]string{
		{`/devnet_advance?seconds=5`, `"offset_seconds":5,`},
		{`/devnet_advance?seconds="7"`, `"offset_seconds":12,`},
		{`/devnet_advance?seconds="soon"`, `seconds: "soon" is no number`},
		{`/devnet_advance?seconds=-1`, `a number above 0`},
		{`/devnet_absent?names="val-1,val-2"`, `"absent":["val-1","val-2"]`},
		{`/devnet_absent`, `"absent":[]`},
		{`/devnet_jail?name="nobody"`, `no validator of the genesis and no operator address`},
	} {
		if _, text := fetch(n, "GET", n.told.RPC+call[0], "", nil); !strings.Contains(strings.ReplaceAll(text, `\"`, `"`), call[1]) {
			n.Errorf("%s lacks %s: %s", call[0], call[1], text)
		}
	}
}
