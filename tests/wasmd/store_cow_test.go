package main

import (
	"bytes"
	"fmt"
	"math/rand"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
)

// contents of a range, as "key=value " in the iterator's order.
func contents(t *testing.T, db dbm.DB, start, end []byte, reverse bool) string {
	open := db.Iterator
	if reverse {
		open = db.ReverseIterator
	}
	it, err := open(start, end)
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	var text bytes.Buffer
	for ; it.Valid(); it.Next() {
		fmt.Fprintf(&text, "%s=%s ", it.Key(), it.Value())
	}
	return text.String()
}

func TestTheStoreAgreesWithTheMemoryDatabase(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	ours, theirs := newCowStore(), dbm.NewMemDB()
	key := func() []byte { return fmt.Appendf(nil, "%02d", random.Intn(40)) }
	bound := func() []byte {
		if random.Intn(4) == 0 {
			return nil
		}
		return key()
	}
	for range 3000 {
		k, v := key(), fmt.Appendf(nil, "%d", random.Intn(100))
		for _, db := range []dbm.DB{ours, theirs} {
			batch := db.NewBatch()
			var err error
			if v[0]%3 == 0 {
				err = batch.Delete(k)
			} else {
				err = batch.Set(k, v)
			}
			if err == nil {
				err = batch.Write()
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		start, end, reverse := bound(), bound(), random.Intn(2) == 0
		if start != nil && end != nil && bytes.Compare(start, end) >= 0 {
			continue
		}
		if one, other := contents(t, ours, start, end, reverse), contents(t, theirs, start, end, reverse); one != other {
			t.Fatalf("[%s, %s) reverse %t: %q and %q", start, end, reverse, one, other)
		}
	}
}

func TestAWriteDuringAnIterationNeitherBlocksNorIsSeen(t *testing.T) {
	store := newCowStore()
	for _, key := range []string{"a", "b", "c"} {
		if err := store.Set([]byte(key), []byte("1")); err != nil {
			t.Fatal(err)
		}
	}
	it, err := store.Iterator(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := ""
	for ; it.Valid(); it.Next() {
		seen += string(it.Key()) + string(it.Value())
		for _, key := range []string{"b", "d"} {
			if err := store.Set([]byte(key), []byte("2")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if seen != "a1b1c1" {
		t.Fatalf("saw %s", seen)
	}
	if now := contents(t, store, nil, nil, false); now != "a=1 b=2 c=1 d=2 " {
		t.Fatalf("stands at %s", now)
	}
}

func TestAnImageOutlivesBothSides(t *testing.T) {
	store := newCowStore()
	set := func(value string) {
		if err := store.Set([]byte("k"), []byte(value)); err != nil {
			t.Fatal(err)
		}
	}
	set("old")
	image := store.image()
	for range 2 {
		set("new")
		store.become(image)
		if got, err := store.Get([]byte("k")); err != nil || string(got) != "old" {
			t.Fatalf("want old, got %s, %v", got, err)
		}
	}
}
