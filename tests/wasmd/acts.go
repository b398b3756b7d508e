package main

import (
	"context"
	"encoding/json"

	sdkmath "cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	wasmapp "github.com/CosmWasm/wasmd/app"
)

// actSpec is what a module or governance does by itself at the beginning of a block, through the
// application's own keepers. Exactly one field is given.
type actSpec struct {
	Slash *slashSpec `json:"slash,omitempty"`
	// Jail a validator, without a term: it may unjail at once.
	Jail string `json:"jail,omitempty"`
	// Govern runs messages as governance does those of a proposal that passed: their authority is
	// the module account of x/gov.
	Govern []json.RawMessage `json:"govern,omitempty"`
	// Overstate a delegation's stake in the books of x/distribution.
	Overstate *overstateSpec `json:"overstate,omitempty"`
}

// slashSpec is a slash as x/slashing and x/evidence ask x/staking for it.
type slashSpec struct {
	Validator string            `json:"validator"`
	Fraction  sdkmath.LegacyDec `json:"fraction"`
	// Height of the infraction; the block's own unless given. Unbonding entries and redelegations
	// begun since then are slashed too; those of a block's own height never are.
	Height int64 `json:"height,omitempty"`
	// Power at the infraction; of the present stake unless given.
	Power *int64 `json:"power,omitempty"`
}

// overstateSpec is a mistake in the stake from which x/distribution counts the rewards of a delegation.
// If it says more than there is, x/distribution panics wherever it counts them, as it has done on
// chains whose slashes it had rounded badly. The same with a negative amount takes it back.
type overstateSpec struct {
	// Delegator is an account address.
	Delegator string `json:"delegator"`
	Validator string `json:"validator"`
	// By is what the stake says more than it did.
	By sdkmath.LegacyDec `json:"by"`
}

// act changes the state at the beginning of a block.
type act func(sdk.Context) error

// actsOf checks what can be checked before the block, and decodes.
func (c *chain) actsOf(specs []actSpec) ([]act, error) {
	var acts []act
	for _, spec := range specs {
		one, err := c.actOf(spec)
		if err != nil {
			return nil, err
		}
		acts = append(acts, one)
	}
	return acts, nil
}

func (c *chain) actOf(spec actSpec) (act, error) {
	var one act
	var err error
	given := 0
	if spec.Slash != nil {
		given++
		one, err = c.slashing(*spec.Slash)
	}
	if spec.Jail != "" {
		given++
		one, err = c.jailing(spec.Jail)
	}
	if spec.Govern != nil {
		given++
		one, err = c.governing(spec.Govern)
	}
	if spec.Overstate != nil {
		given++
		one, err = c.overstating(*spec.Overstate)
	}
	if given != 1 {
		return nil, refuse("bad_act", "an act is one of slash, jail, govern, overstate")
	}
	return one, err
}

func (c *chain) slashing(spec slashSpec) (act, error) {
	if spec.Fraction.IsNil() || spec.Fraction.IsNegative() || spec.Fraction.GT(sdkmath.LegacyOneDec()) {
		return nil, refuse("bad_act", "a slash needs a fraction between 0 and 1, not %s", spec.Fraction)
	}
	if next := c.tip.height + 1; spec.Height < 0 || spec.Height > next {
		return nil, refuse("bad_act", "height %d of a slash is not between 1 and %d", spec.Height, next)
	}
	// x/staking would only log it and slash nothing
	if spec.Power != nil && *spec.Power < 0 {
		return nil, refuse("bad_act", "power %d of a slash is negative", *spec.Power)
	}
	address, err := c.consensusAddressOf(spec.Validator)
	if err != nil {
		return nil, err
	}
	return func(ctx sdk.Context) error {
		validator, err := c.app.StakingKeeper.GetValidatorByConsAddr(ctx, address)
		if err != nil {
			return err
		}
		power := validator.PotentialConsensusPower(sdk.DefaultPowerReduction)
		setFrom(&power, spec.Power)
		height := ctx.BlockHeight()
		setIf(&height, spec.Height)
		_, err = c.app.StakingKeeper.SlashWithInfractionReason(ctx, address, height, power, spec.Fraction,
			stakingtypes.Infraction_INFRACTION_UNSPECIFIED)
		return err
	}, nil
}

