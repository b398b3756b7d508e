package main

import (
	"os"
	"path/filepath"
	"time"

	sdklog "cosmossdk.io/log"
	"github.com/rs/zerolog"
)

// nodeLog writes to the folder and to standard error, and does not mind if nobody reads that any more.
type nodeLog struct {
	file   *os.File
	silent bool
}

func openNodeLog(home *nodeHome) (*nodeLog, error) {
	file, err := os.OpenFile(filepath.Join(home.dir, "node.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	return &nodeLog{file: file}, err
}

// Write a line.
func (l *nodeLog) Write(text []byte) (int, error) {
	if !l.silent {
		_, _ = os.Stderr.Write(text)
	}
	return l.file.Write(text)
}

func (l *nodeLog) close() { _ = l.file.Close() }

func (l *nodeLog) logger() sdklog.Logger {
	return sdklog.NewLogger(l, sdklog.ColorOption(false), sdklog.TimeFormatOption(time.RFC3339))
}

// quiet is the application's share of the log: it tells of every block.
func quiet(logger sdklog.Logger) sdklog.Logger {
	return sdklog.NewCustomLogger(logger.Impl().(*zerolog.Logger).Level(zerolog.WarnLevel))
}
