package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// envelope is what every request carries beside the fields of its operation.
type envelope struct {
	// ID is echoed in the answer, whatever it is.
	ID json.RawMessage `json:"id,omitempty"`
	// Op names the operation.
	Op string `json:"op"`
}

// chainEnvelope is the envelope of what concerns one chain.
type chainEnvelope struct {
	envelope
	// Chain is its name.
	Chain string `json:"chain"`
}

func (e *chainEnvelope) chainName() string { return e.Chain }

// answer is one line of output.
type answer struct {
	ID     json.RawMessage `json:"id,omitempty"`
	OK     bool            `json:"ok"`
	Result any             `json:"result,omitempty"`
	Error  *refusal        `json:"error,omitempty"`
}

// refusal is why a request was not served. Nothing has changed on the chain.
type refusal struct {
	// Name is the condition, one of those listed in the README.
	Name string `json:"name"`
	// Message carries its numbers.
	Message string `json:"message"`
}

func (r *refusal) Error() string { return r.Name + ": " + r.Message }

func refuse(name, format string, values ...any) *refusal {
	return &refusal{Name: name, Message: fmt.Sprintf(format, values...)}
}

// refusalOf gives any error a name.
func refusalOf(err error) *refusal {
	var named *refusal
	if errors.As(err, &named) {
		return named
	}
	return refuse("failed", "%s", err)
}

// decodeStrictly refuses unknown fields and anything behind the value: a misspelt field must not
// be taken for an absent one.
func decodeStrictly(line []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		var named *refusal // by a field's own decoder
		if errors.As(err, &named) {
			return named
		}
		return refuse("bad_request", "%s", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return refuse("bad_request", "more than one value on the line")
	}
	return nil
}
