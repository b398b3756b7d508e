package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"

	wasmkeeper "github.com/CosmWasm/wasmd/x/wasm/keeper"
	wasmtypes "github.com/CosmWasm/wasmd/x/wasm/types"
	wasmvm "github.com/CosmWasm/wasmvm/v3"
	wasmvmtypes "github.com/CosmWasm/wasmvm/v3/types"
)

// instanceMemoryMebi is what a wasmd node gives a running contract.
const instanceMemoryMebi = 32

// sharedEngine is the one wasm machine of the process. A chain cannot have its own: a machine's
// folder is locked, and a compiled module is worth keeping between chains.
type sharedEngine struct {
	wasmtypes.WasmEngine
	folder string
	stored map[[sha256.Size]byte]uint64 // compile cost in the machine's gas, by checksum
	report map[[sha256.Size]byte]*wasmvmtypes.AnalysisReport
}

// newSharedEngine opens a machine in a folder of its own.
func newSharedEngine() (*sharedEngine, error) {
	folder, err := os.MkdirTemp("", "wasmd-chain-")
	if err != nil {
		return nil, err
	}
	machine, err := wasmvm.NewVMWithConfig(wasmvmtypes.VMConfig{
		Cache: wasmvmtypes.CacheOptions{
			BaseDir:                  filepath.Join(folder, "wasm"),
			AvailableCapabilities:    wasmkeeper.BuiltInCapabilities(),
			MemoryCacheSizeBytes:     wasmvmtypes.NewSizeMebi(wasmtypes.DefaultNodeConfig().MemoryCacheSize),
			InstanceMemoryLimitBytes: wasmvmtypes.NewSizeMebi(instanceMemoryMebi),
		},
	}, false)
	if err != nil {
		return nil, fmt.Errorf("open wasm machine: %w", err)
	}
	return &sharedEngine{
		WasmEngine: machine,
		folder:     folder,
		stored:     map[[sha256.Size]byte]uint64{},
		report:     map[[sha256.Size]byte]*wasmvmtypes.AnalysisReport{},
	}, nil
}

// close frees the machine and its folder.
func (e *sharedEngine) close() {
	e.WasmEngine.Cleanup()
	_ = os.RemoveAll(e.folder)
}

// StoreCode compiles a code once per process; later stores are charged the same.
func (e *sharedEngine) StoreCode(code wasmvm.WasmCode, gasLimit uint64) (wasmvm.Checksum, uint64, error) {
	sum := sha256.Sum256(code)
	if cost, known := e.stored[sum]; known && cost <= gasLimit {
		return sum[:], cost, nil
	}
	checksum, cost, err := e.WasmEngine.StoreCode(code, gasLimit)
	if err == nil {
		e.stored[sum] = cost
	}
	return checksum, cost, err
}

// AnalyzeCode remembers its answers: they depend on the code alone.
func (e *sharedEngine) AnalyzeCode(checksum wasmvm.Checksum) (*wasmvmtypes.AnalysisReport, error) {
	sum := [sha256.Size]byte(checksum)
	if report, known := e.report[sum]; known {
		return report, nil
	}
	report, err := e.WasmEngine.AnalyzeCode(checksum)
	if err == nil {
		e.report[sum] = report
	}
	return report, err
}

// SyncPinnedCodes does nothing: each chain would unpin the codes of the others. What a pinned code
// costs is decided by the chain's state, not by the machine.
func (e *sharedEngine) SyncPinnedCodes([]wasmvm.Checksum) error { return nil }

// Cleanup does nothing: the machine outlives every chain.
func (e *sharedEngine) Cleanup() {}
