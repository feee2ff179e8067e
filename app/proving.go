package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"

	"orion/app/bench"
	"orion/app/certify"
	"orion/kit/config"
	"orion/kit/db/aside"
)

// proving is the program as it is tried on somebody's own machine: with databases that are
// made for that and taken away, and none of the operator's settings, so that nobody gets a
// mail of it.
type proving struct {
	conf     config.Config
	command  func(args, env []string) *exec.Cmd
	progress func(string)
}

// newProving makes the database, on a PostgreSQL server, else with SQLite in the data folder,
// whose disk is the one that counts.
func newProving(r *run, server string) (t proving, done func() error, err error) {
	binary, err := os.Executable()
	if err != nil {
		return t, nil, fmt.Errorf("find this program: %w", err)
	}
	if err := os.MkdirAll(r.config.Data, 0o750); err != nil {
		return t, nil, fmt.Errorf("make the data folder: %w", err)
	}
	data, err := os.MkdirTemp(r.config.Data, "proving-")
	if err != nil {
		return t, nil, fmt.Errorf("make a folder: %w", err)
	}
	dsn, drop, err := bench.Database(r, server, data)
	if err != nil {
		return t, nil, errors.Join(err, os.RemoveAll(data))
	}
	done = func() error { return errors.Join(drop(), os.RemoveAll(data)) }
	t.conf, err = config.Load(config.Sources{Args: map[string]string{"data": data, "database-url": dsn, "addr": "127.0.0.1:0", "secret": rand.Text() + rand.Text()}})
	if err != nil {
		return t, nil, errors.Join(err, done())
	}
	t.command = func(args, env []string) *exec.Cmd {
		cmd := exec.Command(binary, args...) //nolint:gosec // this program itself
		cmd.Env = env
		return cmd
	}
	t.progress = func(s string) { fmt.Fprintln(r.Stderr, s) }
	return t, done, nil
}

// provingGround is a store of the demo in which something is sold and paid by card.
type provingGround struct {
	app     *App
	tables  *aside.Tables
	bank    *certify.Bank
	program certify.Program
}

// open fills the database, with so many units for sale, for as long as do takes.
func (t proving) open(ctx context.Context, units int64, do func(o provingGround) error) (err error) {
	quiet := &run{Context: ctx, Process: Process{Stdout: io.Discard, Stderr: io.Discard, Stdin: strings.NewReader("")}, config: t.conf}
	t.progress("filling a store")
	if err := fillDemo(quiet, slog.New(slog.DiscardHandler), demoSize{}); err != nil {
		return err
	}
	var o provingGround
	if o.app, err = Open(ctx, t.conf, Options{Log: slog.New(slog.DiscardHandler)}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.app.Close(context.WithoutCancel(ctx))) }()
	if o.tables, err = aside.Open(ctx, t.conf.DatabaseURL); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.tables.Close()) }()
	bank, done, err := o.app.openBank(ctx, o.tables, units)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	o.bank = bank
	o.program = certify.Program{Command: t.command, Data: t.conf.Data, DSN: t.conf.DatabaseURL, Env: []string{"ORION_SECRET=" + string(t.conf.Secret)}}
	return do(o)
}
