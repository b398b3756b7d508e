package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"

	cmtbytes "github.com/cometbft/cometbft/libs/bytes"
)

// journal is what people told the node. Blocks do not say it, so it is kept beside them, and what a
// block does because of it is written before the block: a replay does it again.
type journal struct {
	path  string
	mutex sync.Mutex
	kept  journalText
}

type journalText struct {
	// OffsetSeconds is how far the chain's clock is ahead of the machine's.
	OffsetSeconds int64 `json:"offset_seconds"`
	// Absent validators do not vote.
	Absent []journalValidator `json:"absent,omitempty"`
	// Jailed at the beginning of a block, by height.
	Jailed map[int64][]journalValidator `json:"jailed,omitempty"`
}

// journalValidator is a validator as it was told, and its consensus address.
type journalValidator struct {
	Name      string            `json:"name"`
	Consensus cmtbytes.HexBytes `json:"consensus"`
}

func openJournal(path string) (*journal, error) {
	j := &journal{path: path}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return j, nil
	}
	if err != nil {
		return nil, err
	}
	return j, json.Unmarshal(text, &j.kept)
}

// change what is kept, on the disk first.
func (j *journal) change(how func(*journalText)) error {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	next := j.kept
	next.Jailed = map[int64][]journalValidator{}
	for height, jailed := range j.kept.Jailed {
		next.Jailed[height] = jailed
	}
	how(&next)
	text, err := json.Marshal(next)
	if err != nil {
		return err
	}
	if err := writeWhole(j.path, text); err != nil {
		return err
	}
	reached(journalWritten)
	j.kept = next
	return nil
}

func (j *journal) offset() time.Duration {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return time.Duration(j.kept.OffsetSeconds) * time.Second
}

// absent validators' consensus addresses.
func (j *journal) absent() map[string]bool {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	addresses := map[string]bool{}
	for _, v := range j.kept.Absent {
		addresses[string(v.Consensus)] = true
	}
	return addresses
}

// absentNames as they were told.
func (j *journal) absentNames() []string {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	names := []string{}
	for _, v := range j.kept.Absent {
		names = append(names, v.Name)
	}
	return names
}

func (j *journal) jailedAt(height int64) []journalValidator {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.kept.Jailed[height]
}

// forgetActs of a block that failed.
func (j *journal) forgetActs(height int64) error {
	if len(j.jailedAt(height)) == 0 {
		return nil
	}
	return j.change(func(next *journalText) { delete(next.Jailed, height) })
}
