package main

// snapshotRequest names a chain and one of its snapshots.
type snapshotRequest struct {
	chainEnvelope
	Snapshot uint64 `json:"snapshot"`
}

func (s *server) snapshot(line []byte) (any, error) {
	var request chainEnvelope
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	return map[string]uint64{"snapshot": c.takeSnapshot()}, nil
}

func (s *server) restore(line []byte) (any, error) {
	var request snapshotRequest
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	kept, err := c.snapshot(request.Snapshot)
	if err != nil {
		return nil, err
	}
	if err := c.rewind(kept); err != nil {
		return nil, err
	}
	return c.whereItStands(), nil
}

func (s *server) forget(line []byte) (any, error) {
	var request snapshotRequest
	c, err := s.decodeOnChain(line, &request)
	if err != nil {
		return nil, err
	}
	if _, err := c.snapshot(request.Snapshot); err != nil {
		return nil, err
	}
	delete(c.snapshots, request.Snapshot)
	return map[string]any{}, nil
}
