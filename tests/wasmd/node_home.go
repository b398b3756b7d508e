package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	cmtjson "github.com/cometbft/cometbft/libs/json"
	cmttypes "github.com/cometbft/cometbft/types"

	wasmapp "github.com/CosmWasm/wasmd/app"
)

// nodeHome is the folder of a node. The spec and the genesis are written once: they are what the chain
// was born with.
type nodeHome struct {
	dir  string
	spec chainSpec
	lock *os.File
}

const dataFolder = "data"

func (h *nodeHome) journalPath() string { return filepath.Join(h.dir, dataFolder, "journal.json") }
func (h *nodeHome) portsPath() string   { return filepath.Join(h.dir, dataFolder, "ports.json") }
func (h *nodeHome) toldPath() string    { return filepath.Join(h.dir, "node.json") }
func (h *nodeHome) specPath() string    { return filepath.Join(h.dir, "spec.json") }
func (h *nodeHome) genesisPath() string { return filepath.Join(h.dir, "genesis.json") }

// openHome makes the folder if need be, and takes it for this process.
func openHome(dir, specFile string) (home *nodeHome, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	h := &nodeHome{dir: dir}
	if err := os.MkdirAll(filepath.Join(dir, dataFolder), 0o755); err != nil {
		return nil, err
	}
	if h.lock, err = os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o644); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = h.lock.Close()
		}
	}()
	// the system lets go of it when the process ends, however it does
	if err := syscall.Flock(int(h.lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, fmt.Errorf("another node runs on %s: stop it first", dir)
	}
	if err := os.Remove(h.toldPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return h, h.loadSpec(specFile)
}

// loadSpec takes the folder's own spec; a file that says something else is refused.
func (h *nodeHome) loadSpec(file string) error {
	var given []byte
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if given, err = canonical(text); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	kept, err := os.ReadFile(h.specPath())
	if _, unborn := os.Stat(h.genesisPath()); unborn != nil && given != nil {
		err = fs.ErrNotExist // what never began may begin otherwise
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && given == nil:
		return fmt.Errorf("%s holds no chain yet: --spec FILE says what it begins with", h.dir)
	case errors.Is(err, fs.ErrNotExist):
		kept = given
	case err != nil:
		return err
	case given != nil && !bytes.Equal(kept, given):
		return fmt.Errorf("%s was made of another spec than %s: leave --spec out, or begin in a new folder", h.dir, file)
	}
	if err := decodeStrictly(kept, &h.spec); err != nil {
		return err
	}
	if h.spec.Op != "" && h.spec.Op != "init" {
		return refuse("bad_request", "a spec is the request init, not %s", h.spec.Op)
	}
	begins := h.spec.TimeSeconds
	h.spec = h.spec.withDefaults()
	h.spec.TimeSeconds = begins // 0 is now
	if err := h.spec.ensureSound(); err != nil {
		return err
	}
	if err := writeWhole(h.specPath(), kept); err != nil {
		return err
	}
	reached(specWritten)
	return nil
}

// canonical is one text for all ways to write a JSON value.
func canonical(text []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return json.Marshal(value)
}

// loadOrMakeGenesis builds the genesis from the spec the first time.
func (h *nodeHome) loadOrMakeGenesis(app *wasmapp.WasmApp, j *journal) (*cmttypes.GenesisDoc, error) {
	if _, err := os.Stat(h.genesisPath()); err == nil {
		return cmttypes.GenesisDocFromFile(h.genesisPath())
	}
	state, err := appStateOf(app, h.spec)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	begins := now
	if h.spec.TimeSeconds != 0 {
		begins = time.Unix(h.spec.TimeSeconds, 0).UTC()
	}
	// the chain's clock goes on from its first block
	if err := j.change(func(next *journalText) { next.OffsetSeconds = int64(begins.Sub(now) / time.Second) }); err != nil {
		return nil, err
	}
	params := cmttypes.ConsensusParamsFromProto(*consensusParams(h.spec))
	doc := &cmttypes.GenesisDoc{
		ChainID:         h.spec.ChainID,
		GenesisTime:     begins,
		InitialHeight:   1,
		ConsensusParams: &params,
		AppState:        state,
	}
	if err := doc.ValidateAndComplete(); err != nil {
		return nil, refuse("bad_genesis", "%s", err)
	}
	text, err := cmtjson.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := writeWhole(h.genesisPath(), text); err != nil {
		return nil, err
	}
	reached(genesisWritten)
	return doc, nil
}

// close lets another process have the folder.
func (h *nodeHome) close() {
	_ = os.Remove(h.toldPath())
	_ = h.lock.Close()
}

// writeWhole replaces a file by a whole one, whenever the process or the machine ends.
func writeWhole(path string, text []byte) error {
	fresh := path + ".new"
	file, err := os.Create(fresh)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(fresh, path)
}
