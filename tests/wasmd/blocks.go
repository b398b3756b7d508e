package main

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// blockPlan is a block decided: what a consensus engine would hand to the application.
type blockPlan struct {
	time time.Time
	// absent validators' votes for the block before are missing from this one.
	absent   map[string]bool // consensus addresses
	evidence []abci.Misbehavior
	acts     []act
	txs      [][]byte
}

// produce makes one block and commits it. If it fails the chain must be rewound.
func (c *chain) produce(plan blockPlan) (*abci.ResponseFinalizeBlock, error) {
	height := c.tip.height + 1
	if height > 1 && !plan.time.After(c.tip.time) {
		return nil, refuse("bad_time", "block %d at %s is not after block %d at %s",
			height, plan.time.Format(time.RFC3339), c.tip.height, c.tip.time.Format(time.RFC3339))
	}
	votes, err := c.lastVotes(plan.absent)
	if err != nil {
		return nil, err
	}
	voters := c.tip.voters[1]
	c.acts = plan.acts
	defer func() { c.acts = nil }()
	response, err := c.app.FinalizeBlock(&abci.RequestFinalizeBlock{
		Txs:               plan.txs,
		DecidedLastCommit: abci.CommitInfo{Votes: votes},
		Misbehavior:       plan.evidence,
		Hash:              blockHash(c.spec.ChainID, height),
		Height:            height,
		Time:              plan.time,
		ProposerAddress:   voters[0].Address,
	})
	if err != nil {
		return nil, refuse("block_failed", "block %d: %s", height, err)
	}
	afterNext, err := c.tip.voters[2].updated(response.ValidatorUpdates)
	if err != nil {
		return nil, err
	}
	if len(afterNext) == 0 {
		return nil, refuse("no_validators_left", "after block %d nobody could make a block", height)
	}
	if _, err := c.app.Commit(); err != nil {
		return nil, refuse("block_failed", "commit of block %d: %s", height, err)
	}
	c.tip = tip{
		height:  height,
		time:    plan.time,
		appHash: response.AppHash,
		voters:  [3]voterSet{voters, c.tip.voters[2], afterNext},
		last:    &pastBlock{height: height, time: plan.time, voters: voters, before: c.tip.last},
	}
	return response, nil
}

// lastVotes are the votes for the last block, which the next one carries.
func (c *chain) lastVotes(absent map[string]bool) ([]abci.VoteInfo, error) {
	var votes []abci.VoteInfo
	present := 0
	for _, v := range c.tip.voters[0] {
		flag := cmtproto.BlockIDFlagCommit
		if absent[string(v.Address)] {
			flag = cmtproto.BlockIDFlagAbsent
		} else {
			present++
		}
		votes = append(votes, abci.VoteInfo{
			Validator:   abci.Validator{Address: v.Address, Power: v.Power},
			BlockIdFlag: flag,
		})
	}
	if len(votes) > 0 && present == 0 {
		return nil, refuse("nobody_votes", "all %d validators are absent: no such block is legal", len(votes))
	}
	return votes, nil
}

// misbehavior is evidence that a validator signed two blocks of a past height.
func (c *chain) misbehavior(address sdk.ConsAddress, name string, height int64) (abci.Misbehavior, error) {
	if height < 1 || height > c.tip.height {
		return abci.Misbehavior{}, refuse("bad_evidence", "height %d is not between 1 and %d", height, c.tip.height)
	}
	block := c.tip.last
	for block.height > height {
		block = block.before
	}
	power := block.voters.power(address)
	if power == 0 {
		return abci.Misbehavior{}, refuse("bad_evidence", "validator %q had no vote at height %d", name, height)
	}
	return abci.Misbehavior{
		Type:             abci.MisbehaviorType_DUPLICATE_VOTE,
		Validator:        abci.Validator{Address: address, Power: power},
		Height:           height,
		Time:             block.time,
		TotalVotingPower: block.voters.totalPower(),
	}, nil
}

// someoneIsLeaving tells whether blocks to come still carry votes of validators that the
// application has already let go.
func (c *chain) someoneIsLeaving() bool {
	newest := c.tip.voters[2]
	return !newest.contains(c.tip.voters[0]) || !newest.contains(c.tip.voters[1])
}

// blockHash stands for the header's hash, which the application only passes on.
func blockHash(chainID string, height int64) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(chainID), uint64(height)))
	return sum[:]
}
