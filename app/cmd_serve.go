package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"orion/app/demo"
	"orion/kit/observe"
	"orion/kit/observe/report"
	"orion/kit/web"
	"orion/modules/payments/paypal"
	"orion/modules/payments/stripe"
)

type serveCommand struct {
	Addr string `help:"Where to listen, host:port." placeholder:"HOST:PORT"`
	Demo bool   `help:"Fill the database with the demo when it is empty."`
}

// Run serves until the process is told to end.
func (s serveCommand) Run(r *run) (err error) {
	log, flush, err := r.logger()
	if err != nil {
		return err
	}
	defer flush()
	slog.SetDefault(log)
	var stand doubles
	if s.Demo {
		r.config.Inspect = true // a demo is to be looked into
		if stand, err = r.openDoubles(); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stand.close()) }()
		if err := fillDemo(r, log, demoSize{}); err != nil && !errors.Is(err, errNotEmpty) {
			return err
		}
	}
	a, err := Open(r, r.config, Options{Log: log})
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r), 10*time.Second)
		defer cancel()
		err = errors.Join(err, a.Close(ctx))
	}()
	l, err := net.Listen("tcp", r.config.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another with --addr", r.config.Addr, err)
	}
	if err := a.Start(r); err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if err := stand.begin(r, a, port, log); err != nil {
		return err
	}
	a.greet(r, l.Addr().String())
	return a.Serve(r, l)
}

// reportTime is how long the last failures get to be reported when the program ends.
const reportTime = 3 * time.Second

// logger is the log of a server, and what sends its last records when it ends.
func (r *run) logger() (*slog.Logger, func(), error) {
	if r.config.SentryDSN == "" {
		return observe.NewLogger(r.Stderr, r.config.LogFormat, r.config.LogLevel), func() {}, nil
	}
	reporter, err := report.New(report.Options{DSN: string(r.config.SentryDSN), Version: Version, Mask: observe.Mask})
	if err != nil {
		return nil, nil, err
	}
	return observe.NewLogger(r.Stderr, r.config.LogFormat, r.config.LogLevel, reporter), func() { reporter.Close(reportTime) }, nil
}

// greet prints where people find what.
func (a *App) greet(r *run, addr string) {
	_, port, _ := net.SplitHostPort(addr)
	at := func(host string) string {
		if port == "80" {
			return "http://" + host
		}
		return "http://" + host + ":" + port
	}
	base := a.config.BaseDomain
	fmt.Fprintf(r.Stdout, "\n  Orion %s is up: %s\n\n", Version, at(base))
	shops := a.modules.tenancy.Shops()
	slices.SortFunc(shops, func(x, y *web.Shop) int { return cmp.Compare(x.ID, y.ID) }) // oldest first
	for i, s := range shops {
		if i == 8 {
			fmt.Fprintf(r.Stdout, "  … and %d more stores\n", len(shops)-i)
			break
		}
		fmt.Fprintf(r.Stdout, "  %-22s %s\n", s.Name, at(a.modules.tenancy.Host(s)))
	}
	if len(shops) == 0 {
		a.invite(r, at(base))
		return
	}
	fmt.Fprintf(r.Stdout, "\n  Staff of a store    %s/store/login\n", at(a.modules.tenancy.Host(shops[0])))
	fmt.Fprintf(r.Stdout, "  Merchants           %s/merchants/login\n", at(base))
	fmt.Fprintf(r.Stdout, "  Operator            %s/admin/login\n", at(base))
	if a.isDemo() {
		fmt.Fprintf(r.Stdout, "\n  Logins of the demo, all with the password %s:\n", demo.Password)
		for _, line := range demo.Logins() {
			fmt.Fprintf(r.Stdout, "  %s\n", strings.TrimRight(line, " "))
		}
		if !stripe.Itself(a.config.Services.Stripe) {
			fmt.Fprintf(r.Stdout, "\n  Cards of the demo: 4242 4242 4242 4242; 4000 0025 0000 3155 is asked for by its bank; 4000 0000 0000 0002 is declined\n")
		}
		if !paypal.Itself(a.config.Services.PayPal) {
			fmt.Fprintf(r.Stdout, "  PayPal of the demo: its page lets you pay, be declined or cancel\n")
		}
	}
	fmt.Fprintln(r.Stdout)
}

// invite tells how to begin with an empty database. Who reads it may make the
// first administrator.
func (a *App) invite(r *run, base string) {
	if known, err := a.modules.tenancy.HasUsers(r); err != nil || known {
		fmt.Fprintf(r.Stdout, "  There is no store yet. Set one up:  %s/admin/setup\n\n", base)
		return
	}
	fmt.Fprintf(r.Stdout, "  The database is empty. Set it up in the browser, within a day:\n\n  %s/admin/setup?token=%s\n\n", base, a.modules.tenancy.SetupToken())
	fmt.Fprintf(r.Stdout, "  or fill it with the demo:  orion demo\n\n")
}

// isDemo tells that the stores are the demo's.
func (a *App) isDemo() bool {
	shop := a.modules.tenancy.ShopByCode(demo.FirstStore)
	return shop != nil && strings.HasPrefix(shop.HeroImage, demo.Prefix)
}
