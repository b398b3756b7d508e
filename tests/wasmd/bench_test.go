package main

import (
	"fmt"
	"testing"
)

// sizes of the validator sets that are measured, inflation on.
var sizes = []int{10, 100, 180}

func eachSize(b *testing.B, measure func(*testing.B, []fields, fields)) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%d-validators", size), func(b *testing.B) {
			measure(b, validators(size), fields{"max_validators": size})
		})
	}
}

func BenchmarkInit(b *testing.B) {
	eachSize(b, func(b *testing.B, all []fields, params fields) {
		for b.Loop() {
			begin(b, all, params).ask("drop", nil)
		}
	})
}

func BenchmarkEmptyBlock(b *testing.B) {
	eachSize(b, func(b *testing.B, all []fields, params fields) {
		c := begin(b, all, params)
		b.ResetTimer()
		c.ask("blocks", fields{"count": b.N})
	})
}

func BenchmarkBlockOfOneTransaction(b *testing.B) {
	eachSize(b, func(b *testing.B, all []fields, params fields) {
		c := begin(b, all, params)
		for b.Loop() {
			c.succeed("alice", delegate("alice", "val-0", 1))
		}
	})
}

func BenchmarkQuery(b *testing.B) {
	c := begin(b, validators(100), nil)
	for b.Loop() {
		c.balance("alice", "ustake")
	}
}

func BenchmarkSnapshotAndRestore(b *testing.B) {
	c := begin(b, validators(100), nil)
	for b.Loop() {
		kept := c.ask("snapshot", nil)
		c.ask("restore", kept)
		c.ask("forget", kept)
	}
}

func BenchmarkStoreAgain(b *testing.B) {
	c := begin(b, validators(10), nil)
	request := fields{"signer": "alice", "path": wasm(b, "reflect_2_0.wasm")}
	c.ask("store", request)
	for b.Loop() {
		c.ask("store", request)
	}
}
