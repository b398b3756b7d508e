package main

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	factorytypes "github.com/cosmos/tokenfactory/x/tokenfactory/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	protocolpooltypes "github.com/cosmos/cosmos-sdk/x/protocolpool/types"
)

func factoryDenom(creator, subdenom string) string { return "factory/" + creator + "/" + subdenom }

// factory is a message of x/tokenfactory.
func factory(kind, sender string, more fields) fields {
	message := fields{"@type": "/osmosis.tokenfactory.v1beta1.Msg" + kind, "sender": account(sender)}
	for name, value := range more {
		message[name] = value
	}
	return message
}

func createDenom(sender, subdenom string) fields {
	return factory("CreateDenom", sender, fields{"subdenom": subdenom})
}

// ofDenom is an amount of what creator made under the subdenom gold.
func ofDenom(creator string, amount int64) fields {
	return fields{"denom": factoryDenom(account(creator), "gold"), "amount": fmt.Sprint(amount)}
}

func metadataOf(denom, symbol string) fields {
	return fields{
		"base": denom, "display": symbol, "name": "Gold", "symbol": symbol, "description": "It shines",
		"denom_units": []fields{{"denom": denom, "exponent": 0}, {"denom": symbol, "exponent": 6}},
	}
}

func (c *testChain) supply(denom string) string {
	c.Helper()
	return c.query("supply_of", fields{"denom": denom}, "amount.amount").(string)
}

// gold is a chain on which alice made the denom gold and has a thousand of it.
func gold(t *testing.T, params fields) (*testChain, string) {
	c := begin(t, validators(2), noInflation(params))
	c.succeed("alice", createDenom("alice", "gold"), factory("Mint", "alice", fields{"amount": ofDenom("alice", 1000)}))
	return c, factoryDenom(account("alice"), "gold")
}

func TestACreatedDenomIsItsCreatorsToMintAndToBurn(t *testing.T) {
	c, denom := gold(t, nil)
	c.expect(account("alice"), "denom_authority", fields{"denom": denom}, "authority_metadata.admin")
	c.expect(denom, "denoms_of", fields{"creator": account("alice")}, "denoms.0")
	c.fail("tokenfactory", 2, "alice", createDenom("alice", "gold"))
	c.fail("tokenfactory", 3, "bob", factory("Mint", "bob", fields{"amount": ofDenom("alice", 1)}))
	c.fail("tokenfactory", 3, "bob", factory("Burn", "bob", fields{"amount": ofDenom("alice", 1)}))
	c.fail("tokenfactory", 10, "bob", factory("Mint", "bob", fields{"amount": ofDenom("bob", 1)}))

	toBob := factory("Mint", "alice", fields{"amount": ofDenom("alice", 5), "mintToAddress": account("bob")})
	c.succeed("alice", toBob)
	c.succeed("alice", factory("Burn", "alice", fields{"amount": ofDenom("alice", 300)}))
	if a, b := c.balance("alice", denom), c.balance("bob", denom); a != 700 || b != 5 || c.supply(denom) != "705" {
		t.Fatalf("want 700 and 5, got %d and %d of %s", a, b, c.supply(denom))
	}
	c.succeed("alice", factory("ChangeAdmin", "alice", fields{"denom": denom, "new_admin": account("bob")}))
	c.fail("tokenfactory", 3, "alice", factory("Mint", "alice", fields{"amount": ofDenom("alice", 1)}))
	c.succeed("bob", factory("Mint", "bob", fields{"amount": ofDenom("alice", 1)}))
}

func TestAnAdministratorTakesNothingFromHolders(t *testing.T) {
	c, denom := gold(t, nil)
	c.succeed("alice", factory("Mint", "alice", fields{"amount": ofDenom("alice", 5), "mintToAddress": account("bob")}))
	c.fail("tokenfactory", 11, "alice", factory("Burn", "alice",
		fields{"amount": ofDenom("alice", 5), "burnFromAddress": account("bob")}))
	c.fail("tokenfactory", 11, "alice", factory("ForceTransfer", "alice", fields{
		"amount": ofDenom("alice", 5), "transferFromAddress": account("bob"), "transferToAddress": account("alice")}))
	if c.balance("bob", denom) != 5 {
		t.Fatal("bob was robbed")
	}
}

