package main

import (
	"crypto/sha256"
	"time"

	"github.com/cometbft/cometbft/crypto"
	cmted25519 "github.com/cometbft/cometbft/crypto/ed25519"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
)

// signers vote for every validator of the genesis with the key of its name.
type signers struct {
	chainID string
	keys    map[string]crypto.PrivKey // by consensus address
	names   map[string]string         // by consensus address
	known   map[string]crypto.Address // by name
}

func signersOf(chainID string, spec chainSpec) signers {
	s := signers{chainID: chainID, keys: map[string]crypto.PrivKey{}, names: map[string]string{}, known: map[string]crypto.Address{}}
	for _, v := range spec.Validators {
		key := cmted25519.PrivKey(consensusKey(v.Name).Key)
		address := key.PubKey().Address()
		s.keys[string(address)], s.names[string(address)], s.known[v.Name] = key, v.Name, address
	}
	return s
}

// sign a vote. The key of a validator that a transaction created is known to nobody here: its vote
// counts all the same, with a signature that verifies for nobody.
func (s signers) sign(vote *cmttypes.Vote) {
	text := cmttypes.VoteSignBytes(s.chainID, vote.ToProto())
	if key := s.keys[string(vote.ValidatorAddress)]; key != nil {
		vote.Signature, _ = key.Sign(text)
		return
	}
	first := sha256.Sum256(text)
	second := sha256.Sum256(first[:])
	vote.Signature = append(first[:], second[:]...)
}

// commit is the votes for a block. All say one time, which becomes the time of the next block.
func (s signers) commit(id cmttypes.BlockID, height int64, voters *cmttypes.ValidatorSet, at time.Time, absent map[string]bool) *cmttypes.Commit {
	commit := &cmttypes.Commit{Height: height, BlockID: id, Signatures: make([]cmttypes.CommitSig, len(voters.Validators))}
	for i, v := range voters.Validators {
		if absent[string(v.Address)] {
			commit.Signatures[i] = cmttypes.NewCommitSigAbsent()
			continue
		}
		vote := s.vote(id, height, at, v.Address, int32(i))
		commit.Signatures[i] = vote.CommitSig()
	}
	return commit
}

func (s signers) vote(id cmttypes.BlockID, height int64, at time.Time, voter crypto.Address, index int32) *cmttypes.Vote {
	vote := &cmttypes.Vote{Type: cmtproto.PrecommitType, Height: height, BlockID: id, Timestamp: at,
		ValidatorAddress: voter, ValidatorIndex: index}
	s.sign(vote)
	return vote
}

// someoneOf a set is there.
func someoneOf(voters *cmttypes.ValidatorSet, absent map[string]bool) bool {
	for _, v := range voters.Validators {
		if !absent[string(v.Address)] {
			return true
		}
	}
	return false
}
