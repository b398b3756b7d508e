package main

import (
	"encoding/json"

	sdkmath "cosmossdk.io/math"
)

// chainSpec is a chain at its genesis: the fields of the request `init`.
type chainSpec struct {
	chainEnvelope
	// ChainID is signed with every transaction; the chain's name unless given.
	ChainID string `json:"chain_id,omitempty"`
	// Denom is staked, minted and, unless told otherwise, pays fees.
	Denom string `json:"denom,omitempty"`
	// TimeSeconds is the time of block 1, in Unix seconds.
	TimeSeconds int64           `json:"time_seconds,omitempty"`
	Accounts    []accountSpec   `json:"accounts,omitempty"`
	Validators  []validatorSpec `json:"validators"`
	Params      paramsSpec      `json:"params,omitempty"`
	// Genesis is merged over the built application state (RFC 7386), for what Params lacks.
	Genesis json.RawMessage `json:"genesis,omitempty"`
}

// accountSpec is an account with coins at genesis.
type accountSpec struct {
	// Name, or an Address that nobody here can sign for.
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
	// Coins as text, "5ustake,7uatom".
	Coins string `json:"coins"`
}

// validatorSpec is a validator of the genesis, with its own stake only.
type validatorSpec struct {
	// Name also names the operator's account, which signs.
	Name string `json:"name"`
	// Tokens staked. A million is one unit of voting power; less has none and is never bonded.
	Tokens sdkmath.Int `json:"tokens"`
	// Commission rate, "0.05" unless given.
	Commission *sdkmath.LegacyDec `json:"commission,omitempty"`
	// MinSelfDelegation below which the operator is jailed; 1 unless given.
	MinSelfDelegation *sdkmath.Int `json:"min_self_delegation,omitempty"`
	// Coins the operator has beside, to pay fees; 1000000000 of the denom unless given.
	Coins *string `json:"coins,omitempty"`
}

// paramsSpec is what a test usually wants to choose. Absent is the default of the SDK.
type paramsSpec struct {
	UnbondingSeconds  int64              `json:"unbonding_seconds,omitempty"`
	MaxValidators     uint32             `json:"max_validators,omitempty"`
	MaxEntries        uint32             `json:"max_entries,omitempty"`
	MinCommission     *sdkmath.LegacyDec `json:"min_commission,omitempty"`
	HistoricalEntries *uint32            `json:"historical_entries,omitempty"`

	SignedBlocksWindow      int64              `json:"signed_blocks_window,omitempty"`
	MinSignedPerWindow      *sdkmath.LegacyDec `json:"min_signed_per_window,omitempty"`
	DowntimeJailSeconds     int64              `json:"downtime_jail_seconds,omitempty"`
	SlashFractionDowntime   *sdkmath.LegacyDec `json:"slash_fraction_downtime,omitempty"`
	SlashFractionDoubleSign *sdkmath.LegacyDec `json:"slash_fraction_double_sign,omitempty"`

	// Inflation per year, held constant; 0 mints nothing.
	Inflation     *sdkmath.LegacyDec `json:"inflation,omitempty"`
	BlocksPerYear uint64             `json:"blocks_per_year,omitempty"`
	CommunityTax  *sdkmath.LegacyDec `json:"community_tax,omitempty"`

	// DenomCreationFee of x/tokenfactory, coins as text; none unless given.
	DenomCreationFee string `json:"denom_creation_fee,omitempty"`
	// RefuseDenomMetadata switches off that an administrator of a denom sets its metadata.
	RefuseDenomMetadata bool `json:"refuse_denom_metadata,omitempty"`
	// MemoCalls lets transfers that arrive call contracts, as the middleware ibc-hooks does.
	MemoCalls bool `json:"memo_calls,omitempty"`

	// GasPrice in the denom, from which the fee of a transaction that names none is computed.
	GasPrice *sdkmath.LegacyDec `json:"gas_price,omitempty"`
	// BlockMaxGas, -1 for no limit.
	BlockMaxGas int64 `json:"block_max_gas,omitempty"`
	// SmartQueryGas is the gas limit of a smart query, 3000000 unless given.
	SmartQueryGas uint64 `json:"smart_query_gas,omitempty"`
	// AcceptList names the chain queries contracts may send; none unless given.
	AcceptList acceptList `json:"accept_list,omitempty"`
}

const (
	defaultDenom         = "ustake"
	defaultGenesisTime   = 1_735_689_600 // 2025-01-01T00:00:00Z
	defaultOperatorCoins = "1000000000"
	defaultSmartQueryGas = 3_000_000
	noBlockGasLimit      = -1
)

// withDefaults fills what the request left open.
func (s chainSpec) withDefaults() chainSpec {
	if s.ChainID == "" {
		s.ChainID = s.Chain
	}
	if s.Denom == "" {
		s.Denom = defaultDenom
	}
	if s.TimeSeconds == 0 {
		s.TimeSeconds = defaultGenesisTime
	}
	if s.Params.BlockMaxGas == 0 {
		s.Params.BlockMaxGas = noBlockGasLimit
	}
	if s.Params.SmartQueryGas == 0 {
		s.Params.SmartQueryGas = defaultSmartQueryGas
	}
	if s.Params.GasPrice == nil {
		free := sdkmath.LegacyZeroDec()
		s.Params.GasPrice = &free
	}
	return s
}

// ensureSound refuses what the application would panic on or take silently.
func (s chainSpec) ensureSound() error {
	if s.Chain == "" {
		return refuse("bad_request", "a chain needs a name")
	}
	if len(s.Validators) == 0 {
		return refuse("bad_genesis", "a chain needs a validator")
	}
	seen := map[string]bool{}
	for _, validator := range s.Validators {
		if err := ensureName(validator.Name); err != nil {
			return err
		}
		if seen[validator.Name] {
			return refuse("bad_genesis", "validator %q stands twice", validator.Name)
		}
		seen[validator.Name] = true
		if validator.Tokens.IsNil() || !validator.Tokens.IsPositive() {
			return refuse("bad_genesis", "validator %q needs tokens above 0", validator.Name)
		}
	}
	if s.Params.GasPrice.IsNegative() {
		return refuse("bad_genesis", "gas price %s is negative", s.Params.GasPrice)
	}
	return nil
}
