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
	PayPal  string `name:"paypal-addr" help:"Where its double of PayPal listens; empty is none." default:"127.0.0.1:12112" placeholder:"HOST:PORT"`
	Client  string `help:"Client identifier of its account at PayPal." default:"AYorion"`
	Key     string `name:"paypal-secret" help:"Secret of that account." default:"EKorion"`
	Webhook string `help:"Webhook identifier of that account." default:"8PT597110X687430LKGECATA"`
	Told    string `name:"paypal-hook" help:"Where PayPal's double sends messages; empty sends none." placeholder:"URL"`
	Script  string `help:"File with faults, one a line, such as: drop_after times=2 POST /v1/refunds" placeholder:"FILE"`
}

var errNotHere = errors.New("the double takes cards that anybody may know, so it listens on this machine only, such as 127.0.0.1:12111")

// here tells whether an address is one of this machine alone.
func here(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// Run serves doubles of Stripe and PayPal until the process is told to end.
func (c paytestCommand) Run(r *run) error {
	if !here(c.Addr) || c.PayPal != "" && !here(c.PayPal) {
		return errNotHere
	}
	faults, err := c.faults()
	if err != nil {
		return err
	}
	log := observe.NewLogger(r.Stderr, r.config.LogFormat, r.config.LogLevel)
	d, err := openDouble(c.Addr)
	if err != nil {
		return err
	}
	d.Open(paytest.Account{Secret: c.Secret, Public: c.Public, Signing: []string{c.Signing}, Hook: c.Hook})
	d.Play(faults...)
	fmt.Fprintf(r.Stdout, "\n  A double of Stripe is up: %s\n\n", d.base)
	fmt.Fprintf(r.Stdout, "  Serve the shop with            ORION_SERVICES_STRIPE=%s\n", d.base)
	fmt.Fprintf(r.Stdout, "  Enter in its payment settings  %s  %s  %s\n\n", c.Public, c.Secret, c.Signing)
	if c.PayPal != "" {
		w, err := openWallet(c.PayPal)
		if err != nil {
			return errors.Join(err, d.server.Close())
		}
		w.Open(paytest.PayPalAccount{Client: c.Client, Secret: c.Key, Webhook: c.Webhook, Hook: c.Told})
		w.Play(faults...)
		fmt.Fprintf(r.Stdout, "  A double of PayPal is up: %s\n\n", w.base)
		fmt.Fprintf(r.Stdout, "  Serve the shop with            ORION_SERVICES_PAYPAL=%s\n", w.base)
		fmt.Fprintf(r.Stdout, "  Enter in its payment settings  %s  %s  %s, as keys of the sandbox\n\n", c.Client, c.Key, c.Webhook)
		go tell(r, w, log)
		defer func() { _ = w.server.Close() }()
	}
	tell(r, d, log)
	return d.server.Close()
}

// faults are those of the script, for both: each takes what its calls fit.
func (c paytestCommand) faults() ([]paytest.Fault, error) {
	if c.Script == "" {
		return nil, nil
	}
	f, err := os.Open(c.Script)
	if err != nil {
		return nil, fmt.Errorf("read the faults: %w", err)
	}
	faults, err := paytest.ReadScript(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Script, err)
	}
	return faults, nil
}
