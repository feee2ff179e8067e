package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"

	"orion/app/doctor"
	"orion/kit/observe"
)

type doctorCommand struct{}

// Run looks after what the program stands on and how it is, and says how to mend
// what is not right. It changes nothing, may run beside a running program, and
// ends with 3 when something is wrong.
func (doctorCommand) Run(r *run) error {
	c := r.config
	plan := Plan(c.DatabaseURL, nil)
	var found []doctor.Finding
	tell := func(f doctor.Finding) {
		found = append(found, f)
		if !r.json {
			printFinding(r.Stdout, f)
		}
	}
	doctor.Examine(r, []doctor.Check{
		doctor.Settings(c), doctor.Storage(c.Data), doctor.Database(c.DatabaseURL), doctor.Schema(plan),
		doctor.Clock(c.DatabaseURL, programClock().Now), doctor.Mail(c.SMTP, filepath.Join(c.Data, "mail")),
	}, tell)
	if ready(found) { // with the tables as they are, opening the program changes none
		if err := r.with(func(a *App) error {
			doctor.Examine(r, a.doctorChecks(), tell)
			return nil
		}); err != nil {
			tell(doctor.Finding{Check: "program", State: doctor.Wrong, Found: err.Error(), Mend: "it would not start: mend what is said above first"})
		}
	}
	sick := slices.ContainsFunc(found, func(f doctor.Finding) bool { return f.State == doctor.Wrong })
	if r.json {
		if err := r.table(found, "", nil); err != nil {
			return err
		}
	}
	if sick {
		return errRows
	}
	return nil
}

// ready tells that the program can be opened and will migrate nothing.
func ready(found []doctor.Finding) bool {
	known := false
	for _, f := range found {
		if f.Check == "schema" && f.State != doctor.Fine || f.Check == "storage" && f.State == doctor.Wrong {
			return false
		}
		known = known || f.Check == "schema"
	}
	return known
}

// doctorChecks look at what only the opened program knows.
func (a *App) doctorChecks() []doctor.Check {
	var hosts []string
	for _, s := range a.modules.tenancy.Shops() {
		hosts = append(hosts, a.modules.tenancy.Host(s))
	}
	slices.Sort(hosts)
	return []doctor.Check{
		{Name: "modules", Run: a.doctorHealth},
		{Name: "jobs", Run: a.doctorJobs},
		doctor.Hosts(a.config.BaseDomain, slices.Compact(hosts), net.DefaultResolver.LookupHost),
	}
}

// doctorHealth asks the checks of the modules.
func (a *App) doctorHealth(ctx context.Context) []doctor.Finding {
	var out []doctor.Finding
	report := a.health.Report(ctx)
	for _, o := range report.Checks {
		state := doctor.Doubt
		switch o.Status {
		case observe.Healthy:
			continue
		case observe.Unhealthy:
			state = doctor.Wrong
		}
		out = append(out, doctor.Finding{State: state, Found: o.Name + ": " + o.Detail, Mend: "see /health on this machine, and the page of the module at /admin/modules"})
	}
	if len(out) == 0 {
		out = append(out, doctor.Finding{State: doctor.Fine, Found: fmt.Sprintf("%d modules on %d platforms, %d checks are well", len(a.registry.All()), len(a.modules.tenancy.Platforms()), len(report.Checks))})
	}
	return out
}

// doctorJobs counts the work that somebody has to look after.
func (a *App) doctorJobs(ctx context.Context) []doctor.Finding {
	var out []doctor.Finding
	wrong := func(format string, n int, mend string) {
		if n > 0 {
			out = append(out, doctor.Finding{State: doctor.Doubt, Found: fmt.Sprintf(format, n), Mend: mend})
		}
	}
	failed, err := a.kit.Jobs.Failed(ctx, nil)
	if err != nil {
		return []doctor.Finding{{State: doctor.Wrong, Found: err.Error(), Mend: "see what is said of the database"}}
	}
	lost, err := a.kit.Events.Undelivered(ctx, a.gate.System())
	if err != nil {
		return []doctor.Finding{{State: doctor.Wrong, Found: err.Error(), Mend: "see what is said of the database"}}
	}
	wrong("%d jobs gave up in the last seven days", failed, "see why at /admin/jobs?state=discarded, mend it and try them again there")
	wrong("%d deliveries of events were put aside", int(lost.Dead), "see why at /admin/events, mend it and deliver them anew there")
	if len(out) == 0 {
		out = append(out, doctor.Finding{State: doctor.Fine, Found: "nothing gave up"})
	}
	return out
}

var marks = map[doctor.State]string{doctor.Fine: "✓", doctor.Doubt: "!", doctor.Wrong: "✗"}

func printFinding(w io.Writer, f doctor.Finding) {
	fmt.Fprintf(w, "%s %-9s %s\n", marks[f.State], f.Check, f.Found)
	if f.Mend != "" {
		fmt.Fprintf(w, "  %-9s %s\n", "", strings.TrimSpace("→ "+f.Mend))
	}
}
