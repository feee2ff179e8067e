package tenancy_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy"
)

// dns is the DNS of a test: records by name, and a name that nobody answers.
type dns struct {
	records map[string][]string
	silent  string
}

func (d *dns) lookup(ctx context.Context, name string) ([]string, error) {
	if deadline, ok := ctx.Deadline(); !ok || time.Until(deadline) > 6*time.Second {
		return nil, errors.New("the DNS is asked without a deadline")
	}
	if name == d.silent {
		return nil, context.DeadlineExceeded
	}
	return d.records[name], nil
}

// Domains open by themselves once their proof shows, and answer nowhere before.
func TestWaitingDomains(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		zone := &dns{records: map[string][]string{}, silent: "_orion.silent.example.com"}
		w.m = newModule(w.Env, tenancy.Needs{LookupTXT: zone.lookup})
		must(t, w.m.Refresh(t.Context()))
		ctx := t.Context()
		proof := map[string]string{}
		for _, name := range []string{"good.example.com", "other.example.com", "none.example.com", "silent.example.com"} {
			must(t, w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
				d, err := c.AddDomain(ctx, tenancy.Domain{Domain: name, Store: w.kids, Platform: w.main})
				proof[name] = d.Proof
				return err
			}))
		}
		zone.records["_orion.good.example.com"] = []string{"v=spf1 -all", proof["good.example.com"]}
		zone.records["_orion.other.example.com"] = []string{proof["good.example.com"]}
		w.Clock.Advance(time.Minute)
		if n, err := w.m.VerifyWaiting(ctx); err != nil || n != 1 {
			t.Fatalf("%d were opened: %v", n, err)
		}
		for name, want := range map[string]string{
			"good.example.com": "", "other.example.com": tenancy.DomainOtherRecord, "none.example.com": tenancy.DomainNoRecord, "silent.example.com": tenancy.DomainNoDNS,
		} {
			if _, ok := w.m.Resolve(name, "/"); ok != (want == "") {
				t.Errorf("%s answers: %v", name, ok)
			}
			have, err := w.m.DomainsOf(ctx, w.Gate.Merchant(w.kirchberg, w.main))
			must(t, err)
			for _, d := range have {
				if d.Domain == name && (d.Trouble != want || !d.Checked.Equal(w.Clock.Now())) {
					t.Errorf("%s: %q at %v", name, d.Trouble, d.Checked)
				}
			}
		}
		if have, err := w.m.DomainsOf(ctx, w.Gate.Merchant(w.velo, w.main)); err != nil || len(have) != 0 {
			t.Errorf("another merchant sees %v %v", have, err)
		}

		owner := w.browse(t, w.site(t), "localhost")
		owner.send("/merchants/login", signIn("owner@kirchberg.example"), 303)
		owner.see("/merchants/domains", 200, "_orion.none.example.com", proof["none.example.com"], "The DNS has no such record", "Verified")
		verify := func(name string, want int) {
			owner.send("/merchants/domains/verify", url.Values{"domain": {name}}, want)
		}
		verify("none.example.com", 422)
		verify("elsewhere.example.com", 404)
		zone.records["_orion.none.example.com"] = []string{proof["none.example.com"]}
		verify("none.example.com", 303)
		if _, ok := w.m.Resolve("none.example.com", "/"); !ok {
			t.Error("what was proved does not answer")
		}

		// After two weeks the program looks no more by itself; the button still does.
		zone.records["_orion.other.example.com"] = []string{strings.ToUpper(proof["other.example.com"]), proof["other.example.com"]}
		w.Clock.Advance(15 * 24 * time.Hour)
		if n, err := w.m.VerifyWaiting(ctx); err != nil || n != 0 {
			t.Errorf("%d were opened after two weeks: %v", n, err)
		}
		must(t, w.m.VerifyDomain(ctx, auth.SystemActor, "other.example.com"))
	})
}

// Operators see the domains of their own platforms, and act on no others.
func TestDomainsOfOperators(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		must(t, w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			_, err := c.AddDomain(ctx, tenancy.Domain{Domain: "kids.example.com", Store: w.kids, Platform: w.main})
			return err
		}))
		must(t, w.m.AddPlatformDomain(ctx, auth.SystemActor, tenancy.Everywhere, tenancy.Domain{Domain: "shops.example.com", Platform: w.main}))
		must(t, w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error { return c.TrustDomain(ctx, "shops.example.com") }))
		elsewhere := tenancy.ReachOf([]tenant.PlatformID{w.main + 1000})
		for name, c := range map[string]struct {
			reach tenancy.Reach
			f     tenancy.DomainFilter
			want  string
		}{
			"all":             {tenancy.Everywhere, tenancy.DomainFilter{}, "kids.example.com shops.example.com "},
			"by name":         {tenancy.Everywhere, tenancy.DomainFilter{Query: "KID"}, "kids.example.com "},
			"verified":        {tenancy.Everywhere, tenancy.DomainFilter{State: tenancy.DomainVerified}, "shops.example.com "},
			"waiting":         {tenancy.Everywhere, tenancy.DomainFilter{State: tenancy.DomainWaiting}, "kids.example.com "},
			"a page":          {tenancy.Everywhere, tenancy.DomainFilter{Request: page.Request{Limit: 1}}, "kids.example.com "},
			"own platform":    {tenancy.ReachOf([]tenant.PlatformID{w.main}), tenancy.DomainFilter{}, "kids.example.com shops.example.com "},
			"other platforms": {elsewhere, tenancy.DomainFilter{}, ""},
		} {
			list, err := w.m.Domains(ctx, c.reach, c.f)
			must(t, err)
			got := ""
			for _, d := range list.Items {
				got += d.Domain.Domain + " "
				if d.Owner == "" {
					t.Errorf("%s belongs to nobody", d.Domain.Domain)
				}
			}
			if got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		if err := w.m.AddPlatformDomain(ctx, auth.SystemActor, elsewhere, tenancy.Domain{Domain: "x.example.com", Platform: w.main}); err == nil {
			t.Error("a domain was added to a platform out of reach")
		}
		for _, p := range []tenant.PlatformID{0, w.main + 1000} {
			err := w.m.AddPlatformDomain(ctx, auth.SystemActor, tenancy.Everywhere, tenancy.Domain{Domain: "x.example.com", Platform: p})
			if fault.As(err).Kind != fault.Invalid {
				t.Errorf("a domain of no platform: %v", err)
			}
		}
	})
}
