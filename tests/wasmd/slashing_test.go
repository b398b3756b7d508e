package main

import "testing"

func TestDowntimeJailsAndAnEarlyUnjailIsRefused(t *testing.T) {
	c := begin(t, validators(4), noInflation(fields{
		"signed_blocks_window": 20, "min_signed_per_window": "0.5", "downtime_jail_seconds": 600,
		"slash_fraction_downtime": "0.01",
	}))
	validator := fields{"validator_addr": operator("val-3")}
	absent := fields{"absent": []string{"val-3"}, "count": 19}
	c.ask("blocks", absent) // to height 20: the window is not full
	c.expect(false, "validator", validator, "validator.jailed")
	c.block(fields{"absent": []string{"val-3"}})
	c.expect(true, "validator", validator, "validator.jailed")
	// 1 % of 1000 million
	c.expect("990000000", "validator", validator, "validator.tokens")

	c.fail("slashing", 4, "val-3", unjail("val-3"))
	c.block(fields{"advance": 600})
	c.succeed("val-3", unjail("val-3"))
	c.expect("BOND_STATUS_BONDED", "validator", validator, "validator.status")
}

func TestDelegatingToAJailedValidatorSucceeds(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.block(fields{"evidence": []fields{{"validator": "val-0", "height": 1}}})
	c.expect(true, "validator", fields{"validator_addr": operator("val-0")}, "validator.jailed")
	c.succeed("alice", delegate("alice", "val-0", million))
}

func TestDoubleSignSlashesStakeUnbondingAndRedelegationAndTombstones(t *testing.T) {
	c := begin(t, validators(4), noInflation(fields{"slash_fraction_double_sign": "0.05"}))
	c.succeed("alice", delegate("alice", "val-0", 100*million)) // height 2
	c.succeed("alice", undelegate("alice", "val-0", 20*million),
		redelegate("alice", "val-0", "val-1", 30*million)) // height 3
	c.block(fields{"evidence": []fields{{"validator": operator("val-0"), "height": 2}}})

	// 5 % of the power at height 2: 0.05 × 1000 = 50 million. The entry began after: 5 % of 20 = 1.
	pair := fields{"delegator_addr": account("alice"), "validator_addr": operator("val-0")}
	c.expect("20000000", "unbonding", pair, "unbond.entries.0.initial_balance")
	c.expect("19000000", "unbonding", pair, "unbond.entries.0.balance")
	// the redelegation pays at its destination: 30 - 5 % of 30 = 28.5
	c.expect("28500000", "delegation",
		fields{"delegator_addr": account("alice"), "validator_addr": operator("val-1")},
		"delegation_response.balance.amount")
	// the rest, 50 - 1 - 1.5 = 47.5, is burned from 1000 + 100 - 20 - 30 = 1050
	validator := fields{"validator_addr": operator("val-0")}
	c.expect("1002500000", "validator", validator, "validator.tokens")
	c.expect(true, "validator", validator, "validator.jailed")
	c.expect(true, "signing_info", fields{"cons_address": identityOf("val-0").Consensus},
		"val_signing_info.tombstoned")
	c.fail("slashing", 4, "val-0", unjail("val-0"))
}

func TestAnEntryOlderThanTheInfractionIsSpared(t *testing.T) {
	c := begin(t, validators(4), noInflation(nil))
	c.succeed("alice", delegate("alice", "val-0", 100*million))
	c.succeed("alice", undelegate("alice", "val-0", 20*million)) // height 3
	c.ask("blocks", fields{"count": 5})
	c.block(fields{"evidence": []fields{{"validator": "val-0", "height": 6}}})
	c.expect("20000000", "unbonding",
		fields{"delegator_addr": account("alice"), "validator_addr": operator("val-0")}, "unbond.entries.0.balance")
}

func TestEvidenceOfAStrangerOrTheFutureIsRefused(t *testing.T) {
	c := begin(t, append(validators(4), fields{"name": "small", "tokens": "5"}), noInflation(nil))
	for _, evidence := range []fields{{"validator": "val-0", "height": 2}, {"validator": "small", "height": 1}} {
		c.refused("bad_evidence", "block", fields{"evidence": []fields{evidence}})
	}
	c.refused("unknown_validator", "block", fields{"evidence": []fields{{"validator": "nobody", "height": 1}}})
}

func TestABlockWithoutVotesIsRefused(t *testing.T) {
	c := begin(t, validators(2), noInflation(nil))
	c.refused("nobody_votes", "block", fields{"absent": []string{"val-0", "val-1"}})
	c.block(fields{"absent": []string{"val-0"}})
}

func TestTheLastValidatorCannotBeJailed(t *testing.T) {
	c := begin(t, validators(1), noInflation(nil))
	before := c.hash()
	c.refused("no_validators_left", "block", fields{"evidence": []fields{{"validator": "val-0", "height": 1}}})
	if c.hash() != before {
		t.Fatal("a refused block left something behind")
	}
	c.block(nil)
}

func TestAValidatorCreatedLaterVotesAndIsJailedLikeTheOthers(t *testing.T) {
	c := begin(t, validators(3), noInflation(fields{"signed_blocks_window": 10, "min_signed_per_window": "0.5"}))
	c.succeed("alice", fields{
		"@type": "/cosmos.staking.v1beta1.MsgCreateValidator", "description": fields{"moniker": "alice"},
		"commission":          fields{"rate": "0.1", "max_rate": "0.2", "max_change_rate": "0.01"},
		"min_self_delegation": "1", "delegator_address": account("alice"), "validator_address": operator("alice"),
		"pubkey": fields{"@type": "/cosmos.crypto.ed25519.PubKey", "key": identityOf("alice").ConsensusKey},
		"value":  coin(500 * million),
	}) // height 2: it votes from height 4 on
	c.block(nil)
	if voters := c.ask("status", nil)["next_voters"].([]any); len(voters) != 4 {
		t.Fatalf("want 4 voters of height 4, got %v", voters)
	}
	validator := fields{"validator_addr": operator("alice")}
	c.ask("blocks", fields{"count": 13, "absent": []string{operator("alice")}})
	c.expect(true, "validator", validator, "validator.jailed")
	// 1 % of 500 million
	c.expect("495000000", "validator", validator, "validator.tokens")
}
