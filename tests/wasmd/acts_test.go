package main

import (
	"strings"
	"testing"
)

func TestASlashOfAChosenPartReachesStakeEntriesAndRedelegations(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 100*million)) // height 2
	c.succeed("alice", undelegate("alice", "val-0", 20*million),
		redelegate("alice", "val-0", "val-1", 30*million)) // height 3
	c.block(fields{"acts": []fields{{"slash": fields{"validator": "val-0", "fraction": "0.3", "height": 3}}}})
	pair := fields{"delegator_addr": account("alice"), "validator_addr": operator("val-0")}
	c.expect("14000000", "unbonding", pair, "unbond.entries.0.balance")
	c.expect("21000000", "delegation",
		fields{"delegator_addr": account("alice"), "validator_addr": operator("val-1")},
		"delegation_response.balance.amount")
	// 30 % of the present power of 1050 is 315; 6 and 9 of it are paid already
	validator := fields{"validator_addr": operator("val-0")}
	c.expect("750000000", "validator", validator, "validator.tokens")
	c.expect(false, "validator", validator, "validator.jailed")
}

func TestASlashOfTheBlocksOwnHeightSparesEntries(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 100*million))
	c.succeed("alice", undelegate("alice", "val-0", 20*million))
	c.block(fields{"acts": []fields{{"slash": fields{"validator": operator("val-0"), "fraction": "0.5", "power": 100}}}})
	pair := fields{"delegator_addr": account("alice"), "validator_addr": operator("val-0")}
	c.expect("20000000", "unbonding", pair, "unbond.entries.0.balance")
	c.expect("1030000000", "validator", fields{"validator_addr": operator("val-0")}, "validator.tokens")
}

func TestAJailWithoutASlashEndsWhenTheOperatorAsks(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.block(fields{"acts": []fields{{"jail": "val-2"}}})
	validator := fields{"validator_addr": operator("val-2")}
	c.expect(true, "validator", validator, "validator.jailed")
	c.expect("1000000000", "validator", validator, "validator.tokens")
	c.succeed("val-2", unjail("val-2"))
	c.expect("BOND_STATUS_BONDED", "validator", validator, "validator.status")
}

func TestGovernanceChangesParametersAndNobodyElseDoes(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	params := c.query("staking_params", nil, "params").(map[string]any)
	params["unbonding_time"] = "3600s"
	update := func(authority string) fields {
		return fields{"@type": "/cosmos.staking.v1beta1.MsgUpdateParams", "authority": authority, "params": params}
	}
	c.refused("bad_act", "block", fields{"acts": []fields{{"govern": []fields{update(account("alice"))}}}})
	// nor does governance sign for anybody else
	c.refused("bad_act", "block", fields{"acts": []fields{{"govern": []fields{delegate("alice", "val-0", million)}}}})
	gov := c.query("/cosmos.auth.v1beta1.Query/ModuleAccountByName", fields{"name": "gov"}, "account.base_account.address")
	c.block(fields{"acts": []fields{{"govern": []fields{update(gov.(string))}}}})
	c.expect("3600s", "staking_params", nil, "params.unbonding_time")
}

func TestAnActThatCannotBeIsRefusedAndChangesNothing(t *testing.T) {
	c := begin(t, append(validators(4), fields{"name": "small", "tokens": "5"}), noInflation(nil))
	before := c.hash()
	for name, act := range map[string]fields{
		"bad_act":           {"slash": fields{"validator": "val-0", "fraction": "1.1"}},
		"unknown_validator": {"jail": "nobody"},
		"bad_message":       {"govern": []fields{{"@type": "/no.such.Msg"}}},
		"block_failed":      {"slash": fields{"validator": "small", "fraction": "0.1"}}, // unbonded
	} {
		c.refused(name, "block", fields{"acts": []fields{act}})
	}
	c.refused("bad_act", "block", fields{"acts": []fields{{}}})
	c.refused("bad_act", "block", fields{"acts": []fields{{"jail": "val-0", "slash": fields{"validator": "val-0", "fraction": "0.1"}}}})
	c.refused("bad_act", "block", fields{"acts": []fields{{"slash": fields{"validator": "val-0", "fraction": "0.1", "height": 9}}}})
	c.refused("bad_act", "block", fields{"acts": []fields{{"slash": fields{"validator": "val-0", "fraction": "0.1", "power": -1}}}})
	if c.hash() != before {
		t.Fatal("a refused block left something behind")
	}
	c.block(fields{"acts": []fields{}})
}

