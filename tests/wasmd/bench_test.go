package main

import (
	"fmt"
	"testing"
	sdkmath "cosmossdk.io/math"
)

func BenchmarkBlocks(b *testing.B) {
	if b.N == 1 {
		return
	}
	setAddressPrefixes()
	s, err := newServer()
	if err != nil { b.Fatal(err) }
	defer s.close()
	var spec chainSpec
	spec.Chain = "a"
	for i := range 100 {
		spec.Validators = append(spec.Validators, validatorSpec{Name: fmt.Sprintf("val-%d", i), Tokens: sdkmath.NewInt(1000000000 + int64(i)*1000000)})
	}
	c, err := openChain(s.engine, spec)
	if err != nil { b.Fatal(err) }
	b.ResetTimer()
	if _, err := c.makeBlocks(blocksRequest{Count: int64(b.N)}); err != nil { b.Fatal(err) }
}
