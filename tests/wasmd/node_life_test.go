package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cometbft/cometbft/light"
	lighthttp "github.com/cometbft/cometbft/light/provider/http"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

const threeWeeks = 21 * 24 * 3600

func TestALightClientTakesTheBlocksOfANode(t *testing.T) {
	t.Parallel()
	n := startedNode(t, nil)
	n.control("devnet_absent", fields{"names": "val-4"}) // a fifteenth of the power
	n.waitFor(6)
	n.control("devnet_double_sign", fields{"name": "val-3"})
	n.control("devnet_absent", nil)
	n.waitFor(n.height() + 5)
	ctx, provider := context.Background(), lighthttp.NewWithClient("node-1", n.rpc)
	trusted, err := provider.LightBlock(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	for height, last := int64(2), n.height(); height < last; height++ {
		next, err := provider.LightBlock(ctx, height)
		if err != nil {
			t.Fatal(err)
		}
		if err := light.VerifyAdjacent(trusted.SignedHeader, next.SignedHeader, next.ValidatorSet, time.Hour, time.Now(), time.Minute); err != nil {
			t.Fatalf("height %d: %s", height, err)
		}
		trusted = next
	}
	if size := trusted.ValidatorSet.Size(); size != 4 {
		t.Fatalf("%d validators", size)
	}
}

func TestAJumpOfThreeWeeksPaysWhatWasUndelegated(t *testing.T) {
	t.Parallel()
	n := startedNode(t, fields{"inflation": "0"})
	validator, coin := operator("val-0"), sdk.NewInt64Coin("ustake", 5*million)
	delegation := signedForNode(t, 0, stakingtypes.NewMsgDelegate(account("alice"), validator, coin))
	n.broadcast(delegation)
	n.included(delegation)
	leaving := signedForNode(t, 1, stakingtypes.NewMsgUndelegate(account("alice"), validator, coin))
	n.broadcast(leaving)
	if told := n.included(leaving); told.TxResult.Code != 0 {
		t.Fatal(told.TxResult.Log)
	}
	// votes of one that has just left are still to come
	n.control("devnet_jail", fields{"name": "val-4"})
	before := n.control("devnet_status", nil)
	after := n.control("devnet_advance", fields{"seconds": threeWeeks})
	passed := clock(t, after).Sub(clock(t, before))
	if passed < threeWeeks*time.Second || passed > threeWeeks*time.Second+longestWait {
		t.Fatalf("%s passed", passed)
	}
	unbondings := n.rest("/cosmos/staking/v1beta1/delegators/"+account("alice")+"/unbonding_delegations", nil)
	if left := unbondings["unbonding_responses"].([]any); len(left) != 0 {
		t.Fatalf("%v", left)
	}
	// fees have come back as rewards of a moment
	if got := n.balance("alice"); got != "999999960006" {
		t.Fatalf("%s left", got)
	}
	n.waitFor(n.height() + 3)
	n.restart()
	if ahead := clock(t, n.control("devnet_status", nil)).Sub(time.Now()); ahead < (threeWeeks-60)*time.Second {
		t.Fatalf("only %s ahead after a restart", ahead)
	}
}

func clock(t testing.TB, told map[string]any) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, told["time"].(string))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func (n *testNode) balance(name string) string {
	n.Helper()
	told := n.rest("/cosmos/bank/v1beta1/balances/"+account(name)+"/by_denom?denom=ustake", nil)
	return told["balance"].(map[string]any)["amount"].(string)
}

// restart as a user does.
func (n *testNode) restart() {
	n.Helper()
	n.quit()
	n.start()
}

func TestWhoIsAbsentTooLongIsJailed(t *testing.T) {
	t.Parallel()
	n := startedNode(t, fields{"signed_blocks_window": 20})
	if told := n.control("devnet_absent", fields{"names": "val-4, " + operator("val-3")}); len(told["absent"].([]any)) != 2 {
		t.Fatalf("%v", told)
	}
	if v := n.validator("val-4"); !v.Absent || v.Votes || v.Power != 1000 {
		t.Fatalf("%+v", v)
	}
	n.eventually("val-3 and val-4 jailed", func() bool { return n.validator("val-3").Jailed && n.validator("val-4").Jailed })
	n.control("devnet_absent", nil)
	n.eventually("they lose their votes", func() bool { return n.validator("val-4").Power == 0 })
	if v := n.validator("val-2"); v.Jailed || !v.Votes {
		t.Fatalf("%+v", v)
	}
}

func TestADoubleSignIsSlashedAndTombstoned(t *testing.T) {
	t.Parallel()
	n := startedNode(t, nil)
	n.control("devnet_double_sign", fields{"name": "val-1"})
	n.eventually("val-1 loses its vote", func() bool { return n.validator("val-1").Power == 0 })
	info := n.rest("/cosmos/slashing/v1beta1/signing_infos/"+n.validator("val-1").Consensus, nil)
	if info["val_signing_info"].(map[string]any)["tombstoned"] != true {
		t.Fatalf("%v", info)
	}
	stake := n.rest("/cosmos/staking/v1beta1/validators/"+operator("val-1"), nil)["validator"].(map[string]any)["tokens"]
	if stake != "3800000000" {
		t.Fatalf("%v left of 4000000000", stake)
	}
	if _, err := n.call("devnet_double_sign", fields{"name": "val-1"}); err == nil || !strings.Contains(err.Error(), "tombstoned already") {
		t.Fatalf("%v", err)
	}
	n.control("devnet_jail", fields{"name": "val-2"})
	n.eventually("val-2 loses its vote", func() bool { return n.validator("val-2").Power == 0 })
	n.waitFor(n.height() + 2) // its last vote
	if _, err := n.call("devnet_double_sign", fields{"name": "val-2"}); err == nil || !strings.Contains(err.Error(), "had no vote") {
		t.Fatalf("%v", err)
	}
}

