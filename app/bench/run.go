package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Options say what to measure.
type Options struct {
	Binary   string
	Stores   []int
	Products int
	Time     time.Duration
	Workers  int
	Postgres string // DSN of a server where databases may be made; "" measures SQLite
	Only     string
	Progress func(string)
}

// Report is everything that was measured.
type Report struct {
	Database string   `json:"database"`
	Starts   []Start  `json:"starts"`
	Results  []Result `json:"results"`
}

// Start is how the server came up and what it takes when nobody asks.
type Start struct {
	Stores int           `json:"stores"`
	Up     time.Duration `json:"up_ns"`
	Own    int64         `json:"own_bytes"`  // memory that is the process's alone
	Idle   int64         `json:"idle_bytes"` // all that is mapped, with the program's file
}

// Markdown is the report as tables.
func (r Report) Markdown() string {
	out := Markdown(r.Results) + "\n| stores | first answer after | memory of its own when idle | with the program's file |\n|--:|--:|--:|--:|\n"
	for _, s := range r.Starts {
		out += fmt.Sprintf("| %d | %s | %.0f MB | %.0f MB |\n", s.Stores, ms(s.Up), float64(s.Own)/(1<<20), float64(s.Idle)/(1<<20))
	}
	return out + "\nDatabase: " + r.Database + "\n"
}

// Run measures every number of stores on a database of its own.
func Run(ctx context.Context, o Options) (Report, error) {
	r := Report{Database: "SQLite"}
	if o.Postgres != "" {
		r.Database = "PostgreSQL"
	}
	for _, stores := range o.Stores {
		if err := one(ctx, o, stores, &r); err != nil {
			return r, fmt.Errorf("with %d stores: %w", stores, err)
		}
	}
	return r, nil
}

func one(ctx context.Context, o Options, stores int, r *Report) (err error) {
	data, err := os.MkdirTemp("", "orion-bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	dsn, drop, err := Database(ctx, o.Postgres, data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	if err := fill(ctx, o, data, dsn, stores); err != nil {
		return err
	}
	s, err := startServer(ctx, o.Binary, data, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	pid := s.cmd.Process.Pid
	settle(pid)
	own, mapped := memoryOf(pid)
	r.Starts = append(r.Starts, Start{Stores: stores, Up: s.up, Own: own, Idle: mapped})
	master, err := postmaster(ctx, o.Postgres)
	if err != nil {
		return err
	}
	m := meter{settle: func() { settle(pid) }, cpu: func() (time.Duration, time.Duration) {
		if master == 0 {
			return cpuOf(pid), 0
		}
		return cpuOf(pid), cpuOfTree(master)
	}}
	yard, err := startBare(ctx, o.Binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, yard.stop()) }()
	w := &world{client: newClient(s.addr, max(o.Workers, 64)), stores: stores}
	o.Progress("visiting each store once, and buying in some")
	if err := w.visit(ctx, stores); err != nil {
		return err
	}
	if err := w.trade(ctx, o, dsn, m); err != nil {
		return err
	}
	if err := w.run(ctx, o, meters{m, yard}, r); err != nil {
		return err
	}
	if !strings.Contains(importing, o.Only) {
		return nil
	}
	res, err := importRows(ctx, o, data, dsn, stores)
	if err != nil {
		return err
	}
	o.Progress(fmt.Sprintf("%-22s %8.0f/s  %s", res.Task, res.Rate, res.Error))
	r.Results = append(r.Results, res)
	return nil
}

// meters are a meter and the yardstick beside it.
type meters struct {
	meter
	bare *bare
}

// run measures the tasks, each between two bare pages.
func (w *world) run(ctx context.Context, o Options, m meters, r *Report) error {
	for _, t := range w.tasks() {
		if !strings.Contains(t.Name, o.Only) {
			continue
		}
		if t.Prepare != nil {
			t.Times = prepared
			if err := t.Prepare(ctx, prepared); err != nil {
				return err
			}
			m.settle()
		} else {
			runTask(ctx, t, 1, 500*time.Millisecond, m.meter) // fills caches
		}
		before := m.bare.cost(ctx, o.Workers)
		res := runTask(ctx, t, o.Workers, o.Time, m.meter)
		res.Stores, res.Bare = w.stores, (before+m.bare.cost(ctx, o.Workers))/2
		o.Progress(fmt.Sprintf("%-22s %8.0f/s  CPU %s + %s, a bare page %.3f ms  %s", res.Task, res.Rate, ms(res.CPU), ms(res.DBCPU), res.Bare.Seconds()*1e3, res.Error))
		r.Results = append(r.Results, res)
	}
	return nil
}

// fill makes the stores that are measured.
func fill(ctx context.Context, o Options, data, dsn string, stores int) error {
	o.Progress(fmt.Sprintf("filling %d stores with %d products each", stores, o.Products))
	return command(ctx, o, data, dsn, nil, "demo", "--stores", strconv.Itoa(stores), "--products", strconv.Itoa(o.Products))
}

// trade sells a little in up to a hundred stores and lets the database take
// its statistics, so that nobody measures plans that were made for tables
// without a row.
func (w *world) trade(ctx context.Context, o Options, dsn string, m meter) error {
	res := runTask(ctx, Task{Times: 100, Do: w.checkout, Jobs: true}, o.Workers, time.Minute, m)
	if res.Failed > 0 {
		return fmt.Errorf("sell a little: %s", res.Error)
	}
	if o.Postgres == "" {
		return nil
	}
	return analyze(ctx, dsn)
}

// settle waits until a server has nothing left to do, of its start or of jobs, at
// the longest three minutes.
func settle(pid int) {
	for range 90 {
		before := cpuOf(pid)
		time.Sleep(2 * time.Second)
		if cpuOf(pid)-before < 100*time.Millisecond {
			return
		}
	}
}

// prepared is how many repetitions are made ready for a task that uses them up.
const prepared = 1500

// command runs a command of the program and reads what it prints as JSON.
func command(ctx context.Context, o Options, data, dsn string, out any, args ...string) error {
	cmd := program(ctx, o, data, dsn, args...)
	text, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("orion %s: %w", args[0], err)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(text, out)
}