func TestCreatingCostsWhatTheGenesisSays(t *testing.T) {
	free := begin(t, validators(2), noInflation(nil))
	gas := free.succeed("alice", createDenom("alice", "gold")).GasUsed
	if gas > 200_000 {
		t.Fatalf("no gas is asked for creating, yet %d was used", gas)
	}
	free.expect("0", "denom_params", nil, "params.denom_creation_gas_consume")

	c := begin(t, validators(2), noInflation(fields{"community_tax": "0", "denom_creation_fee": "7uatom,3ustake"}))
	before := c.balance("bob", "ustake")
	c.fail("sdk", 5, "alice", createDenom("alice", "gold")) // who has no uatom
	c.succeed("bob", createDenom("bob", "gold"))
	if paid := before - c.balance("bob", "ustake"); paid != 4 || c.balance("bob", "uatom") != 1000*1000*million-7 {
		t.Fatalf("want 3 and the transaction's 1, got %d", paid)
	}
	// the pool of this application is another module's, to which x/distribution hands on whole coins
	c.block(nil)
	pool := fields{"address": authtypes.NewModuleAddress(protocolpooltypes.ProtocolPoolEscrowAccount).String()}
	if told := fmt.Sprint(c.query("balances", pool, "balances")); told != "[map[amount:7 denom:uatom] map[amount:3 denom:ustake]]" {
		t.Fatalf("want 7uatom,3ustake in the pool, got %s", told)
	}
	_, refused := exchange(fields{"op": "init", "chain": "x", "validators": validators(1), "params": fields{"denom_creation_fee": "much"}})
	if refused == nil || refused.Name != "bad_coins" {
		t.Fatalf("want bad_coins, got %v", refused)
	}
}

func TestMetadataAreSetByTheAdministratorUnlessTheChainRefuses(t *testing.T) {
	c, denom := gold(t, nil)
	c.fail("tokenfactory", 3, "bob", factory("SetDenomMetadata", "bob", fields{"metadata": metadataOf(denom, "GOLD")}))
	c.expect(denom, "denom_metadata", fields{"denom": denom}, "metadata.symbol")
	c.succeed("alice", factory("SetDenomMetadata", "alice", fields{"metadata": metadataOf(denom, "GOLD")}))
	c.expect("GOLD", "denom_metadata", fields{"denom": denom}, "metadata.symbol")
	c.expect(6.0, "denom_metadata", fields{"denom": denom}, "metadata.denom_units.1.exponent")

	refusing, denom := gold(t, fields{"refuse_denom_metadata": true})
	told := refusing.fail("tokenfactory", 11, "alice", factory("SetDenomMetadata", "alice", fields{"metadata": metadataOf(denom, "GOLD")}))
	if !strings.Contains(told.Log, "this capability is not enabled on chain") {
		t.Fatal(told.Log)
	}
	refusing.expect(denom, "denom_metadata", fields{"denom": denom}, "metadata.symbol")
}

func TestAContractMintsAndBurnsADenomOfItsOwn(t *testing.T) {
	c, contract := reflecting(t, nil)
	denom := factoryDenom(contract, "gold")
	anything := func(kind string, message proto.Message) fields {
		value, err := proto.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		return fields{"any": fields{
			"type_url": "/osmosis.tokenfactory.v1beta1.Msg" + kind, "value": base64.StdEncoding.EncodeToString(value)}}
	}
	burn := func(amount string) fields {
		return fields{"bank": fields{"burn": fields{"amount": []fields{{"denom": denom, "amount": amount}}}}}
	}
	mint := factorytypes.NewMsgMint(contract, sdk.NewInt64Coin(denom, 1000))
	say := func(messages ...fields) fields {
		return execute(contract, fields{"reflect_msg": fields{"msgs": messages}})
	}
	c.succeed("alice", say(anything("CreateDenom", factorytypes.NewMsgCreateDenom(contract, "gold")), anything("Mint", mint), burn("300")))
	c.expect("700", "balance", fields{"address": contract, "denom": denom}, "balance.amount")
	if c.supply(denom) != "700" {
		t.Fatalf("want 700, got %s", c.supply(denom))
	}
	c.fail("sdk", 5, "alice", say(burn("701")))
}

func TestDenomsComeAndGoWithTheState(t *testing.T) {
	c, denom := gold(t, nil)
	kept := c.ask("snapshot", nil)["snapshot"]
	further := func() string {
		c.succeed("alice", createDenom("alice", "silver"), factory("SetDenomMetadata", "alice", fields{"metadata": metadataOf(denom, "GOLD")}),
			factory("ChangeAdmin", "alice", fields{"denom": denom, "new_admin": account("bob")}))
		c.succeed("bob", factory("Mint", "bob", fields{"amount": ofDenom("alice", 1)}))
		return c.hash()
	}
	first := further()
	c.ask("restore", fields{"snapshot": kept})
	c.expect(account("alice"), "denom_authority", fields{"denom": denom}, "authority_metadata.admin")
	c.expect(denom, "denom_metadata", fields{"denom": denom}, "metadata.symbol")
	if made := c.query("denoms_of", fields{"creator": account("alice")}, "denoms").([]any); len(made) != 1 || c.supply(denom) != "1000" {
		t.Fatalf("want gold alone and 1000 of it, got %v and %s", made, c.supply(denom))
	}
	// a block that is refused as a whole takes its denom with it
	c.refused("unknown_account", "block", fields{"txs": []fields{tx("alice", createDenom("alice", "silver")), tx("nobody")}})
	if again := further(); again != first {
		t.Fatalf("app hash %s at first, %s after", first, again)
	}
}
