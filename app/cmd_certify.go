package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"orion/app/certify"
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
	t, done, err := newProving(r, c.Postgres)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if c.Seed == 0 {
		c.Seed = certify.NewSeed()
	}
	report, err := t.certify(r, certify.Sizes{Shoppers: c.Shoppers, AtOnce: 64, Rounds: c.Rounds, Seed: c.Seed, Progress: t.progress}, c.Units)
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

// certify runs the suites over a fresh database.
func (t proving) certify(ctx context.Context, sizes certify.Sizes, units int64) (report certify.Report, err error) {
	err = t.open(ctx, int64(1000*sizes.Rounds), func(o provingGround) error {
		report = certify.Report{Version: Version, Go: runtime.Version(), Machine: machine(), Database: o.tables.Version(), Seed: sizes.Seed, At: time.Now()}
		last, err := o.app.sellOne(ctx, o.tables, units)
		if err != nil {
			return err
		}
		for _, suite := range []func() (certify.Finding, error){
			func() (certify.Finding, error) { return certify.Oversell(ctx, o.program, last, sizes) },
			func() (certify.Finding, error) { return certify.Kill(ctx, o.program, o.bank, sizes) },
			func() (certify.Finding, error) { return certify.Ledger(ctx, o.bank) },
		} {
			began := time.Now()
			f, err := suite()
			if err != nil {
				return fmt.Errorf("%s: %w", f.Suite, err)
			}
			f.Took = time.Since(began)
			sizes.Progress(fmt.Sprintf("%s: %d problems", f.Suite, len(f.Problems)))
			report.Findings = append(report.Findings, f)
		}
		return nil
	})
	return report, err
}

func machine() string {
	name := runtime.GOOS + "/" + runtime.GOARCH
	if kernel, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		name += ", kernel " + strings.TrimSpace(string(kernel))
	}
	return fmt.Sprintf("%s, %d processors", name, runtime.NumCPU())
}
