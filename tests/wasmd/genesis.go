package main

import (
	"encoding/json"
	"time"

	sdkmath "cosmossdk.io/math"
	"github.com/cosmos/gogoproto/proto"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	wasmapp "github.com/CosmWasm/wasmd/app"
)

// genesisBuilder turns a spec into application state, module by module.
type genesisBuilder struct {
	spec     chainSpec
	app      *wasmapp.WasmApp
	state    map[string]json.RawMessage
	balances map[string]sdk.Coins
	order    []string // addresses as they came, for account numbers that never vary
}

// appStateOf is the whole application state of a spec.
func appStateOf(app *wasmapp.WasmApp, spec chainSpec) ([]byte, error) {
	b := &genesisBuilder{spec: spec, app: app, state: app.DefaultGenesis(), balances: map[string]sdk.Coins{}}
	if err := b.collectAccounts(); err != nil {
		return nil, err
	}
	if err := b.stakeValidators(); err != nil {
		return nil, err
	}
	b.writeAccounts()
	b.writeSlashing()
	b.writeMint()
	b.writeDistribution()
	b.writeGov()
	if err := b.writeTokenFactory(); err != nil {
		return nil, err
	}
	text, err := json.Marshal(b.state)
	if err != nil {
		return nil, err
	}
	if len(spec.Genesis) == 0 {
		return text, nil
	}
	return mergePatch(text, spec.Genesis)
}

func (b *genesisBuilder) give(address string, coins sdk.Coins) {
	if _, known := b.balances[address]; !known {
		b.order = append(b.order, address)
	}
	b.balances[address] = b.balances[address].Add(coins...)
}

// collectAccounts gives coins to accounts and to the operators of validators.
func (b *genesisBuilder) collectAccounts() error {
	for _, account := range b.spec.Accounts {
		address := account.Address
		if account.Name != "" {
			if err := ensureName(account.Name); err != nil {
				return err
			}
			if address != "" {
				return refuse("bad_genesis", "account %q has a name and an address", account.Name)
			}
			address = identityOf(account.Name).Account
		} else if _, err := sdk.AccAddressFromBech32(address); err != nil {
			return refuse("bad_genesis", "account address %q: %s", address, err)
		}
		coins, err := parseCoins(account.Coins)
		if err != nil {
			return err
		}
		b.give(address, coins)
	}
	for _, validator := range b.spec.Validators {
		text := defaultOperatorCoins + b.spec.Denom
		if validator.Coins != nil {
			text = *validator.Coins
		}
		coins, err := parseCoins(text)
		if err != nil {
			return err
		}
		b.give(identityOf(validator.Name).Account, coins)
	}
	return nil
}

// stakeValidators writes every validator as unbonded, its tokens in the not-bonded pool. The chain
// then bonds the largest itself and runs the hooks that create distribution and slashing records.
// Validators written as bonded have no signing info, and the chain dies in block 2.
func (b *genesisBuilder) stakeValidators() error {
	staked := sdkmath.ZeroInt()
	var validators []stakingtypes.Validator
	var delegations []stakingtypes.Delegation
	for _, v := range b.spec.Validators {
		operator := identityOf(v.Name)
		key, err := codectypes.NewAnyWithValue(&ed25519.PubKey{Key: operator.ConsensusKey})
		if err != nil {
			return err
		}
		rate, least := sdkmath.LegacyNewDecWithPrec(5, 2), sdkmath.OneInt()
		if v.Commission != nil {
			rate = *v.Commission
		}
		if v.MinSelfDelegation != nil {
			least = *v.MinSelfDelegation
		}
		shares := sdkmath.LegacyNewDecFromInt(v.Tokens)
		validators = append(validators, stakingtypes.Validator{
			OperatorAddress:   operator.Operator,
			ConsensusPubkey:   key,
			Status:            stakingtypes.Unbonded,
			Tokens:            v.Tokens,
			DelegatorShares:   shares,
			Description:       stakingtypes.Description{Moniker: v.Name},
			UnbondingTime:     time.Unix(0, 0).UTC(),
			Commission:        stakingtypes.NewCommission(rate, sdkmath.LegacyOneDec(), sdkmath.LegacyOneDec()),
			MinSelfDelegation: least,
		})
		delegations = append(delegations, stakingtypes.NewDelegation(operator.Account, operator.Operator, shares))
		staked = staked.Add(v.Tokens)
	}
	b.give(authtypes.NewModuleAddress(stakingtypes.NotBondedPoolName).String(),
		sdk.NewCoins(sdk.NewCoin(b.spec.Denom, staked)))

	params := stakingtypes.DefaultParams()
	params.BondDenom = b.spec.Denom
	setIf(&params.UnbondingTime, time.Duration(b.spec.Params.UnbondingSeconds)*time.Second)
	setIf(&params.MaxValidators, b.spec.Params.MaxValidators)
	setIf(&params.MaxEntries, b.spec.Params.MaxEntries)
	setFrom(&params.MinCommissionRate, b.spec.Params.MinCommission)
	params.HistoricalEntries = 0 // headers for IBC light clients: 40 KB per block of 100 validators
	setFrom(&params.HistoricalEntries, b.spec.Params.HistoricalEntries)
	if err := params.Validate(); err != nil {
		return refuse("bad_genesis", "staking: %s", err)
	}
	b.write(stakingtypes.ModuleName, stakingtypes.NewGenesisState(params, validators, delegations))
	return nil
}

