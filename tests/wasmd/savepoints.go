package main

import (
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
)

// savepoint is the whole chain at a moment, at the cost of some pointers.
type savepoint struct {
	image storeImage
	tip   tip
}

func (c *chain) save() savepoint {
	return savepoint{image: c.store.image(), tip: c.tip}
}

// rewind makes the chain what it was. The application forgets a block that it began and did not
// finish only when a proposal is processed; without it the next application hash is wrong.
func (c *chain) rewind(to savepoint) error {
	c.store.become(to.image)
	c.tip = to.tip
	if err := c.app.CommitMultiStore().LoadLatestVersion(); err != nil {
		return err
	}
	_, err := c.app.ProcessProposal(&abci.RequestProcessProposal{
		Height: c.tip.height + 1,
		Time:   c.tip.time.Add(time.Second),
	})
	return err
}

// attempt runs what changes the chain, and undoes all of it if it fails or panics.
func (c *chain) attempt(change func() error) (err error) {
	before := c.save()
	defer func() {
		if panicked := recover(); panicked != nil {
			err = refuse("chain_panicked", "%v", panicked)
		}
		if err != nil {
			if lost := c.rewind(before); lost != nil {
				err = refuse("chain_lost", "%s; and going back failed: %s", err, lost)
			}
		}
	}()
	return change()
}

// takeSnapshot keeps the present state until it is forgotten.
func (c *chain) takeSnapshot() uint64 {
	c.taken++
	c.snapshots[c.taken] = c.save()
	return c.taken
}

func (c *chain) snapshot(number uint64) (savepoint, error) {
	kept, known := c.snapshots[number]
	if !known {
		return savepoint{}, refuse("unknown_snapshot", "chain %q has no snapshot %d", c.spec.Chain, number)
	}
	return kept, nil
}
