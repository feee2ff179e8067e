package app

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/kit/tenant"
	"orion/modules/monitoring"
)

// watched is what the program shows of itself on the pages of monitoring.
type watched struct {
	jobs    []job.Job
	store   func(tenant.StoreID) (tenant.Store, bool)
	health  *observe.Health
	metrics *observe.Metrics
}

// watching is what monitoring is given.
func (m *modules) watching(k module.Kit, system tenant.System, tail *monitoring.Tail) monitoring.Needs {
	return monitoring.Needs{
		Kit: k, System: system, Ledger: m.tenancy, Reach: m.tenancy.StoresIn, Tail: tail, Tools: k.Config.Links(),
		Platforms: func() []monitoring.Place {
			var out []monitoring.Place
			for _, p := range m.tenancy.Platforms() {
				out = append(out, monitoring.Place{Platform: p.ID, Code: p.Code, Name: p.Name})
			}
			return out
		},
		Store: func(s tenant.StoreID) (tenant.Store, string, bool) {
			in, ok := m.watched().store(s)
			if !ok {
				return in, "", false
			}
			return in, m.tenancy.FirstShop(s).Name, true
		},
		Jobs:   func() []job.Job { return m.watched().jobs },
		Health: func() observe.Report { return m.watched().health.Latest() },
		Timed:  func(what string) ([]monitoring.Timed, error) { return timed(m.watched().metrics, what) },
		Measure: func(ctx context.Context, in tenant.System) ([]monitoring.Reading, error) {
			return m.measure(ctx, in, k.Config.Data)
		},
	}
}

// measure counts what there is of everything.
func (m *modules) measure(ctx context.Context, in tenant.System, data string) ([]monitoring.Reading, error) {
	merchants := map[tenant.MerchantID]bool{}
	shops := m.tenancy.Shops()
	for _, s := range shops {
		merchants[s.Merchant] = true
	}
	out := []monitoring.Reading{
		{Measure: monitoring.Stores, Value: int64(len(shops))}, {Measure: monitoring.Merchants, Value: int64(len(merchants))},
	}
	for _, of := range []struct {
		measure monitoring.Measure
		count   func(context.Context, tenant.System) (int64, error)
	}{{monitoring.Customers, m.customers.Total}, {monitoring.Products, m.catalog.Total}, {monitoring.Orders, m.orders.Total}} {
		n, err := of.count(ctx, in)
		if err != nil {
			return nil, err
		}
		out = append(out, monitoring.Reading{Measure: of.measure, Value: n})
	}
	media, err := folderBytes(filepath.Join(data, "blobs"))
	if err != nil {
		return nil, err
	}
	out = append(out, monitoring.Reading{Measure: monitoring.Media, Value: media})
	if d, ok := observe.DiskOf(data); ok && d.Size > 0 {
		out = append(out, monitoring.Reading{Measure: monitoring.Disk, Value: int64(float64(d.Free) / float64(d.Size) * 100)})
	}
	return out, nil
}

// folderBytes is how much the files below a folder take; what goes away meanwhile
// takes nothing.
func folderBytes(folder string) (sum int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("measure the media: %w", err)
	}
	return sum, nil
}

// timed is what took time on this node.
func timed(m *observe.Metrics, what string) ([]monitoring.Timed, error) {
	switch what {
	case monitoring.Statements:
		var out []monitoring.Timed
		for _, s := range db.Statements() {
			out = append(out, monitoring.Timed{Module: s.Module, Name: s.Name, Count: s.Calls, Failed: s.Failed, Total: s.Took})
		}
		return out, nil
	case monitoring.Work:
		return timings(m, "orion_job_seconds", []string{"module", "kind"}, func(l map[string]string) (string, string) { return l["kind"], "" })
	}
	return timings(m, "orion_http_request_seconds", []string{"module", "audience", "method", "route"}, func(l map[string]string) (string, string) {
		return l["method"] + " " + l["route"], l["audience"]
	})
}

func timings(m *observe.Metrics, name string, by []string, say func(labels map[string]string) (name, about string)) ([]monitoring.Timed, error) {
	all, err := m.Timings(name, by...)
	var out []monitoring.Timed
	for _, t := range all {
		x := monitoring.Timed{Module: t.Labels["module"], Count: int64(t.Count), Total: t.Total, P95: t.P95}
		x.Name, x.About = say(t.Labels)
		out = append(out, x)
	}
	return out, err
}
