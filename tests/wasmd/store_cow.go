package main

import (
	"errors"
	"strconv"
	"sync"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/tidwall/btree"
)

// cowStore is the chain's database: an ordered map in memory whose copies cost nothing until one
// side writes. Iterators walk over a copy, so a write during an iteration neither blocks nor is
// seen. (The in-memory database of cosmos-db holds a lock while it is iterated, and IAVL writes
// batches inside iterations: a deadlock.)
type cowStore struct {
	mutex sync.RWMutex
	items *btree.Map[string, []byte]
}

var _ dbm.DB = (*cowStore)(nil)

var (
	errEmptyKey    = errors.New("key is empty")
	errNilValue    = errors.New("value is nil")
	errBatchClosed = errors.New("batch was written or closed")
)

// storeImage is the content of a store at a moment. It never changes.
type storeImage struct{ items *btree.Map[string, []byte] }

// nodeDegree is the number of children per tree node: small nodes make copies on write cheap.
const nodeDegree = 32

func newCowStore() *cowStore {
	return &cowStore{items: btree.NewMap[string, []byte](nodeDegree)}
}

// image remembers the present content, at the cost of a pointer.
func (s *cowStore) image() storeImage {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return storeImage{items: s.items.Copy()}
}

// become replaces the content by that of an image, which stays usable.
func (s *cowStore) become(image storeImage) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.items = image.items.Copy()
}

func (s *cowStore) Get(key []byte) ([]byte, error) {
	if len(key) == 0 {
		return nil, errEmptyKey
	}
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	value, _ := s.items.Get(string(key))
	return value, nil
}

func (s *cowStore) Has(key []byte) (bool, error) {
	value, err := s.Get(key)
	return value != nil, err
}

func (s *cowStore) Set(key, value []byte) error {
	if len(key) == 0 {
		return errEmptyKey
	}
	if value == nil {
		return errNilValue
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.items.Set(string(key), value)
	return nil
}

func (s *cowStore) Delete(key []byte) error {
	if len(key) == 0 {
		return errEmptyKey
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.items.Delete(string(key))
	return nil
}

func (s *cowStore) SetSync(key, value []byte) error { return s.Set(key, value) }
func (s *cowStore) DeleteSync(key []byte) error     { return s.Delete(key) }
func (s *cowStore) Close() error                    { return nil }
func (s *cowStore) Print() error                    { return nil }

func (s *cowStore) Stats() map[string]string {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	return map[string]string{"items": strconv.Itoa(s.items.Len())}
}

func (s *cowStore) NewBatch() dbm.Batch            { return &cowBatch{store: s} }
func (s *cowStore) NewBatchWithSize(int) dbm.Batch { return &cowBatch{store: s} }

// cowBatch collects writes and applies them under one lock.
type cowBatch struct {
	store  *cowStore
	writes []write
	bytes  int
	closed bool
}

// write sets a value, or deletes the key if the value is nil.
type write struct {
	key   string
	value []byte
}

func (b *cowBatch) add(key, value []byte) error {
	if b.closed {
		return errBatchClosed
	}
	if len(key) == 0 {
		return errEmptyKey
	}
	b.writes = append(b.writes, write{key: string(key), value: value})
	b.bytes += len(key) + len(value)
	return nil
}

func (b *cowBatch) Set(key, value []byte) error {
	if value == nil {
		return errNilValue
	}
	return b.add(key, value)
}

func (b *cowBatch) Delete(key []byte) error { return b.add(key, nil) }

func (b *cowBatch) Write() error {
	if b.closed {
		return errBatchClosed
	}
	b.store.mutex.Lock()
	defer b.store.mutex.Unlock()
	for _, w := range b.writes {
		if w.value == nil {
			b.store.items.Delete(w.key)
		} else {
			b.store.items.Set(w.key, w.value)
		}
	}
	return b.Close()
}

func (b *cowBatch) WriteSync() error { return b.Write() }

func (b *cowBatch) Close() error {
	b.writes, b.closed = nil, true
	return nil
}

func (b *cowBatch) GetByteSize() (int, error) {
	if b.closed {
		return 0, errBatchClosed
	}
	return b.bytes, nil
}
