package main

import (
	dbm "github.com/cosmos/cosmos-db"
	"github.com/tidwall/btree"
)

// cowIterator walks over the content the store had when the iteration began.
type cowIterator struct {
	items      btree.MapIter[string, []byte]
	start, end []byte
	reverse    bool
	valid      bool
}

func (s *cowStore) Iterator(start, end []byte) (dbm.Iterator, error) {
	return s.iterate(start, end, false)
}

func (s *cowStore) ReverseIterator(start, end []byte) (dbm.Iterator, error) {
	return s.iterate(start, end, true)
}

func (s *cowStore) iterate(start, end []byte, reverse bool) (dbm.Iterator, error) {
	if (start != nil && len(start) == 0) || (end != nil && len(end) == 0) {
		return nil, errEmptyKey
	}
	it := &cowIterator{items: s.image().items.Iter(), start: start, end: end, reverse: reverse}
	switch {
	case !reverse && start == nil:
		it.valid = it.items.First()
	case !reverse:
		it.valid = it.items.Seek(string(start))
	case end == nil:
		it.valid = it.items.Last()
	case it.items.Seek(string(end)): // the end is exclusive: one back
		it.valid = it.items.Prev()
	default: // all keys are below the end
		it.valid = it.items.Last()
	}
	it.clip()
	return it, nil
}

// clip ends the iteration outside of [start, end).
func (it *cowIterator) clip() {
	if !it.valid {
		return
	}
	key := it.items.Key()
	if it.reverse && it.start != nil && key < string(it.start) {
		it.valid = false
	}
	if !it.reverse && it.end != nil && key >= string(it.end) {
		it.valid = false
	}
}

func (it *cowIterator) Next() {
	it.mustBeValid()
	if it.reverse {
		it.valid = it.items.Prev()
	} else {
		it.valid = it.items.Next()
	}
	it.clip()
}

func (it *cowIterator) Key() []byte {
	it.mustBeValid()
	return []byte(it.items.Key())
}

func (it *cowIterator) Value() []byte {
	it.mustBeValid()
	return it.items.Value()
}

func (it *cowIterator) Domain() (start, end []byte) { return it.start, it.end }
func (it *cowIterator) Valid() bool                 { return it.valid }
func (it *cowIterator) Error() error                { return nil }

func (it *cowIterator) Close() error {
	it.valid = false
	return nil
}

// mustBeValid panics as the interface demands.
func (it *cowIterator) mustBeValid() {
	if !it.valid {
		panic("iterator is invalid")
	}
}
