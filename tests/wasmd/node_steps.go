package main

import (
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
)

// step is a point at which a crash leaves the home in a state of its own.
type step string

const (
	specWritten     step = "spec-written"
	genesisWritten  step = "genesis-written"
	genesisDone     step = "genesis-done"
	journalWritten  step = "journal-written"
	blockProposed   step = "block-proposed"
	blockRun        step = "block-run"
	responseSaved   step = "response-saved"
	blockSaved      step = "block-saved"
	blockCommitted  step = "block-committed"
	evidenceUpdated step = "evidence-updated"
	stateSaved      step = "state-saved"
	blockDone       step = "block-done"
	blocksPruned    step = "blocks-pruned"
)

// The environment of a test names the step at which the process dies, and how often it passes before.
const (
	killAtVariable    = "WASMD_CHAIN_KILL_AT"
	killAfterVariable = "WASMD_CHAIN_KILL_AFTER"
)

var (
	killAt       = step(os.Getenv(killAtVariable))
	killAfter, _ = strconv.ParseInt(os.Getenv(killAfterVariable), 10, 64)
	passed       atomic.Int64
)

// reached dies as by kill -9 where a test wants it.
func reached(here step) {
	if here != killAt || passed.Add(1) <= killAfter {
		return
	}
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {} // until the signal arrives
}
