// Command wasmd-chain runs wasmd's application in one process, block by block as requests tell it:
// one JSON request per line on standard input, one JSON answer per line on standard output. The
// README specifies the protocol. Its subcommand `node` runs the application as a node that lasts.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	wasmtypes "github.com/CosmWasm/wasmd/x/wasm/types"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "node" {
		if err := runNode(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "wasmd-chain:", err)
			os.Exit(1)
		}
		return
	}
	// a variable of wasmd that chains set when they are built: one for all chains of the process
	flag.IntVar(&wasmtypes.MaxWasmSize, "max-wasm-bytes", wasmtypes.MaxWasmSize, "largest contract that can be stored")
	flag.Parse()
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "wasmd-chain:", err)
		os.Exit(1)
	}
}

// run serves requests until the input ends, with an engine of its own.
func run(input io.Reader, output io.Writer) error {
	// whatever a library prints must not stand between answers
	os.Stdout = os.Stderr
	// chains are small: a larger heap between collections costs little
	debug.SetGCPercent(300)
	setAddressPrefixes()
	s, err := newServer()
	if err != nil {
		return err
	}
	defer s.close()

	return answerLines(s, input, output)
}

// answerLines serves requests, one a line, until the input ends.
func answerLines(s *server, input io.Reader, output io.Writer) error {
	lines := bufio.NewReaderSize(input, 1<<20)
	answers := bufio.NewWriterSize(output, 1<<16)
	encoder := json.NewEncoder(answers)
	encoder.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := encoder.Encode(s.serve(line)); err != nil {
				return err
			}
			if err := answers.Flush(); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
