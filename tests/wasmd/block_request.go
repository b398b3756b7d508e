package main

import (
	"time"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// blockRequest asks for one block.
type blockRequest struct {
	chainEnvelope
	whenAndWho
	Evidence []evidenceSpec `json:"evidence,omitempty"`
	// Acts of modules and governance at the beginning of the block.
	Acts []actSpec `json:"acts,omitempty"`
	Txs  []txSpec  `json:"txs,omitempty"`
	// Events of the block itself are wanted too.
	Events bool `json:"events,omitempty"`
	// OnLeaving chooses what happens to a jump right after a validator left: "settle" or "refuse".
	OnLeaving string `json:"on_leaving,omitempty"`
}

// blocksRequest asks for blocks without transactions.
type blocksRequest struct {
	chainEnvelope
	Count int64 `json:"count"`
	// Advance is the seconds from block to block.
	Advance int64    `json:"advance,omitempty"`
	Absent  []string `json:"absent,omitempty"`
}

// whenAndWho is the time of a block and the validators whose votes it lacks.
type whenAndWho struct {
	// TimeSeconds is the block's time, or
	TimeSeconds int64 `json:"time_seconds,omitempty"`
	// Advance is what it is later than the last block; defaultAdvance unless given.
	Advance int64    `json:"advance,omitempty"`
	Absent  []string `json:"absent,omitempty"`
}

// evidenceSpec is a double sign at a past height.
type evidenceSpec struct {
	Validator string `json:"validator"`
	Height    int64  `json:"height"`
}

// blockResult is what became of a block.
type blockResult struct {
	chainTip
	Txs []txResult `json:"txs,omitempty"`
	// Settled are the heights of ordinary blocks made before this one, so that a jump is survived.
	Settled          []int64       `json:"settled,omitempty"`
	ValidatorUpdates []powerChange `json:"validator_updates,omitempty"`
	Events           []event       `json:"events,omitempty"`
}

// powerChange is a new voting power, 0 if the validator left.
type powerChange struct {
	// Consensus address, wasmvalcons1….
	Consensus string `json:"consensus"`
	// Name, if the validator is of the genesis.
	Name  string `json:"name,omitempty"`
	Power int64  `json:"power"`
}

// defaultAdvance is the seconds between two blocks if nothing else is said.
const defaultAdvance = 5

const maxBlocksAtOnce = 1_000_000

// makeBlock serves a block request, all of it or nothing.
func (c *chain) makeBlock(request blockRequest) (result blockResult, err error) {
	err = c.attempt(func() error {
		when, err := c.blockTime(request.whenAndWho)
		if err != nil {
			return err
		}
		absent, err := c.consensusAddresses(request.Absent)
		if err != nil {
			return err
		}
		if result.Settled, err = c.settle(when, absent, request.OnLeaving); err != nil {
			return err
		}
		plan := blockPlan{time: when, absent: absent}
		for _, e := range request.Evidence {
			address, err := c.consensusAddressOf(e.Validator)
			if err != nil {
				return err
			}
			misbehavior, err := c.misbehavior(address, e.Validator, e.Height)
			if err != nil {
				return err
			}
			plan.evidence = append(plan.evidence, misbehavior)
		}
		if plan.acts, err = c.actsOf(request.Acts); err != nil {
			return err
		}
		if plan.txs, err = c.signAll(request.Txs, plan); err != nil {
			return err
		}
		response, err := c.produce(plan)
		if err != nil {
			return err
		}
		result.chainTip = c.whereItStands()
		result.Txs = c.txResults(response.TxResults, plan.txs)
		result.ValidatorUpdates = c.powerChanges(response.ValidatorUpdates)
		if request.Events {
			result.Events = eventsOf(response.Events)
		}
		return nil
	})
	return result, err
}

// makeBlocks serves a request for empty blocks, all of them or none.
func (c *chain) makeBlocks(request blocksRequest) (chainTip, error) {
	if request.Count < 1 || request.Count > maxBlocksAtOnce {
		return chainTip{}, refuse("bad_request", "count %d is not between 1 and %d", request.Count, maxBlocksAtOnce)
	}
	err := c.attempt(func() error {
		absent, err := c.consensusAddresses(request.Absent)
		if err != nil {
			return err
		}
		for range request.Count {
			when, err := c.blockTime(whenAndWho{Advance: request.Advance})
			if err != nil {
				return err
			}
			if _, err := c.settle(when, absent, refuseJump); err != nil {
				return err
			}
			if _, err := c.produce(blockPlan{time: when, absent: absent}); err != nil {
				return err
			}
		}
		return nil
	})
	return c.whereItStands(), err
}

// blockTime of the next block.
func (c *chain) blockTime(when whenAndWho) (time.Time, error) {
	switch {
	case when.TimeSeconds != 0 && when.Advance != 0:
		return time.Time{}, refuse("bad_time", "time_seconds and advance are both given")
	case when.Advance < 0:
		return time.Time{}, refuse("bad_time", "advance %d is negative", when.Advance)
	case when.TimeSeconds != 0:
		return time.Unix(when.TimeSeconds, 0).UTC(), nil
	case when.Advance == 0:
		when.Advance = defaultAdvance
	}
	return c.tip.time.Add(time.Duration(when.Advance) * time.Second), nil
}

const (
	settleJump = "settle"
	refuseJump = "refuse"
)

// settle makes a jump over the unbonding time safe. A validator that just left still has votes in
// the next two blocks; if the jump removes it before, the chain dies ("validator does not exist").
// Two ordinary blocks bring the last votes in.
func (c *chain) settle(when time.Time, absent map[string]bool, policy string) ([]int64, error) {
	if policy != "" && policy != settleJump && policy != refuseJump {
		return nil, refuse("bad_request", "on_leaving is %q: settle or refuse", policy)
	}
	unbonding, err := c.unbondingTime()
	if err != nil {
		return nil, err
	}
	var settled []int64
	jumps := when.Sub(c.tip.time) >= unbonding
	for jumps && c.someoneIsLeaving() {
		step := min(time.Second, when.Sub(c.tip.time)/4)
		if policy == refuseJump || len(settled) > 8 || step <= 0 {
			return nil, refuse("jump_after_leaving",
				"a validator left and still votes: two ordinary blocks before a jump of %s, please", when.Sub(c.tip.time))
		}
		if _, err := c.produce(blockPlan{time: c.tip.time.Add(step), absent: absent}); err != nil {
			return nil, err
		}
		settled = append(settled, c.tip.height)
	}
	return settled, nil
}

// consensusAddresses of validators, as a set.
func (c *chain) consensusAddresses(names []string) (map[string]bool, error) {
	addresses := map[string]bool{}
	for _, name := range names {
		address, err := c.consensusAddressOf(name)
		if err != nil {
			return nil, err
		}
		addresses[string(address)] = true
	}
	return addresses, nil
}

// consensusAddressOf finds a validator by its genesis name or by its operator address.
func (c *chain) consensusAddressOf(validator string) (sdk.ConsAddress, error) {
	if address, known := c.consensus[validator]; known {
		return address, nil
	}
	operator, err := sdk.ValAddressFromBech32(validator)
	if err != nil {
		return nil, refuse("unknown_validator", "%q is no validator of the genesis and no operator address", validator)
	}
	found, err := c.app.StakingKeeper.GetValidator(c.stateContext(), operator)
	if err != nil {
		return nil, refuse("unknown_validator", "%s: %s", validator, err)
	}
	address, err := found.GetConsAddr()
	return sdk.ConsAddress(address), err
}

func (c *chain) powerChanges(updates []abci.ValidatorUpdate) []powerChange {
	var changes []powerChange
	for _, update := range updates {
		key := ed25519.PubKey{Key: update.PubKey.GetEd25519()}
		changes = append(changes, powerChange{
			Consensus: sdk.ConsAddress(key.Address()).String(),
			Name:      c.names[string(key.Address())],
			Power:     update.Power,
		})
	}
	return changes
}
