package main

import (
	"slices"

	storetypes "cosmossdk.io/store/types"
	"github.com/cosmos/tokenfactory/x/tokenfactory"
	factorykeeper "github.com/cosmos/tokenfactory/x/tokenfactory/keeper"
	factorytypes "github.com/cosmos/tokenfactory/x/tokenfactory/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	wasmapp "github.com/CosmWasm/wasmd/app"
	wasmtypes "github.com/CosmWasm/wasmd/x/wasm/types"
)

// addTokenFactory gives wasmd's application the module x/tokenfactory, which it has not of its own. It
// must come before the stores are loaded. What an administrator could take from holders is off.
func addTokenFactory(app *wasmapp.WasmApp, refusesMetadata bool) error {
	name := factorytypes.ModuleName
	// both keepers hand out their own maps
	app.AccountKeeper.GetModulePermissions()[name] =
		authtypes.NewPermissionsForAddress(name, []string{authtypes.Minter, authtypes.Burner})
	app.BankKeeper.GetBlockedAddresses()[authtypes.NewModuleAddress(name).String()] = true

	capabilities := []string{factorytypes.EnableCommunityPoolFeeFunding}
	if !refusesMetadata {
		capabilities = append(capabilities, factorytypes.EnableSetMetadata)
	}
	key := storetypes.NewKVStoreKey(factorytypes.StoreKey)
	keeper := factorykeeper.NewKeeper(
		app.AppCodec(),
		key,
		wasmapp.GetMaccPerms(),
		app.AccountKeeper,
		app.BankKeeper,
		app.DistrKeeper,
		capabilities,
		authtypes.NewModuleAddress(govtypes.ModuleName).String(),
	)
	module := tokenfactory.NewAppModule(keeper, app.AccountKeeper, app.BankKeeper, nil)
	app.ModuleManager.Modules[name] = module
	// the module has nothing to do at the beginning or the end of a block; x/wasm begins last, for
	// contracts may use any module
	order := app.ModuleManager.OrderInitGenesis
	app.ModuleManager.SetOrderInitGenesis(slices.Insert(order, slices.Index(order, wasmtypes.ModuleName), name)...)

	module.RegisterInterfaces(app.InterfaceRegistry())
	configurator := app.Configurator()
	module.RegisterServices(configurator)
	if err := configurator.Error(); err != nil {
		return err
	}
	app.MountKVStores(map[string]*storetypes.KVStoreKey{factorytypes.StoreKey: key})
	return nil
}

// writeTokenFactory asks for the fee that the spec names, or none, and for no gas.
func (b *genesisBuilder) writeTokenFactory() error {
	fee, err := parseCoins(b.spec.Params.DenomCreationFee)
	if err != nil {
		return err
	}
	genesis := factorytypes.DefaultGenesis()
	genesis.Params = factorytypes.NewParams(sdk.NewCoins(fee...))
	b.write(factorytypes.ModuleName, genesis)
	return nil
}
