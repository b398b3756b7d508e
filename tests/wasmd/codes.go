package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"

	wasmtypes "github.com/CosmWasm/wasmd/x/wasm/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// storeRequest stores a contract's code, in a block of its own.
type storeRequest struct {
	chainEnvelope
	Signer string `json:"signer"`
	// Path of a .wasm file (gzip works too), or
	Path string `json:"path,omitempty"`
	// Base64 of its bytes.
	Base64 []byte `json:"base64,omitempty"`
	// Advance, Fee and Gas as in a block.
	Advance int64   `json:"advance,omitempty"`
	Fee     *string `json:"fee,omitempty"`
	Gas     gasSpec `json:"gas,omitempty"`
}

type storeResult struct {
	CodeID   uint64 `json:"code_id"`
	Checksum string `json:"checksum"`
	GasUsed  int64  `json:"gas_used"`
	chainTip
}

// storeCode refuses if the chain does; the block is then undone.
func (c *chain) storeCode(request storeRequest) (result storeResult, err error) {
	code := request.Base64
	if (request.Path == "") == (len(code) == 0) {
		return result, refuse("bad_request", "a code comes by path or by base64")
	}
	if request.Path != "" {
		if code, err = os.ReadFile(request.Path); err != nil {
			return result, refuse("bad_request", "%s", err)
		}
	}
	message := &wasmtypes.MsgStoreCode{Sender: identityOf(request.Signer).Account, WASMByteCode: code}
	err = c.attempt(func() error {
		block, err := c.makeBlock(blockRequest{
			whenAndWho: whenAndWho{Advance: request.Advance},
			Txs:        []txSpec{{Signer: request.Signer, ready: []sdk.Msg{message}, Fee: request.Fee, Gas: request.Gas}},
		})
		if err != nil {
			return err
		}
		stored := block.Txs[0]
		if stored.Code != 0 {
			return refuse("store_refused", "codespace: %s, code: %d: %s", stored.Codespace, stored.Code, stored.Log)
		}
		var response struct {
			CodeID   uint64 `json:"code_id,string"`
			Checksum []byte `json:"checksum"`
		}
		if err := json.Unmarshal(stored.Responses[0], &response); err != nil {
			return err
		}
		result = storeResult{
			CodeID:   response.CodeID,
			Checksum: hex.EncodeToString(response.Checksum),
			GasUsed:  stored.GasUsed,
			chainTip: block.chainTip,
		}
		return nil
	})
	return result, err
}

// txHash is what explorers call a transaction.
func txHash(tx []byte) string {
	sum := sha256.Sum256(tx)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}
