package cms

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Around is what stands around a page of a storefront.
type Around struct {
	// Header and Footer are the menus of a store that arranged them: OwnHeader and
	// OwnFooter tell which; the others are as nobody arranged them.
	Header, Footer       []Entry
	OwnHeader, OwnFooter bool
	// Bar is the announcement; OwnBar tells that the store made one, also when it is
	// not its time. One without a text is not shown.
	Bar    Shown
	OwnBar bool
	Trial  bool // they are drafts that somebody looks at
}

// fittings are those that shoppers of a store see. They are shared, and must not be changed.
type fittings struct {
	menus map[FittingKind][]MenuItem
	bar   *Bar
}

// fitted is the memory of them: some 5 kB of a store.
type fitted struct {
	known   *otter.Cache[linksKey, fittings]
	last    *otter.Cache[int64, fittings]
	gens    *[256]atomic.Uint64
	trouble *otter.Cache[troubledFitting, string] // why what should be seen is not
}

type troubledFitting struct {
	owner int64
	kind  FittingKind
}

func newFitted() fitted {
	return fitted{
		known:   otter.Must(&otter.Options[linksKey, fittings]{MaximumSize: wornKept, ExpiryCalculator: otter.ExpiryWriting[linksKey, fittings](linksAge)}),
		last:    otter.Must(&otter.Options[int64, fittings]{MaximumSize: wornKept, ExpiryCalculator: otter.ExpiryWriting[int64, fittings](time.Hour)}),
		gens:    &[256]atomic.Uint64{},
		trouble: otter.Must(&otter.Options[troubledFitting, string]{MaximumSize: wornKept, ExpiryCalculator: otter.ExpiryWriting[troubledFitting, string](troublesAge)}),
	}
}

func (f fitted) gen(owner int64) *atomic.Uint64 { return &f.gens[uint64(owner)*0x9e3779b97f4a7c15>>56] }

func (f fitted) forget(in tenant.Store) { f.gen(ownerOf(in)).Add(1) }

// Around is what stands around the pages of a store for a reader of l: mostly from
// memory, else one statement. It never fails: what cannot be read is as it was, or as
// nobody arranged it.
func (m *Module) Around(ctx context.Context, at At, l i18n.Lang) Around {
	have, err := m.fittingsNow(ctx, at.Store)
	if err != nil && ctx.Err() == nil {
		m.need.Kit.Log.WarnContext(ctx, "a store has the menus that it had, because they cannot be read", "store", at.Store.ID().String(), "error", err.Error())
		have, _ = m.fitted.last.GetIfPresent(ownerOf(at.Store))
	}
	return m.around(ctx, at, have, l)
}

func (m *Module) around(ctx context.Context, at At, have fittings, l i18n.Lang) Around {
	var out Around
	header, own := have.menus[HeaderMenu]
	if out.OwnHeader = own; own {
		out.Header = entriesOf(m.lead(ctx, at, header), l)
	}
	footer, own := have.menus[FooterMenu]
	if out.OwnFooter = own; own {
		out.Footer = entriesOf(m.lead(ctx, at, footer), l)
	}
	if out.OwnBar = have.bar != nil; out.OwnBar {
		out.Bar = have.bar.shown(l, m.need.Kit.Clock.Now())
	}
	return out
}

// fittingsOf reads what shoppers see: the versions that were published, or the last
// ones before them that are good.
func (m *Module) fittingsOf(ctx context.Context, in tenant.Store) (fittings, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (fittings, error) {
		out := fittings{menus: map[FittingKind][]MenuItem{}}
		all, err := liveFittings(ctx, tx)
		if err != nil {
			return out, err
		}
		for _, f := range all {
			at := troubledFitting{ownerOf(in), f.kind}
			bad := out.take(f.kind, f.text)
			if bad == nil {
				m.fitted.trouble.Invalidate(at)
				continue
			}
			m.need.Kit.Log.WarnContext(ctx, "a menu or bar is broken", "store", in.ID().String(), "kind", string(f.kind), "version", f.number, "error", bad.Error())
			m.fitted.trouble.Set(at, fault.As(bad).Code)
			earlier, err := earlierFittings(ctx, tx, f)
			if err != nil {
				return out, err
			}
			for _, v := range earlier {
				if out.take(f.kind, v.Text) == nil {
					break
				}
			}
		}
		return out, nil
	})
}

// take adds what is stored of a kind, if it is good.
func (f *fittings) take(kind FittingKind, text string) error {
	if kind == TheBar {
		b, err := readBar(text)
		if err == nil {
			f.bar = &b
		}
		return err
	}
	m, err := readMenu(kind, text)
	if err == nil {
		f.menus[kind] = m.Items
	}
	return err
}

// BrokenFitting tells why shoppers do not see what was published, empty when they do.
func (m *Module) BrokenFitting(in tenant.Store, kind FittingKind) string {
	code, _ := m.fitted.trouble.GetIfPresent(troubledFitting{ownerOf(in), kind})
	return code
}

// TriedAround is what stands around pages for who was given the address of the drafts:
// one statement. A draft that cannot be read is as nobody arranged it.
func (m *Module) TriedAround(ctx context.Context, at At, token string, l i18n.Lang) (Around, error) {
	if _, err := m.need.Kit.Sign.Open(fittingPurpose, ownerOf(at.Store), token); err != nil {
		return Around{}, err
	}
	have, err := db.Read(ctx, m.need.Kit.DB, at.Store, func(tx mediaTx) (fittings, error) {
		out := fittings{menus: map[FittingKind][]MenuItem{}}
		all, err := allFittings(ctx, tx)
		for _, f := range all {
			_ = out.take(f.Kind, f.Text) // the editor says why
		}
		return out, err
	})
	if err != nil {
		return Around{}, err
	}
	if have.bar != nil { // whose time may not have come yet
		b := *have.bar
		b.From, b.Until = time.Time{}, time.Time{}
		have.bar = &b
	}
	out := m.around(ctx, at, have, l)
	out.Trial = true
	return out, nil
}

// fittingsNow are those that shoppers see, mostly from memory.
func (m *Module) fittingsNow(ctx context.Context, in tenant.Store) (fittings, error) {
	owner := ownerOf(in)
	key := linksKey{owner, m.fitted.gen(owner).Load()}
	if have, ok := m.fitted.known.GetIfPresent(key); ok {
		return have, nil
	}
	have, err := m.fittingsOf(ctx, in)
	if err == nil {
		m.fitted.known.Set(key, have)
		m.fitted.last.Set(owner, have)
	}
	return have, err
}

// fittingDifferences are how what is stored of two states of a fitting differs.
func fittingDifferences(kind FittingKind, a, b string, zone *time.Location) ([]Difference, error) {
	if kind == TheBar {
		x, _ := readBar(a) // a draft that cannot be read has nothing
		y, err := readBar(b)
		return barDifferences(x, y, zone), err
	}
	x, _ := readMenu(kind, a)
	y, err := readMenu(kind, b)
	if err != nil {
		return nil, err
	}
	return menuDifferences(x, y), nil
}
