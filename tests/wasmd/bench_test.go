package main

import "testing"

// BenchmarkBlocks measures empty blocks of 100 validators, inflation on.
func BenchmarkBlocks(b *testing.B) {
	c := begin(b, validators(100), nil)
	b.ResetTimer()
	c.ask("blocks", fields{"count": b.N})
}

// BenchmarkInit measures the birth of a chain of 100 validators.
func BenchmarkInit(b *testing.B) {
	for b.Loop() {
		begin(b, validators(100), nil).ask("drop", nil)
	}
}
