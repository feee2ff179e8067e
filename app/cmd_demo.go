package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"orion/app/demo"
	"orion/kit/clock"
	"orion/kit/db"
	"orion/kit/mail"
	"orion/kit/observe"
	"orion/kit/tenant"
)

var errNotEmpty = errors.New("the database is not empty, so the demo was not filled in; use a new one with --data or --database-url")

type demoCommand struct {
	Stores   int `help:"Make so many stores instead, for measuring."`
	Products int `help:"Products in each of them." default:"50"`
}

type demoSize struct{ stores, products int }

// Run fills the database.
func (c demoCommand) Run(r *run) error {
	log := observe.NewLogger(r.Stderr, r.config.LogFormat, r.config.LogLevel)
	slog.SetDefault(log)
	return fillDemo(r, log, demoSize{c.Stores, c.Products})
}

// fillDemo fills an empty database on a clock of its own, which starts three
// months ago.
func fillDemo(r *run, log *slog.Logger, size demoSize) (err error) {
	now := time.Now()
	past := clock.NewManual(now.AddDate(0, -demo.Months, 0))
	a, err := Open(r, r.config, Options{Log: log, Clock: past, Mail: silent{}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(r))) }()
	if len(a.modules.tenancy.Platforms()) > 0 {
		return errNotEmpty
	}
	w := demo.World{
		DB:      a.db,
		Tenancy: a.modules.tenancy, Catalog: a.modules.catalog, Inventory: a.modules.inventory, Payments: a.modules.payments,
		Orders: a.modules.orders, Events: a.kit.Events, Clock: past, Scope: a.scope, Now: now,
		Customers: a.modules.customers, Core: a.modules.core, Reviews: a.modules.reviews, Messaging: a.modules.messaging, Pages: a.modules.cms,
		Progress: func(done, total int, what string) {
			fmt.Fprintf(r.Stdout, "\r  demo %3d %%  %-40s", done*100/total, what)
		},
	}
	if size.stores > 0 {
		err = demo.FillLarge(r, w, size.stores, size.products)
	} else {
		err = demo.Fill(r, w)
	}
	fmt.Fprintln(r.Stdout)
	return errors.Join(err, a.forgetDelivered(r))
}

// forgetDelivered takes the jobs away that would deliver what the filling has
// delivered itself, unless something is still to be delivered.
func (a *App) forgetDelivered(ctx context.Context) error {
	left, err := a.kit.Events.Undelivered(ctx, a.gate.System())
	if err != nil || left.Waiting > 0 {
		return err
	}
	for _, j := range a.kit.Events.Jobs() {
		if _, err := a.kit.Jobs.Forget(ctx, j.Kind()); err != nil {
			return err
		}
	}
	return nil
}

// silent sends no mail: the demo's customers do not exist.
type silent struct{}

// Send implements mail.Outbox.
func (silent) Send(context.Context, *db.Tx[tenant.Store], mail.Message) error { return nil }
