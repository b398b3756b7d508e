package main

import (
	"encoding/json"
	"fmt"
	"sort"

	rpctypes "github.com/cometbft/cometbft/rpc/jsonrpc/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// nodeStatus is what devnet_status tells.
type nodeStatus struct {
	nodeTold
	OffsetSeconds    int64             `json:"offset_seconds"`
	Absent           []string          `json:"absent"`
	Paused           bool              `json:"paused"`
	WhyPaused        string            `json:"why_paused,omitempty"`
	FirstBlock       int64             `json:"first_block"`
	BlockTimeSeconds float64           `json:"block_time_seconds"`
	Validators       []validatorStatus `json:"validators"`
}

// validatorStatus is a validator of the application, in the set or not.
type validatorStatus struct {
	// Name of the genesis, or the moniker.
	Name      string `json:"name"`
	Operator  string `json:"operator"`
	Consensus string `json:"consensus"`
	// Power in the next block; 0 if it is not in the set.
	Power  int64 `json:"power"`
	Jailed bool  `json:"jailed"`
	// Absent as it was told.
	Absent bool `json:"absent"`
	// Votes for the next block.
	Votes bool `json:"votes"`
}

func (n *node) rpcStatus(*rpctypes.Context) (json.RawMessage, error) {
	n.making.Lock()
	defer n.making.Unlock()
	return plainJSON(n.status())
}

func (n *node) status() (told nodeStatus, err error) {
	ctx, err := n.lastState()
	if err != nil {
		return told, err
	}
	all, err := n.app.StakingKeeper.GetAllValidators(ctx)
	if err != nil {
		return told, err
	}
	told = nodeStatus{
		nodeTold:         n.told(),
		OffsetSeconds:    n.controlled().OffsetSeconds,
		Absent:           n.journal.absentNames(),
		Paused:           n.whyPaused() != "",
		WhyPaused:        n.whyPaused(),
		FirstBlock:       n.blockStore.Base(),
		BlockTimeSeconds: n.blockTime.Seconds(),
	}
	absent := n.journal.absent()
	for _, v := range all {
		one, err := n.validatorStatus(v, absent)
		if err != nil {
			return told, err
		}
		told.Validators = append(told.Validators, one)
	}
	sort.SliceStable(told.Validators, func(i, j int) bool { return told.Validators[i].Power > told.Validators[j].Power })
	return told, nil
}

func (n *node) validatorStatus(v stakingtypes.Validator, absent map[string]bool) (validatorStatus, error) {
	address, err := v.GetConsAddr()
	if err != nil {
		return validatorStatus{}, err
	}
	name := n.signers.names[string(address)]
	if name == "" {
		name = v.GetMoniker()
	}
	power := int64(0)
	if _, voter := n.state.Validators.GetByAddress(address); voter != nil {
		power = voter.VotingPower
	}
	return validatorStatus{
		Name:      name,
		Operator:  v.GetOperator(),
		Consensus: sdk.ConsAddress(address).String(),
		Power:     power,
		Jailed:    v.IsJailed(),
		Absent:    absent[string(address)],
		Votes:     power > 0 && !absent[string(address)],
	}, nil
}

// findValidator by its name in the genesis or by its operator address.
func (n *node) findValidator(name string) (journalValidator, error) {
	if address, known := n.signers.known[name]; known {
		return journalValidator{Name: name, Consensus: address}, nil
	}
	operator, err := sdk.ValAddressFromBech32(name)
	if err != nil {
		return journalValidator{}, fmt.Errorf("%q is no validator of the genesis and no operator address", name)
	}
	ctx, err := n.lastState()
	if err != nil {
		return journalValidator{}, err
	}
	validator, err := n.app.StakingKeeper.GetValidator(ctx, operator)
	if err != nil {
		return journalValidator{}, fmt.Errorf("%s: %w", name, err)
	}
	address, err := validator.GetConsAddr()
	return journalValidator{Name: name, Consensus: address}, err
}
