package main

import "testing"

const unbondingSeconds = 21 * 24 * 3600

func TestUnbondingIsPaidInTheFirstBlockAtItsTime(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 50*million))
	c.succeed("alice", undelegate("alice", "val-0", 20*million))
	begun, before := c.time(), c.balance("alice", "ustake")

	c.block(fields{"time_seconds": begun + unbondingSeconds - 1})
	if got := c.balance("alice", "ustake"); got != before {
		t.Fatalf("paid a second early: %d", got-before)
	}
	c.block(fields{"time_seconds": begun + unbondingSeconds})
	// the entry alone: no transaction, no fee
	if got := c.balance("alice", "ustake"); got != before+20*million {
		t.Fatalf("want 20 million, got %d", got-before)
	}
}

func TestEighthUnbondingEntryIsRefusedWithCode27(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 50*million))
	for range 7 {
		c.succeed("alice", undelegate("alice", "val-0", million))
	}
	c.fail("staking", 27, "alice", undelegate("alice", "val-0", million))
}

func TestUndelegationsOfOneBlockShareAnEntry(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 50*million))
	one := undelegate("alice", "val-0", million)
	c.succeed("alice", one, one, one)
	// 3 × 1 million in the only entry
	c.expect("3000000", "unbondings", fields{"delegator_addr": account("alice")},
		"unbonding_responses.0.entries.0.initial_balance")
	entries := c.query("unbondings", fields{"delegator_addr": account("alice")}, "unbonding_responses.0.entries")
	if got := len(entries.([]any)); got != 1 {
		t.Fatalf("want 1 entry, got %d", got)
	}
}

func TestTransitiveRedelegationIsRefusedWithCode32(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 50*million), redelegate("alice", "val-0", "val-1", million))
	begun := c.time()
	c.fail("staking", 32, "alice", redelegate("alice", "val-1", "val-2", million))
	// the record is cleared at the end of the block at its time, so the next one may
	c.block(fields{"time_seconds": begun + unbondingSeconds})
	c.succeed("alice", redelegate("alice", "val-1", "val-2", million))
}

func TestEighthRedelegationOfATripletIsRefusedWithCode33(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 50*million))
	one := redelegate("alice", "val-0", "val-1", million)
	// they never merge, not even within a transaction
	c.succeed("alice", one, one, one, one, one, one, one)
	c.fail("staking", 33, "alice", one)
	c.succeed("alice", redelegate("alice", "val-0", "val-2", million))
}

func TestCancelledUnbondingIsDelegatedAgain(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 50*million))
	c.succeed("alice", undelegate("alice", "val-0", 20*million))
	c.succeed("alice", staking("CancelUnbondingDelegation", "alice", 5*million,
		fields{"validator_address": operator("val-0"), "creation_height": c.height()}))
	request := fields{"delegator_addr": account("alice"), "validator_addr": operator("val-0")}
	// 50 - 20 + 5 and 20 - 5 million
	c.expect("35000000", "delegation", request, "delegation_response.balance.amount")
	c.expect("15000000", "unbonding", request, "unbond.entries.0.balance")
}

func TestRewardsComeInByAFeeOfAnyDenom(t *testing.T) {
	c := begin(t, validators(4), noInflation(fields{"community_tax": "0"}))
	// alice has 1000 of 5000 million; val-0 takes 5 % of what its delegators earn
	c.succeed("alice", delegate("alice", "val-0", 1000*million))
	c.ask("blocks", fields{"count": 3}) // her power counts two blocks later, its rewards one after
	paying := tx("bob", fields{
		"@type": "/cosmos.bank.v1beta1.MsgSend", "from_address": account("bob"),
		"to_address": account("alice"), "amount": []fields{coin(1)},
	})
	paying["fee"] = "1000000uatom"
	if told := c.block(nil, paying)[0]; told.Code != 0 {
		t.Fatal(told.Log)
	}
	c.block(nil)
	c.succeed("alice", fields{
		"@type":             "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward",
		"delegator_address": account("alice"), "validator_address": operator("val-0"),
	})
	// 1000000 × 2000/5000 to val-0, 95 % of it to delegators, half of that to alice
	if got := c.balance("alice", "uatom"); got != 190_000 {
		t.Fatalf("want 190000 uatom, got %d", got)
	}
}

func TestSupplyStaysWithoutInflationAndGrowsWithIt(t *testing.T) {
	for inflation, grows := range map[string]bool{"0": false, "0.1": true} {
		c := begin(t, validators(4), fields{"inflation": inflation})
		request := fields{"denom": "ustake"}
		before := c.query("supply_of", request, "amount.amount")
		c.ask("blocks", fields{"count": 10})
		if after := c.query("supply_of", request, "amount.amount"); (after != before) != grows {
			t.Fatalf("inflation %s: supply %v to %v", inflation, before, after)
		}
	}
}
