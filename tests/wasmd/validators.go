package main

import (
	"bytes"
	"sort"

	abci "github.com/cometbft/cometbft/abci/types"
	cryptoenc "github.com/cometbft/cometbft/crypto/encoding"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// voter is a validator as the consensus engine knows it.
type voter struct {
	Address sdk.ConsAddress
	Power   int64
}

// voterSet is a validator set, largest power first, then by address. Sets are never changed.
type voterSet []voter

// updated applies what the application told: a power of 0 removes.
func (s voterSet) updated(updates []abci.ValidatorUpdate) (voterSet, error) {
	if len(updates) == 0 {
		return s, nil
	}
	powers := map[string]int64{}
	for _, v := range s {
		powers[string(v.Address)] = v.Power
	}
	for _, update := range updates {
		key, err := cryptoenc.PubKeyFromProto(update.PubKey)
		if err != nil {
			return nil, err
		}
		powers[string(key.Address())] = update.Power
	}
	next := voterSet{}
	for address, power := range powers {
		if power > 0 {
			next = append(next, voter{Address: sdk.ConsAddress(address), Power: power})
		}
	}
	sort.Slice(next, func(i, j int) bool {
		if next[i].Power != next[j].Power {
			return next[i].Power > next[j].Power
		}
		return bytes.Compare(next[i].Address, next[j].Address) < 0
	})
	return next, nil
}

// power of an address, 0 if it is not in the set.
func (s voterSet) power(address sdk.ConsAddress) int64 {
	for _, v := range s {
		if v.Address.Equals(address) {
			return v.Power
		}
	}
	return 0
}

func (s voterSet) totalPower() int64 {
	total := int64(0)
	for _, v := range s {
		total += v.Power
	}
	return total
}

// contains tells whether every member of another set is in this one.
func (s voterSet) contains(other voterSet) bool {
	members := map[string]bool{}
	for _, v := range s {
		members[string(v.Address)] = true
	}
	for _, v := range other {
		if !members[string(v.Address)] {
			return false
		}
	}
	return true
}
