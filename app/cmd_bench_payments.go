package app

import (
	"errors"
	"fmt"
	"io"
	"time"

	"orion/app/certify"
)

type benchPaymentsCommand struct {
	Postgres    string        `help:"A PostgreSQL server to measure on, instead of SQLite in the data folder; databases are made there and taken away." placeholder:"DSN"`
	Messages    int           `help:"How many messages the gateway sends." default:"1000"`
	Rate        int           `help:"How many a second." default:"200"`
	Checkouts   int           `help:"How many people begin to pay at once." default:"200"`
	Connections int           `help:"How many connections the server has to PostgreSQL meanwhile." default:"10"`
	Wait        time.Duration `help:"How long the gateway takes for an answer." default:"300ms"`
}

var errNoPace = errors.New("bench payments needs at least one message, one a second, and one checkout")

// paymentsSpeed is what was measured.
type paymentsSpeed struct {
	Database string         `json:"database"`
	Heard    certify.Heard  `json:"messages"`
	Waited   certify.Waited `json:"checkouts"`
}

// Run measures payments against the double of a gateway, and prints what it took.
func (c benchPaymentsCommand) Run(r *run) (err error) {
	if c.Messages < 1 || c.Rate < 1 || c.Checkouts < 1 {
		return errNoPace
	}
	t, done, err := newProving(r, c.Postgres)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	var out paymentsSpeed
	pace := certify.Pace{Messages: c.Messages, Rate: c.Rate, Checkouts: c.Checkouts, Connections: c.Connections, Wait: c.Wait, Progress: t.progress}
	err = t.open(r, int64(c.Messages+c.Checkouts), func(o provingGround) (err error) {
		out.Database = o.tables.Version()
		if out.Heard, err = certify.Hear(r, o.program, o.bank, pace); err != nil {
			return err
		}
		out.Waited, err = certify.Wait(r, o.program, o.bank, pace)
		return err
	})
	if err != nil {
		return err
	}
	return r.table(out, "what p50 p99 longest", func(w io.Writer) {
		row := func(what string, s certify.Spread) {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", what, brief(s.P50), brief(s.P99), brief(s.Max))
		}
		row(fmt.Sprintf("message answered, %d at %d a second", out.Heard.Messages, out.Heard.Rate), out.Heard.Answered)
		row(fmt.Sprintf("message settled, %d of them before it came", out.Heard.Early), out.Heard.Settled)
		row(fmt.Sprintf("checkout, %d at once on %d connections, %d of them waiting at the gateway at once", out.Waited.Checkouts, out.Waited.Connections, out.Waited.Peak), out.Waited.Answered)
		fmt.Fprintf(w, "%s\n", out.Database)
	})
}

func brief(d time.Duration) string { return d.Round(100 * time.Microsecond).String() }
