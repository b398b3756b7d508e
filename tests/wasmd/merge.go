package main

import "encoding/json"

// mergePatch lays a patch over a JSON document as RFC 7386 says: objects are merged member by
// member, null removes a member, anything else replaces.
func mergePatch(document, patch []byte) ([]byte, error) {
	var members map[string]json.RawMessage
	if json.Unmarshal(patch, &members) != nil || members == nil {
		if !json.Valid(patch) {
			return nil, refuse("bad_request", "the patch is not JSON")
		}
		return patch, nil
	}
	var target map[string]json.RawMessage
	if json.Unmarshal(document, &target) != nil || target == nil {
		target = map[string]json.RawMessage{}
	}
	for name, value := range members {
		if string(value) == "null" {
			delete(target, name)
			continue
		}
		merged, err := mergePatch(target[name], value)
		if err != nil {
			return nil, err
		}
		target[name] = merged
	}
	return json.Marshal(target)
}
