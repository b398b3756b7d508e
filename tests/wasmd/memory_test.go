package main

import (
	"runtime"
	"testing"
)

// heapAfter lets the collector finish; finalizers need a second pass.
func heapAfter() uint64 {
	runtime.GC()
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return memory.HeapAlloc
}

func TestMemoryStaysFlatOver200Inits(t *testing.T) {
	one := func() {
		c := begin(t, validators(10), nil)
		c.succeed("alice", delegate("alice", "val-0", million), createDenom("alice", "gold"))
		c.ask("blocks", fields{"count": 15}) // pruning runs every 10
		c.ask("drop", nil)
	}
	for range 20 {
		one()
	}
	settled, routines := heapAfter(), runtime.NumGoroutine()
	for range 180 {
		one()
	}
	const allowed = 8 << 20 // an application kept alive is some 2 MB: 180 of them would be 360
	if now := heapAfter(); now > settled+allowed {
		t.Fatalf("heap %d MB after 20 chains, %d MB after 200", settled>>20, now>>20)
	}
	if now := runtime.NumGoroutine(); now > routines+10 {
		t.Fatalf("%d goroutines after 20 chains, %d after 200", routines, now)
	}
}

func TestSeveralChainsLiveSideBySide(t *testing.T) {
	one, other := begin(t, validators(2), noInflation(nil)), begin(t, validators(3), noInflation(fields{"unbonding_seconds": 60}))
	one.succeed("alice", delegate("alice", "val-0", million))
	if one.height() != 2 || other.height() != 1 {
		t.Fatal("a block of one chain is a block of the other")
	}
	other.expect("60s", "staking_params", nil, "params.unbonding_time")
	one.expect("1814400s", "staking_params", nil, "params.unbonding_time")
}
