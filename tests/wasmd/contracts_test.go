package main

import (
	"encoding/base64"
	"testing"

	"github.com/cosmos/gogoproto/proto"

	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// reflecting begins a chain with a contract that sends what alice tells it and asks what anyone
// wants to know.
func reflecting(t *testing.T, params fields) (*testChain, string) {
	c := begin(t, validators(4), noInflation(params))
	stored := c.ask("store", fields{"signer": "alice", "path": wasm(t, "reflect_2_0.wasm")})
	if stored["code_id"] != 1.0 {
		t.Fatalf("want code 1, got %v", stored["code_id"])
	}
	told := c.succeed("alice", fields{
		"@type": "/cosmwasm.wasm.v1.MsgInstantiateContract", "sender": account("alice"), "admin": account("alice"),
		"code_id": "1", "label": "reflect", "msg": fields{}, "funds": []fields{coin(100 * million)},
	})
	return c, told.Responses[0]["address"].(string)
}

func execute(contract string, message fields) fields {
	return fields{
		"@type": "/cosmwasm.wasm.v1.MsgExecuteContract", "sender": account("alice"), "contract": contract,
		"msg": message, "funds": []fields{},
	}
}

func reflectStaking(contract, kind, validator string, amount int64) fields {
	return execute(contract, fields{"reflect_msg": fields{"msgs": []fields{
		{"staking": fields{kind: fields{"validator": operator(validator), "amount": coin(amount)}}},
	}}})
}

func TestAContractIsInstantiatedExecutedAndAsked(t *testing.T) {
	c, contract := reflecting(t, nil)
	ask := fields{"contract": contract, "msg": fields{"owner": fields{}}}
	asked := c.ask("smart", ask)
	if owner := asked["data"].(map[string]any)["owner"]; owner != account("alice") {
		t.Fatalf("want alice, got %v", owner)
	}
	if gas := asked["gas_used"].(float64); gas < 60_000 || gas > 80_000 {
		t.Fatalf("an instance alone costs 60000, got %v", gas)
	}
	ask["gas"] = 1000
	c.refused("out_of_gas", "smart", ask)
	c.refused("query_failed", "smart", fields{"contract": contract, "msg": fields{"no_such": fields{}}})

	c.succeed("alice", execute(contract, fields{"change_owner": fields{"owner": account("bob")}}))
	ask["gas"] = 0
	if owner := c.ask("smart", ask)["data"].(map[string]any)["owner"]; owner != account("bob") {
		t.Fatalf("want bob, got %v", owner)
	}
}

func TestAContractMeetsTheEntryLimitToo(t *testing.T) {
	c, contract := reflecting(t, nil)
	c.succeed("alice", reflectStaking(contract, "delegate", "val-0", 50*million))
	for range 7 {
		c.succeed("alice", reflectStaking(contract, "undelegate", "val-0", million))
	}
	c.fail("staking", 27, "alice", reflectStaking(contract, "undelegate", "val-0", million))
}

func TestStoringAgainCostsTheSameGas(t *testing.T) {
	c, _ := reflecting(t, nil)
	again := c.ask("store", fields{"signer": "alice", "path": wasm(t, "reflect_2_0.wasm")})
	fresh := c.ask("store", fields{"signer": "alice", "path": wasm(t, "reflect_2_0.wasm")})
	if again["checksum"] != fresh["checksum"] || again["gas_used"] != fresh["gas_used"] {
		t.Fatalf("%v and %v", again, fresh)
	}
}

func TestAContractMigratesByItsAdminOnly(t *testing.T) {
	c, contract := reflecting(t, nil)
	c.ask("store", fields{"signer": "alice", "path": wasm(t, "burner.wasm")})
	migrate := func(sender string) fields {
		return fields{
			"@type": "/cosmwasm.wasm.v1.MsgMigrateContract", "sender": account(sender), "contract": contract,
			"code_id": "2", "msg": fields{"payout": account("bob"), "delete": 0},
		}
	}
	if told := c.block(nil, tx("bob", migrate("bob")))[0]; told.Code == 0 {
		t.Fatal("bob is not the admin")
	}
	c.succeed("alice", migrate("alice"))
	c.expect("2", "contract", fields{"address": contract}, "contract_info.code_id")
}

func TestAcceptListsDecideWhatAContractMayAsk(t *testing.T) {
	const path = "/cosmos.staking.v1beta1.Query/Validator"
	const other = "/cosmos.staking.v1beta1.Query/Pool"
	request, err := proto.Marshal(&stakingtypes.QueryValidatorRequest{ValidatorAddr: operator("val-0")})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(kind, path string, data []byte) fields {
		return fields{"chain": fields{"request": fields{
			kind: fields{"path": path, "data": base64.StdEncoding.EncodeToString(data)}}}}
	}
	for list, accepted := range map[string][3]bool{ // grpc validator, stargate validator, grpc pool
		"none": {false, false, false}, "hub": {true, false, false}, "osmosis": {false, true, false}, "all": {true, true, true},
	} {
		c, contract := reflecting(t, fields{"accept_list": list})
		for i, question := range []fields{ask("grpc", path, request), ask("stargate", path, request), ask("grpc", other, nil)} {
			_, refused := exchange(c.request("smart", fields{"contract": contract, "msg": question}))
			if (refused == nil) != accepted[i] {
				t.Errorf("%s, question %d: %v", list, i, refused)
			}
		}
	}
}

func TestAnOwnAcceptListIsTakenByPath(t *testing.T) {
	c := begin(t, validators(2), fields{"accept_list": fields{"stargate": []string{"/cosmos.bank.v1beta1.Query/Balance"}, "grpc": []string{}}})
	c.block(nil)
	_, refused := exchange(fields{"op": "init", "chain": "x", "validators": validators(2),
		"params": fields{"accept_list": fields{"grpc": []string{"/cosmos.bank.v1beta1.Query/Weather"}}}})
	if refused == nil || refused.Name != "unknown_query" {
		t.Fatalf("want unknown_query, got %v", refused)
	}
}