func TestTheLastValidatorCannotBeTakenAway(t *testing.T) {
	t.Parallel()
	n := startedNode(t, nil)
	for i := range 4 {
		n.control("devnet_jail", fields{"name": fmt.Sprintf("val-%d", i)})
	}
	if !n.validator("val-0").Jailed {
		t.Fatal("val-0 is not jailed")
	}
	for method, word := range map[string]string{"devnet_jail": "is the last validator", "devnet_double_sign": "is the last validator"} {
		if _, err := n.call(method, fields{"name": "val-4"}); err == nil || !strings.Contains(err.Error(), word) {
			t.Fatalf("%s: %v", method, err)
		}
	}
	if _, err := n.call("devnet_jail", fields{"name": "val-0"}); err == nil || !strings.Contains(err.Error(), "is jailed") {
		t.Fatalf("%v", err)
	}
	n.waitFor(n.height() + 3)
}

// The only validator takes its stake away: CometBFT takes no block after which nobody votes.
func TestABlockThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	spec := nodeSpec(nil)
	spec["validators"] = validators(1)
	n := newNode(t, spec)
	n.start()
	key := accountKey("val-0").PubKey()
	n.broadcast(signedByName(t, "val-0", authsigning.SignerData{ChainID: "node-1", AccountNumber: 2, PubKey: key, Address: account("val-0")},
		stakingtypes.NewMsgUndelegate(account("val-0"), operator("val-0"), sdk.NewInt64Coin("ustake", 1000*million))))
	n.eventually("the transaction dropped", func() bool {
		log, err := os.ReadFile(filepath.Join(n.home, "node.log"))
		return err == nil && strings.Contains(string(log), "drops pending transactions")
	})
	s := newSender(n)
	s.send(5 * quickBlocks)
	n.waitFor(n.height() + 3)
	s.ensureNothingLost()
	n.kill()
	// a replay ends at another hash if anything was left of it
	if err := os.RemoveAll(filepath.Join(n.home, dataFolder, "application.db")); err != nil {
		t.Fatal(err)
	}
	n.start()
	s.ensureNothingLost()
}

func TestWithoutAnyVoteTheChainPauses(t *testing.T) {
	t.Parallel()
	n := startedNode(t, nil)
	told := n.control("devnet_absent", fields{"names": "val-0,val-1,val-2,val-3,val-4"})
	if told["paused"] != true {
		t.Fatalf("%v", told)
	}
	height := n.height()
	for range 2 {
		time.Sleep(10 * quickBlocks)
		status := n.control("devnet_status", nil)
		if n.height() != height || status["paused"] != true || status["why_paused"] != errNobodyVotes.Error() {
			t.Fatalf("%v", status)
		}
		for method, params := range map[string]fields{
			"devnet_advance":     {"seconds": 5},
			"devnet_jail":        {"name": "val-1"},
			"devnet_double_sign": {"name": "val-1"},
		} {
			if _, err := n.call(method, params); err == nil || !strings.Contains(err.Error(), errNobodyVotes.Error()) {
				t.Fatalf("%s: %v", method, err)
			}
		}
		n.restart() // paused it stays
		if n.balance("bob") != "1000000000000" {
			t.Fatal("REST does not answer")
		}
		if latest, err := n.rpc.ABCIQuery(context.Background(), "/cosmos.bank.v1beta1.Query/TotalSupply", nil); err != nil || latest.Response.Code != 0 {
			t.Fatalf("%v %v", latest, err)
		}
	}
	n.control("devnet_absent", fields{"names": "val-4"})
	n.waitFor(height + 3)
	if status := n.control("devnet_status", nil); status["paused"] != false {
		t.Fatalf("%v", status)
	}
}

func TestOldBlocksArePruned(t *testing.T) {
	t.Parallel()
	n := startedNode(t, nil, "--keep-blocks", "10")
	tx := sending(t, 0)
	n.broadcast(tx)
	old := n.included(tx).Height
	n.waitFor(old + 30)
	status := n.control("devnet_status", nil)
	first, last := int64(status["first_block"].(float64)), int64(status["height"].(float64))
	if kept := last - first + 1; kept < 10 || kept > 10+blocksPrunedAtOnce {
		t.Fatalf("blocks %d to %d", first, last)
	}
	ctx := context.Background()
	if _, err := n.rpc.Block(ctx, &old); err == nil || !strings.Contains(err.Error(), "lowest height") {
		t.Fatalf("%v", err)
	}
	if _, err := n.rpc.Commit(ctx, &old); err == nil {
		t.Fatal("its votes are there")
	}
	if _, err := n.rpc.BlockResults(ctx, &old); err == nil {
		t.Fatal("its results are there")
	}
	n.kill()
	n.start()
	n.waitFor(last + 10)
	n.control("devnet_double_sign", fields{"name": "val-4"})
	n.waitFor(n.height() + 3)
}
