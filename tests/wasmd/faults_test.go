package main

import (
	"encoding/base64"
	"reflect"
	"testing"
)

func TestAMessageThatAValidatorRefusesFailsWithItsCode(t *testing.T) {
	c, contract := reflecting(t, nil)
	c.ask("faults", fields{"messages": []fields{{
		"type": "/cosmos.staking.v1beta1.MsgDelegate", "validator": operator("val-0"), "codespace": "staking", "code": 27,
	}}})
	c.fail("staking", 27, "alice", reflectStaking(contract, "delegate", "val-0", million))
	c.succeed("alice", reflectStaking(contract, "delegate", "val-1", million))
	c.succeed("alice", delegate("alice", "val-0", million)) // people are not refused
	c.ask("faults", nil)
	c.succeed("alice", reflectStaking(contract, "delegate", "val-0", million))
}

func TestABlockedAccountReceivesNothingFromAnybody(t *testing.T) {
	c, contract := reflecting(t, nil)
	bob := account("bob")
	send := fields{"bank": fields{"send": fields{"to_address": bob, "amount": []fields{coin(5)}}}}
	sent := execute(contract, fields{"reflect_msg": fields{"msgs": []fields{send}}})
	c.ask("faults", fields{"blocked": []string{bob}})
	c.fail("sdk", 4, "alice", sent)
	c.ask("faults", nil)
	c.succeed("alice", sent)
}

func TestQueriesOfContractsFailForAllOrForOneValidator(t *testing.T) {
	c, contract := reflecting(t, fields{"accept_list": "hub"})
	ask := func(validator string) fields {
		// field 1 of QueryValidatorRequest, a text of some 50 bytes
		data := append([]byte{0x0a, byte(len(operator(validator)))}, operator(validator)...)
		grpc := fields{"path": "/cosmos.staking.v1beta1.Query/Validator", "data": base64.StdEncoding.EncodeToString(data)}
		return fields{"contract": contract, "msg": fields{"chain": fields{"request": fields{"grpc": grpc}}}}
	}
	c.ask("smart", ask("val-0"))
	c.ask("faults", fields{"unreadable": []string{operator("val-0")}})
	c.refused("query_failed", "smart", ask("val-0"))
	c.ask("smart", ask("val-1"))
	c.ask("faults", fields{"queries": true})
	c.refused("query_failed", "smart", ask("val-1"))
	c.ask("faults", nil)
	c.ask("smart", ask("val-0"))
}

func TestHiddenDelegationsAreThereAllTheSame(t *testing.T) {
	c, contract := reflecting(t, nil)
	c.succeed("alice", reflectStaking(contract, "delegate", "val-0", million))
	ask := fields{"contract": contract, "msg": fields{"chain": fields{"request": fields{
		"staking": fields{"all_delegations": fields{"delegator": contract}},
	}}}}
	shown := func() any { return c.ask("smart", ask) }
	truth := shown()
	c.ask("faults", fields{"hidden": []string{contract}})
	if hidden := shown(); reflect.DeepEqual(hidden, truth) {
		t.Fatalf("not hidden: %v", hidden)
	}
	c.succeed("alice", reflectStaking(contract, "undelegate", "val-0", 1))
	c.succeed("alice", reflectStaking(contract, "delegate", "val-0", 1))
	c.ask("faults", nil)
	if told := shown(); !reflect.DeepEqual(told, truth) {
		t.Fatalf("%v instead of %v", told, truth)
	}
}

func TestFaultsThatNameNobodyAreRefused(t *testing.T) {
	c := begin(t, validators(2), nil)
	c.refused("bad_address", "faults", fields{"unreadable": []string{"val-0"}})
	c.refused("bad_address", "faults", fields{"blocked": []string{"bob"}})
	c.refused("bad_address", "faults", fields{"hidden": []string{"bob"}})
	c.refused("bad_request", "faults", fields{"messages": []fields{{"validator": operator("val-0")}}})
}
