package app

import (
	"fmt"
	"io"
	"os"
	"time"

	"orion/app/bench"
)

type benchCommand struct {
	Stores   []int         `help:"How many stores; several are measured one after the other." default:"1,100,1000"`
	Products int           `help:"Products in each store." default:"50"`
	Time     time.Duration `help:"For each task." default:"4s"`
	Workers  int           `help:"Requests at once." default:"4"`
	Postgres string        `help:"A PostgreSQL server to measure on, instead of SQLite; databases are made there and taken away." placeholder:"DSN"`
	Only     string        `help:"Only tasks whose name contains this." placeholder:"TEXT"`
	Bare     string        `hidden:"" help:"Serve the bare page that the others are compared with." placeholder:"HOST:PORT"`
}

// Run measures this program as a process of its own and prints a table.
func (c benchCommand) Run(r *run) error {
	if c.Bare != "" {
		return bench.ServeBare(r, c.Bare)
	}
	binary, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	report, err := bench.Run(r, bench.Options{
		Binary: binary, Stores: c.Stores, Products: c.Products, Time: c.Time, Workers: c.Workers, Postgres: c.Postgres, Only: c.Only,
		Progress: func(s string) { fmt.Fprintln(r.Stderr, s) },
	})
	if err != nil {
		return err
	}
	if r.json {
		return r.table(report, "", func(io.Writer) {})
	}
	_, err = fmt.Fprint(r.Stdout, report.Markdown())
	return err
}