func (c *chain) jailing(validator string) (act, error) {
	address, err := c.consensusAddressOf(validator)
	if err != nil {
		return nil, err
	}
	return func(ctx sdk.Context) error {
		return c.app.StakingKeeper.Jail(ctx, address)
	}, nil
}

func (c *chain) governing(texts []json.RawMessage) (act, error) {
	messages, err := c.decodeMessages(texts)
	if err != nil {
		return nil, err
	}
	for _, message := range messages {
		if err := c.ensureOfGovernance(message); err != nil {
			return nil, err
		}
	}
	return func(ctx sdk.Context) error {
		for _, message := range messages {
			handler := c.app.MsgServiceRouter().Handler(message)
			if handler == nil {
				return refuse("bad_message", "the application does not serve %s", sdk.MsgTypeURL(message))
			}
			if _, err := handler(ctx, message); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func (c *chain) overstating(spec overstateSpec) (act, error) {
	if spec.By.IsNil() {
		return nil, refuse("bad_act", "an overstated stake needs an amount")
	}
	delegator, err := sdk.AccAddressFromBech32(spec.Delegator)
	if err != nil {
		return nil, refuse("bad_address", "delegator %q: %s", spec.Delegator, err)
	}
	address, err := c.consensusAddressOf(spec.Validator)
	if err != nil {
		return nil, err
	}
	return func(ctx sdk.Context) error {
		validator, err := c.app.StakingKeeper.GetValidatorByConsAddr(ctx, address)
		if err != nil {
			return err
		}
		operator, err := sdk.ValAddressFromBech32(validator.GetOperator())
		if err != nil {
			return err
		}
		// an absent one reads as zero
		exists, err := c.app.DistrKeeper.HasDelegatorStartingInfo(ctx, operator, delegator)
		if err != nil {
			return err
		}
		if !exists {
			return distributiontypes.ErrEmptyDelegationDistInfo
		}
		info, err := c.app.DistrKeeper.GetDelegatorStartingInfo(ctx, operator, delegator)
		if err != nil {
			return err
		}
		info.Stake = info.Stake.Add(spec.By)
		if info.Stake.IsNegative() {
			return refuse("bad_act", "less than the stake of %s is nothing", spec.Delegator)
		}
		return c.app.DistrKeeper.SetDelegatorStartingInfo(ctx, operator, delegator, info)
	}, nil
}

// ensureOfGovernance refuses what a proposal could not hold: the handlers leave signers to the
// signatures of a transaction, and would do anything in anybody's name.
func (c *chain) ensureOfGovernance(message sdk.Msg) error {
	signers, _, err := c.app.AppCodec().GetMsgV1Signers(message)
	if err != nil {
		return refuse("bad_message", "%s", err)
	}
	gov := authtypes.NewModuleAddress(govtypes.ModuleName)
	for _, signer := range signers {
		if !gov.Equals(sdk.AccAddress(signer)) {
			return refuse("bad_act", "%s is signed by %s, not by governance (%s)", sdk.MsgTypeURL(message),
				sdk.AccAddress(signer), gov)
		}
	}
	return nil
}

// actsModule lets the acts of a block happen right after x/slashing and x/evidence had their turn.
type actsModule struct{ of func(sdk.Context) []act }

const (
	actsName = "acts"
	// evidenceName is the last of the modules that slash.
	evidenceName = "evidence"
)

// IsOnePerModuleType makes it a module of the application.
func (actsModule) IsOnePerModuleType() {}

// IsAppModule makes it a module of the application.
func (actsModule) IsAppModule() {}

// BeginBlock lets the acts of the block happen; one that fails fails the block.
func (m actsModule) BeginBlock(ctx context.Context) error {
	block := sdk.UnwrapSDKContext(ctx)
	for _, one := range m.of(block) {
		if err := one(block); err != nil {
			return err
		}
	}
	return nil
}

// takeActs gives the acts their turn in every block. The module is added after the genesis: it has
// no state, and the application's hash does not know of it.
func takeActs(app *wasmapp.WasmApp, of func(sdk.Context) []act) {
	manager := app.ModuleManager
	manager.Modules[actsName] = actsModule{of}
	var order []string
	for _, name := range manager.OrderBeginBlockers {
		order = append(order, name)
		if name == evidenceName {
			order = append(order, actsName)
		}
	}
	manager.OrderBeginBlockers = order
}
