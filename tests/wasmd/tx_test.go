package main

import "testing"

func send(from, to string, amount int64) fields {
	return fields{
		"@type": "/cosmos.bank.v1beta1.MsgSend", "from_address": account(from),
		"to_address": account(to), "amount": []fields{coin(amount)},
	}
}

func TestTransactionsOfOneSignerFollowEachOtherInABlock(t *testing.T) {
	c := begin(t, validators(2), noInflation(nil))
	before := c.balance("bob", "ustake")
	for _, told := range c.block(nil, tx("alice", send("alice", "bob", 1)), tx("alice", send("alice", "bob", 2)),
		tx("bob", send("bob", "alice", 1)), tx("alice", send("alice", "bob", 4))) {
		if told.Code != 0 {
			t.Fatal(told.Log)
		}
	}
	// 1 + 2 + 4 - 1, and bob's fee of 1
	if got := c.balance("bob", "ustake") - before; got != 5 {
		t.Fatalf("want 5, got %d", got)
	}
}

func TestAFailedTransactionPaysItsFeeAndTheNextOneRuns(t *testing.T) {
	c := begin(t, validators(2), noInflation(nil))
	before := c.balance("alice", "ustake")
	told := c.block(nil, tx("alice", send("alice", "bob", 2_000_000_000_000)), tx("alice", send("alice", "bob", 5)))
	if told[0].Codespace != "sdk" || told[0].Code != 5 || told[1].Code != 0 {
		t.Fatalf("want sdk/5 (insufficient funds) then success, got %v", told)
	}
	if spent := before - c.balance("alice", "ustake"); spent != 5+1+1 {
		t.Fatalf("want 5 and two fees of 1, got %d", spent)
	}
}

func TestTooLittleGasIsCodeSdk11(t *testing.T) {
	c := begin(t, validators(2), nil)
	poor := tx("alice", send("alice", "bob", 1))
	poor["gas"] = 60_000
	told := c.block(nil, poor)[0]
	if told.Codespace != "sdk" || told.Code != 11 || told.GasWanted != 60_000 {
		t.Fatalf("want sdk/11, got %v", told)
	}
}

func TestAutomaticGasSuffices(t *testing.T) {
	c, twin := begin(t, validators(2), nil), begin(t, validators(2), nil)
	both := func(gas any) (txs []fields) {
		// the second is dearer after the first: rewards are pending, the delegation exists
		for range 2 {
			one := tx("alice", delegate("alice", "val-0", million))
			one["gas"] = gas
			txs = append(txs, one)
		}
		return txs
	}
	automatic, explicit := c.block(nil, both("auto")...), twin.block(nil, both(2_000_000)...)
	for i, told := range automatic {
		if told.Code != 0 {
			t.Fatal(told.Log)
		}
		if off := told.GasUsed - explicit[i].GasUsed; off < -100 || off > 100 {
			t.Fatalf("used %d, by an explicit limit %d", told.GasUsed, explicit[i].GasUsed)
		}
		// the margin is 2 %
		if told.GasWanted > told.GasUsed*103/100 {
			t.Fatalf("wanted %d, used %d", told.GasWanted, told.GasUsed)
		}
	}
	if c.height() != 2 {
		t.Fatalf("the rehearsal made a block: height %d", c.height())
	}
}

func TestTheFeeFollowsTheGasPrice(t *testing.T) {
	c := begin(t, validators(2), noInflation(fields{"gas_price": "0.025"}))
	before := c.balance("alice", "ustake")
	one := tx("alice", send("alice", "bob", 1))
	one["gas"] = 200_001
	c.block(nil, one)
	// 200001 × 0.025 = 5000.025, rounded up
	if spent := before - c.balance("alice", "ustake"); spent != 5001+1 {
		t.Fatalf("want 5002, got %d", spent)
	}
}

func TestABlockStopsAtItsGasLimit(t *testing.T) {
	c := begin(t, validators(2), fields{"block_max_gas": 300_000})
	told := c.block(nil, tx("alice", delegate("alice", "val-0", million)), tx("bob", delegate("bob", "val-0", million)),
		tx("bob", delegate("bob", "val-0", million)))
	if told[0].Code != 0 || told[2].Codespace != "sdk" || told[2].Code != 11 {
		t.Fatalf("want success first and sdk/11 (no block gas left) last, got %v", told)
	}
}

func TestASignerCannotSignForAnother(t *testing.T) {
	c := begin(t, validators(2), nil)
	c.fail("sdk", 8, "bob", send("alice", "bob", 1))
}

func TestFundCommunityPoolIsRefusedByThisApplication(t *testing.T) {
	c := begin(t, validators(2), nil)
	told := c.block(nil, tx("alice", fields{
		"@type": "/cosmos.distribution.v1beta1.MsgFundCommunityPool", "depositor": account("alice"), "amount": []fields{coin(1)},
	}))[0]
	if told.Code == 0 {
		t.Fatal("other chains accept it, this application did not")
	}
}

func TestTheGenesisPatchReachesWhatTheParamsLack(t *testing.T) {
	c := &testChain{TB: t, name: "patched"}
	c.ask("init", fields{"validators": validators(2), "genesis": fields{"gov": fields{"params": fields{"voting_period": "77s"}}}})
	defer c.ask("drop", nil)
	c.expect("77s", "/cosmos.gov.v1.Query/Params", fields{"params_type": "voting"}, "params.voting_period")
	c.expect("ustake", "/cosmos.gov.v1.Query/Params", fields{"params_type": "voting"}, "params.min_deposit.0.denom")
}