func overstate(delegator, validator, by string) fields {
	return fields{"acts": []fields{{"overstate": fields{"delegator": delegator, "validator": validator, "by": by}}}}
}

func reflectRewards(contract, validator string) fields {
	withdraw := fields{"distribution": fields{"withdraw_delegator_reward": fields{"validator": operator(validator)}}}
	return execute(contract, fields{"reflect_msg": fields{"msgs": []fields{withdraw}}})
}

// reflectReplied sends a message as one whose failure the contract would be told of.
func reflectReplied(contract string, message fields, gas any) fields {
	return execute(contract, fields{"reflect_sub_msg": fields{"msgs": []fields{
		{"id": 1, "msg": message, "gas_limit": gas, "reply_on": "always"},
	}}})
}

func TestEveryTouchOfAnOverstatedDelegationPanics(t *testing.T) {
	c, contract := reflecting(t, nil)
	c.succeed("alice", reflectStaking(contract, "delegate", "val-0", 20*million))
	c.succeed("alice", delegate("alice", "val-0", 20*million), delegate("alice", "val-1", 20*million))
	unknown := fields{"staking": fields{"delegate": fields{"validator": operator("alice"), "amount": coin(million)}}}
	c.succeed("alice", reflectReplied(contract, unknown, nil)) // a refusal would be caught
	c.block(overstate(contract, "val-0", "1000000"))
	held := fields{"address": contract, "denom": "ustake"}
	before := c.query("balance", held, "balance.amount").(string)

	delegation := fields{"staking": fields{"delegate": fields{"validator": operator("val-0"), "amount": coin(million)}}}
	for name, touch := range map[string]fields{
		"replied":    reflectReplied(contract, delegation, nil),
		"limited":    reflectReplied(contract, delegation, million),
		"delegate":   reflectStaking(contract, "delegate", "val-0", million),
		"undelegate": reflectStaking(contract, "undelegate", "val-0", million),
		"withdraw":   reflectRewards(contract, "val-0"),
	} {
		told := c.fail("undefined", 111222, "alice", touch)
		for _, part := range []string{"recovered: calculated final stake for delegator " + contract,
			"greater than current stake", "panic"} {
			if !strings.Contains(told.Log, part) {
				t.Errorf("%s: no %q in %s", name, part, told.Log)
			}
		}
	}

	c.expect(before, "balance", held, "balance.amount")
	// nor does the block of the panic harm anybody else
	told := c.block(nil, tx("alice", reflectStaking(contract, "undelegate", "val-0", million)),
		tx("bob", delegate("bob", "val-0", million)))
	if told[0].Code != 111222 || told[1].Code != 0 {
		t.Fatalf("want a panic and a delegation, got %v", told)
	}
	c.succeed("alice", undelegate("alice", "val-0", million), redelegate("alice", "val-1", "val-0", million))
	c.succeed("alice", reflectStaking(contract, "delegate", "val-1", million))
}

func TestAnOverstatedDelegationIsMendedByTheNegativeAmount(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 20*million), delegate("alice", "val-1", 20*million))
	c.block(overstate(account("alice"), "val-0", "0.5"))
	c.fail("undefined", 111222, "alice", redelegate("alice", "val-0", "val-2", million))
	c.fail("undefined", 111222, "alice", redelegate("alice", "val-1", "val-0", million))
	c.block(fields{"acts": []fields{{"slash": fields{"validator": "val-0", "fraction": "0.1"}}}})
	c.fail("undefined", 111222, "alice", undelegate("alice", "val-0", million))
	c.block(overstate(account("alice"), "val-0", "-0.5"))
	c.succeed("alice", redelegate("alice", "val-0", "val-2", million), undelegate("alice", "val-0", million))
}

func TestOnlyADelegationThatExistsCanBeOverstated(t *testing.T) {
	c := begin(t, validators(2), noInflation(nil))
	c.refused("block_failed", "block", overstate(account("alice"), "val-0", "1"))
	c.refused("bad_address", "block", overstate("alice", "val-0", "1"))
	c.refused("unknown_validator", "block", overstate(account("alice"), "nobody", "1"))
	c.succeed("alice", delegate("alice", "val-0", 20*million))
	c.refused("block_failed", "block", overstate(account("alice"), "val-0", "-20000001")) // less than nothing
	c.refused("bad_act", "block", fields{"acts": []fields{
		{"overstate": fields{"delegator": account("alice"), "validator": "val-0"}},
	}})
}
