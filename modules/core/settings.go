package core

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/kit/tenant"
)

var errUnknown = fault.New(fault.NotFound, "not_found")

// pollEvery is how late a node may learn of settings that another one changed.
const pollEvery = 500 * time.Millisecond

// chosen is what people chose, everywhere, with secrets open. It is built once
// per change and never altered, but for what it puts together when asked. Who
// changed nothing is not in it.
type chosen struct {
	version int64
	by      map[key]string
	menus   map[MenuOf]module.Arrangement
	levels  bool     // somebody above the stores chose something
	whole   sync.Map // whole → string: what a store has, of all levels
	lost    []string // secrets that do not open, and settings that do not fit
}

type whole struct {
	store    tenant.StoreID
	platform tenant.PlatformID
	module   string
}

var _ module.Source = (*Module)(nil)

// Raw is the JSON of a module's settings in a store: its own, on those of its
// merchant, on those of its platform; or nothing.
func (m *Module) Raw(code string, in tenant.Store) string {
	c := m.chosen.Load()
	own := c.by[key{module.AtStore, int64(in.ID()), code}]
	if !c.levels {
		return own
	}
	k := whole{in.ID(), in.Platform(), code}
	if raw, ok := c.whole.Load(k); ok {
		text, _ := raw.(string)
		return text
	}
	text := over(c.by[OfPlatform(in.Platform()).key(code)], c.by[key{module.AtMerchant, int64(in.Merchant()), code}], own)
	c.whole.Store(k, text)
	return text
}

// inherited is what an owner has without choosing.
func (c *chosen) inherited(o Owner, code string) string {
	levels := make([]string, 0, len(o.above))
	for _, a := range o.above {
		levels = append(levels, c.by[a.key(code)])
	}
	return over(levels...)
}

// over puts settings on each other, the last on top. What is no object hides
// what lies below it.
func over(levels ...string) string {
	levels = slices.DeleteFunc(levels, func(s string) bool { return s == "" })
	if len(levels) == 0 {
		return ""
	}
	out := levels[0]
	for _, top := range levels[1:] {
		below, err := readValues(out)
		above, err2 := readValues(top)
		if err != nil || err2 != nil {
			out = top
			continue
		}
		maps.Copy(below, above)
		text, err := below.text()
		if err != nil {
			return top
		}
		out = text
	}
	return out
}

// Refresh looks whether settings changed since this node read them, which costs
// one statement, and reads them again only then.
func (m *Module) Refresh(ctx context.Context) error {
	_, err := db.Read(ctx, m.db, m.system, func(tx *db.Tx[tenant.System]) (struct{}, error) {
		version, err := readVersion(ctx, tx)
		if err != nil || version == m.chosen.Load().version {
			return struct{}{}, err
		}
		rows, err := readRows(ctx, tx)
		if err != nil {
			return struct{}{}, fmt.Errorf("read the settings: %w", err)
		}
		c := m.choose(version, rows)
		if c.menus, err = allMenus(ctx, tx); err != nil {
			return struct{}{}, fmt.Errorf("read the menus: %w", err)
		}
		for {
			have := m.chosen.Load()
			if have.version > c.version || m.chosen.CompareAndSwap(have, c) {
				return struct{}{}, nil
			}
		}
	})
	return err
}

// choose opens what is kept, and looks whether it still fits its module.
func (m *Module) choose(version int64, rows []row) *chosen {
	c := &chosen{version: version, by: make(map[key]string, len(rows))}
	fits := map[string]module.Config{}
	for _, d := range m.all() {
		if d.Config.Defaults != nil {
			fits[d.Code] = d.Config
		}
	}
	for _, r := range rows {
		o := Owner{Level: r.level, ID: r.id}
		raw, lost := m.open(o, r.module, string(r.value))
		c.by[o.key(r.module)] = raw
		c.levels = c.levels || r.level != module.AtStore
		for _, name := range lost {
			c.lost = append(c.lost, "no key opens "+o.place(r.module, name))
		}
		if config, ok := fits[r.module]; ok {
			if err := config.Fit([]byte(raw)); err != nil {
				c.lost = append(c.lost, "does not fit: "+o.place(r.module, err.Error()))
			}
		}
	}
	slices.Sort(c.lost)
	return c
}

// health tells of settings that cannot be used, which count as unchanged.
func (m *Module) health(context.Context) observe.Result {
	lost := m.chosen.Load().lost
	if len(lost) == 0 {
		return observe.OK()
	}
	const shown = 5
	detail := strings.Join(lost[:min(len(lost), shown)], "; ")
	if len(lost) > shown {
		detail += fmt.Sprintf("; and %d more", len(lost)-shown)
	}
	return observe.Result{Status: observe.Degraded, Detail: "settings that cannot be used: " + detail}
}

// Watch keeps the settings fresh until ctx ends.
func (m *Module) Watch(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := m.Refresh(ctx); err != nil && ctx.Err() == nil {
				m.log.WarnContext(ctx, "settings not refreshed", "error", err.Error())
			}
		}
	}
}

// Keep writes down a fact of a module about a store, under a name that is no
// module's, so that its settings tell it to every page from memory. Nobody
// chooses it, and no form shows it. fact is asked when nobody else is about to
// write the same one down, so that of two changes at once the second tells of both.
func (m *Module) Keep(ctx context.Context, tx *db.Tx[tenant.Store], name string, fact func() (any, error)) error {
	if err := holdSettings(ctx, tx, name); err != nil {
		return err
	}
	v, err := fact()
	if err != nil {
		return err
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	tx.AfterCommit(func() { m.refreshed(ctx) })
	return saveSettings(ctx, tx, name, raw)
}

// refreshed shows a committed change on this node; the next look makes up for a
// failure.
func (m *Module) refreshed(ctx context.Context) {
	if err := m.Refresh(context.WithoutCancel(ctx)); err != nil {
		m.log.WarnContext(ctx, "settings not refreshed", "error", err.Error())
	}
}

// configured is a module that has settings.
func (m *Module) configured(code string) (module.Definition, error) {
	for _, d := range m.all() {
		if d.Code == code && d.Config.Defaults != nil {
			return d, nil
		}
	}
	return module.Definition{}, errUnknown
}

func (m *Module) all() []module.Definition {
	if m.modules == nil {
		return nil
	}
	return m.modules()
}
