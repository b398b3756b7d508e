package main

import "testing"

func TestEveryShortNameIsAServedQuery(t *testing.T) {
	c := begin(t, validators(2), nil)
	for name, path := range queryPaths {
		if _, err := findMethod(path); err != nil {
			t.Errorf("%s: %s", name, err)
		}
		if shared.chains[c.name].app.GRPCQueryRouter().Route(path) == nil {
			t.Errorf("%s: %s is not served", name, path)
		}
	}
}

func TestAnswersAreWholeUnlessAPageIsAsked(t *testing.T) {
	c := begin(t, validators(105), fields{"max_validators": 105})
	all := c.query("validators", nil, "validators").([]any)
	if len(all) != 105 { // the SDK's page is 100
		t.Fatalf("want 105 validators, got %d", len(all))
	}
	page := c.query("validators", fields{"pagination": fields{"limit": "7"}}, "validators").([]any)
	if len(page) != 7 {
		t.Fatalf("want 7 validators, got %d", len(page))
	}
}

func TestTheSetHoldsTheLargestAndOthersWait(t *testing.T) {
	all := append(validators(2), fields{"name": "big", "tokens": "2000000000"}, fields{"name": "small", "tokens": "500000000"})
	c := begin(t, all, noInflation(fields{"max_validators": 3}))
	// 1000 + 1000 + 2000 are bonded, 500 are not
	c.expect("4000000000", "pool", nil, "pool.bonded_tokens")
	c.expect("500000000", "pool", nil, "pool.not_bonded_tokens")
	voters := c.ask("status", nil)["next_voters"].([]any)
	if first := voters[0].(map[string]any); len(voters) != 3 || first["name"] != "big" || first["power"] != 2000.0 {
		t.Fatalf("want 3 voters, big first with 2000, got %v", voters)
	}
	c.succeed("alice", delegate("alice", "small", 1000*million))
	c.expect("BOND_STATUS_BONDED", "validator", fields{"validator_addr": operator("small")}, "validator.status")
}

func TestRedelegationsAndRewardsAreToldInFull(t *testing.T) {
	c := begin(t, validators(3), nil)
	c.succeed("alice", delegate("alice", "val-0", 50*million), redelegate("alice", "val-0", "val-1", million))
	c.ask("blocks", fields{"count": 5})
	c.expect("1000000", "redelegations", fields{"delegator_addr": account("alice")},
		"redelegation_responses.0.entries.0.redelegation_entry.initial_balance")
	rewards := c.query("rewards", fields{"delegator_address": account("alice")}, "rewards").([]any)
	if len(rewards) != 2 {
		t.Fatalf("want rewards of 2 delegations, got %v", rewards)
	}
}
