package main

import (
	"crypto/sha256"
	"strings"
	"sync"

	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"

	wasmapp "github.com/CosmWasm/wasmd/app"
)

// Keys come from names by hashing: a name has the same addresses on every chain and in every run.

// accountKey signs the transactions of a name.
func accountKey(name string) *secp256k1.PrivKey {
	seed := sha256.Sum256([]byte("account:" + name))
	return &secp256k1.PrivKey{Key: seed[:]}
}

// consensusKey is what the validator of a name would sign blocks with.
func consensusKey(name string) *ed25519.PrivKey {
	return ed25519.GenPrivKeyFromSecret([]byte("consensus:" + name))
}

// identity is what a name stands for.
type identity struct {
	// Account is the wasm1… address that signs transactions.
	Account string `json:"account"`
	// Operator is the wasmvaloper1… address of the validator of that account.
	Operator string `json:"operator"`
	// Consensus is the wasmvalcons1… address of that validator.
	Consensus string `json:"consensus"`
	// ConsensusKey is its public key, base64 of 32 bytes.
	ConsensusKey []byte `json:"consensus_key"`
}

func accountAddress(name string) sdk.AccAddress {
	return sdk.AccAddress(accountKey(name).PubKey().Address())
}

func consensusAddress(name string) sdk.ConsAddress {
	return sdk.ConsAddress(consensusKey(name).PubKey().Address())
}

// knownIdentities spares the curve arithmetic: the same names come again in chain after chain.
var knownIdentities sync.Map

func identityOf(name string) identity {
	if known, exists := knownIdentities.Load(name); exists {
		return known.(identity)
	}
	account := accountAddress(name)
	fresh := identity{
		Account:      account.String(),
		Operator:     sdk.ValAddress(account).String(),
		Consensus:    consensusAddress(name).String(),
		ConsensusKey: consensusKey(name).PubKey().Bytes(),
	}
	knownIdentities.Store(name, fresh)
	return fresh
}

// ensureName refuses what could be taken for an address.
func ensureName(name string) error {
	if name == "" || strings.HasPrefix(name, wasmapp.Bech32PrefixAccAddr+"1") ||
		strings.HasPrefix(name, wasmapp.Bech32PrefixValAddr) {
		return refuse("bad_name", "%q is not a name: names are not empty and not addresses", name)
	}
	return nil
}

// setAddressPrefixes makes every address a wasm1… one, for the whole process.
func setAddressPrefixes() {
	config := sdk.GetConfig()
	config.SetBech32PrefixForAccount(wasmapp.Bech32PrefixAccAddr, wasmapp.Bech32PrefixAccPub)
	config.SetBech32PrefixForValidator(wasmapp.Bech32PrefixValAddr, wasmapp.Bech32PrefixValPub)
	config.SetBech32PrefixForConsensusNode(wasmapp.Bech32PrefixConsAddr, wasmapp.Bech32PrefixConsPub)
	config.Seal()
}
