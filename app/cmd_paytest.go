package app

import (
	"errors"
	"fmt"
	"net"
	"os"

	"orion/kit/observe"
	"orion/modules/payments/paytest"
)

type paytestCommand struct {
	Addr    string `help:"Where to listen, on this machine only." default:"127.0.0.1:12111" placeholder:"HOST:PORT"`
	Secret  string `help:"Secret key of its account." default:"sk_test_orion"`
	Public  string `help:"Publishable key of its account." default:"pk_test_orion"`
	Signing string `help:"Secret that signs its messages." default:"whsec_orion"`
	Hook    string `help:"Where it sends messages; empty sends none." placeholder:"URL"`
	Script  string `help:"File with faults, one a line, such as: drop_after times=2 POST /v1/refunds" placeholder:"FILE"`
}

var errNotHere = errors.New("the double takes cards that anybody may know, so it listens on this machine only, such as 127.0.0.1:12111")

// Run serves a double of Stripe until the process is told to end.
func (c paytestCommand) Run(r *run) error {
	host, _, err := net.SplitHostPort(c.Addr)
	if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errNotHere
	}
	var faults []paytest.Fault
	if c.Script != "" {
		f, err := os.Open(c.Script)
		if err != nil {
			return fmt.Errorf("read the faults: %w", err)
		}
		faults, err = paytest.ReadScript(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("%s: %w", c.Script, err)
		}
	}
	d, err := openDouble(c.Addr)
	if err != nil {
		return err
	}
	d.Open(paytest.Account{Secret: c.Secret, Public: c.Public, Signing: []string{c.Signing}, Hook: c.Hook})
	d.Play(faults...)
	fmt.Fprintf(r.Stdout, "\n  A double of Stripe is up: %s\n\n", d.base)
	fmt.Fprintf(r.Stdout, "  Serve the shop with            ORION_SERVICES_STRIPE=%s\n", d.base)
	fmt.Fprintf(r.Stdout, "  Enter in its payment settings  %s  %s  %s\n\n", c.Public, c.Secret, c.Signing)
	d.tell(r, observe.NewLogger(r.Stderr, r.config.LogFormat, r.config.LogLevel))
	return d.server.Close()
}
