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
	"runtime"
	"strings"
	"time"

	"orion/app/bench"
	"orion/app/certify"
	"orion/kit/config"
	"orion/kit/db/aside"
)

type certifyCommand struct {
	Postgres string `help:"A PostgreSQL server to prove it on, instead of SQLite in the data folder; databases are made there and taken away." placeholder:"DSN"`
	Shoppers int    `help:"Who wants one of the last units." default:"300"`
	Units    int64  `help:"How many there are." default:"50"`
	Rounds   int    `help:"How often the server is killed while people pay." default:"10"`
	Seed     uint64 `help:"Decides what shoppers do; 0 takes one by chance." default:"0"`
}

var errTooFew = errors.New("certify needs at least one shopper, one unit and one round")

// Run proves it with databases of its own, and prints the report.
func (c certifyCommand) Run(r *run) (err error) {
	if c.Shoppers < 1 || c.Units < 1 || c.Rounds < 1 {
		return errTooFew
	}
	binary, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	if err := os.MkdirAll(r.config.Data, 0o750); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	data, err := os.MkdirTemp(r.config.Data, "certify-") // the disk that counts
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	dsn, drop, err := bench.Database(r, c.Postgres, data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()

	// None of the operator's settings: nobody gets a mail of this.
	secret := rand.Text() + rand.Text()
	own, err := config.Load(config.Sources{Args: map[string]string{"data": data, "database-url": dsn, "addr": "127.0.0.1:0", "secret": secret}})
	if err != nil {
		return err
	}
	if c.Seed == 0 {
		c.Seed = certify.NewSeed()
	}
	trial := certification{
		conf: own, sizes: certify.Sizes{Shoppers: c.Shoppers, AtOnce: 64, Rounds: c.Rounds, Seed: c.Seed, Progress: func(s string) { fmt.Fprintln(r.Stderr, s) }}, units: c.Units,
		command: func(args, env []string) *exec.Cmd {
			cmd := exec.Command(binary, args...) //nolint:gosec // this program itself
			cmd.Env = env
			return cmd
		},
	}
	report, err := trial.run(r)
	if err != nil {
		return err
	}
	if r.json {
		err = r.table(report, "", func(io.Writer) {})
	} else {
		report.Write(r.Stdout)
	}
	return errors.Join(err, report.Err())
}

// certification runs the suites over a fresh database.
type certification struct {
	conf    config.Config
	sizes   certify.Sizes
	units   int64
	command func(args, env []string) *exec.Cmd
}

func (c certification) run(ctx context.Context) (report certify.Report, err error) {
	quiet := &run{Context: ctx, Process: Process{Stdout: io.Discard, Stderr: io.Discard, Stdin: strings.NewReader("")}, config: c.conf}
	c.sizes.Progress("filling a store")
	if err := fillDemo(quiet, slog.New(slog.DiscardHandler), demoSize{}); err != nil {
		return report, err
	}
	a, err := Open(ctx, c.conf, Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	tables, err := aside.Open(ctx, c.conf.DatabaseURL)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, tables.Close()) }()
	report = certify.Report{Version: Version, Go: runtime.Version(), Machine: machine(), Database: tables.Version(), Seed: c.sizes.Seed, At: time.Now()}
	last, err := a.sellOne(ctx, tables, c.units)
	if err != nil {
		return report, err
	}
	bank, done, err := a.openBank(ctx, tables, int64(1000*c.sizes.Rounds))
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, done()) }()
	p := certify.Program{Command: c.command, Data: c.conf.Data, DSN: c.conf.DatabaseURL, Env: []string{"ORION_SECRET=" + string(c.conf.Secret)}}
	for _, suite := range []func() (certify.Finding, error){
		func() (certify.Finding, error) { return certify.Oversell(ctx, p, last, c.sizes) },
		func() (certify.Finding, error) { return certify.Kill(ctx, p, bank, c.sizes) },
		func() (certify.Finding, error) { return certify.Ledger(ctx, bank) },
	} {
		began := time.Now()
		f, err := suite()
		if err != nil {
			return report, fmt.Errorf("%s: %w", f.Suite, err)
		}
		f.Took = time.Since(began)
		c.sizes.Progress(fmt.Sprintf("%s: %d problems", f.Suite, len(f.Problems)))
		report.Findings = append(report.Findings, f)
	}
	return report, nil
}

func machine() string {
	name := runtime.GOOS + "/" + runtime.GOARCH
	if kernel, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		name += ", kernel " + strings.TrimSpace(string(kernel))
	}
	return fmt.Sprintf("%s, %d processors", name, runtime.NumCPU())
}
