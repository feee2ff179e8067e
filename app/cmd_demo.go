package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"orion/app/demo"
	"orion/app/demo/content"
	"orion/kit/clock"
	"orion/kit/observe"
	"orion/kit/tenant"
	"orion/modules/customers"
)

var errNotEmpty = errors.New("the database is not empty, so the demo was not filled in; use a new one with --data or --database-url")

type demoCommand struct {
	Stores   int `help:"Make so many stores instead, for measuring."`
	Products int `help:"Products in each of them." default:"50"`
}

type demoSize struct{ stores, products int }

// Run fills the database.
func (c demoCommand) Run(r *run) error {
	log := observe.NewLogger(r.Err, r.config.LogFormat, r.config.LogLevel)
	slog.SetDefault(log)
	return fillDemo(r, log, demoSize{c.Stores, c.Products})
}

// fillDemo fills an empty database on a clock of its own, which starts three
// months ago.
func fillDemo(r *run, log *slog.Logger, size demoSize) (err error) {
	now := time.Now()
	past := clock.NewManual(now.AddDate(0, -demo.Months, 0))
	a, err := Open(r, r.config, Options{Log: log, Clock: past})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(r))) }()
	if len(a.modules.tenancy.Platforms()) > 0 {
		return errNotEmpty
	}
	a.muteMail()
	w := demo.World{
		DB:      a.db,
		Tenancy: a.modules.tenancy, Catalog: a.modules.catalog, Inventory: a.modules.inventory, Payments: a.modules.payments,
		Orders: a.modules.orders, Events: a.kit.Events, Clock: past, Scope: a.scope, Now: now,
		Customer: func(ctx context.Context, in tenant.Store, c content.Customer, hash string) error {
			return a.modules.customers.Seed(ctx, in, customers.Seeded{
				Email: c.Email, Name: c.Name(), Phone: c.Phone, Lang: c.Lang, Password: hash, Address: demo.Address(c),
			})
		},
		Progress: func(done, total int, what string) {
			fmt.Fprintf(r.Out, "\r  demo %3d %%  %-40s", done*100/total, what)
		},
	}
	if size.stores > 0 {
		err = demo.FillLarge(r, w, size.stores, size.products)
	} else {
		err = demo.Fill(r, w)
	}
	fmt.Fprintln(r.Out)
	return err
}