// writeAccounts numbers the accounts in the order they came. Module accounts number themselves.
func (b *genesisBuilder) writeAccounts() {
	var accounts []authtypes.GenesisAccount
	var balances []banktypes.Balance
	pool := authtypes.NewModuleAddress(stakingtypes.NotBondedPoolName).String()
	for _, address := range b.order {
		if address != pool {
			accounts = append(accounts, authtypes.NewBaseAccount(sdk.MustAccAddressFromBech32(address), nil, uint64(len(accounts)), 0))
		}
		balances = append(balances, banktypes.Balance{Address: address, Coins: b.balances[address]})
	}
	b.write(authtypes.ModuleName, authtypes.NewGenesisState(authtypes.DefaultParams(), accounts))
	b.write(banktypes.ModuleName, banktypes.NewGenesisState(banktypes.DefaultParams(), balances, nil, nil, nil))
}

func (b *genesisBuilder) writeSlashing() {
	params := slashingtypes.DefaultParams()
	setIf(&params.SignedBlocksWindow, b.spec.Params.SignedBlocksWindow)
	setFrom(&params.MinSignedPerWindow, b.spec.Params.MinSignedPerWindow)
	setIf(&params.DowntimeJailDuration, time.Duration(b.spec.Params.DowntimeJailSeconds)*time.Second)
	setFrom(&params.SlashFractionDowntime, b.spec.Params.SlashFractionDowntime)
	setFrom(&params.SlashFractionDoubleSign, b.spec.Params.SlashFractionDoubleSign)
	b.write(slashingtypes.ModuleName, slashingtypes.NewGenesisState(params, nil, nil))
}

func (b *genesisBuilder) writeMint() {
	params, minter := minttypes.DefaultParams(), minttypes.DefaultInitialMinter()
	params.MintDenom = b.spec.Denom
	setIf(&params.BlocksPerYear, b.spec.Params.BlocksPerYear)
	if constant := b.spec.Params.Inflation; constant != nil {
		minter.Inflation, params.InflationMax, params.InflationMin = *constant, *constant, *constant
		params.InflationRateChange = sdkmath.LegacyZeroDec()
	}
	b.write(minttypes.ModuleName, minttypes.NewGenesisState(minter, params))
}

func (b *genesisBuilder) writeDistribution() {
	genesis := distrtypes.DefaultGenesisState()
	setFrom(&genesis.Params.CommunityTax, b.spec.Params.CommunityTax)
	b.write(distrtypes.ModuleName, genesis)
}

// writeGov takes deposits in the chain's denom.
func (b *genesisBuilder) writeGov() {
	genesis := govv1.DefaultGenesisState()
	for _, coins := range [][]sdk.Coin{genesis.Params.MinDeposit, genesis.Params.ExpeditedMinDeposit} {
		for i := range coins {
			coins[i].Denom = b.spec.Denom
		}
	}
	b.write(govtypes.ModuleName, genesis)
}

func (b *genesisBuilder) write(module string, state proto.Message) {
	b.state[module] = b.app.AppCodec().MustMarshalJSON(state)
}

// setIf sets what the spec gives a value other than zero.
func setIf[T comparable](target *T, value T) {
	var absent T
	if value != absent {
		*target = value
	}
}

// setFrom sets what the spec gives at all.
func setFrom[T any](target *T, value *T) {
	if value != nil {
		*target = *value
	}
}

// parseCoins takes "5ustake,7uatom"; empty is no coins.
func parseCoins(text string) (sdk.Coins, error) {
	coins, err := sdk.ParseCoinsNormalized(text)
	if err != nil {
		return nil, refuse("bad_coins", "%q: %s", text, err)
	}
	return coins, nil
}
