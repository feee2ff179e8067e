package cms

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/kit/ui"
)

// Look is what pages of a storefront are drawn with. Its values are shared and must
// not be changed.
type Look struct {
	Theme ui.Theme
	Rules string // of the merchant, for pages on which nobody pays or signs in
	Logo  Media  // without an identifier there is none
	Icon  Media
	Share Media
	Trial bool // it is a draft that somebody looks at

	preset bool // nothing was published
}

// worn is the memory of what shoppers see. A store's entry is some 10 kB, and at
// most 35 with rules of its own.
type worn struct {
	known   *otter.Cache[linksKey, Look]
	last    *otter.Cache[int64, Look]
	gens    *[256]atomic.Uint64
	trouble *otter.Cache[int64, string] // why the design that should be seen is not
}

const wornKept = 2000

func newWorn() worn {
	return worn{
		known:   otter.Must(&otter.Options[linksKey, Look]{MaximumSize: wornKept, ExpiryCalculator: otter.ExpiryWriting[linksKey, Look](linksAge)}),
		last:    otter.Must(&otter.Options[int64, Look]{MaximumSize: wornKept, ExpiryCalculator: otter.ExpiryWriting[int64, Look](time.Hour)}),
		gens:    &[256]atomic.Uint64{},
		trouble: otter.Must(&otter.Options[int64, string]{MaximumSize: wornKept, ExpiryCalculator: otter.ExpiryWriting[int64, string](troublesAge)}),
	}
}

func (w worn) gen(owner int64) *atomic.Uint64 { return &w.gens[uint64(owner)*0x9e3779b97f4a7c15>>56] }

func (w worn) forget(in tenant.Store) { w.gen(ownerOf(in)).Add(1) }

// Look is how a store looks: its design, else the preset of that code. Mostly it is
// from memory, else one statement, and one more for its pictures. It never fails:
// what cannot be read is as it was, or the preset.
func (m *Module) Look(ctx context.Context, in tenant.Store, preset string) Look {
	owner := ownerOf(in)
	key := linksKey{owner, m.worn.gen(owner).Load()}
	look, ok := m.worn.known.GetIfPresent(key)
	if !ok {
		var err error
		if look, err = m.lookOf(ctx, in); err == nil {
			m.worn.known.Set(key, look)
			m.worn.last.Set(owner, look)
		} else if ctx.Err() == nil {
			m.need.Kit.Log.WarnContext(ctx, "a store looks as it did, because its design cannot be read", "store", in.ID().String(), "error", err.Error())
			if look, ok = m.worn.last.GetIfPresent(owner); !ok {
				look = Look{preset: true}
			}
		} else {
			look = Look{preset: true}
		}
	}
	if look.preset {
		look.Theme = ui.Preset(preset)
	}
	return look
}

// lookOf reads what shoppers see: the version that was published, or the last one
// before it that is good.
func (m *Module) lookOf(ctx context.Context, in tenant.Store) (Look, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (Look, error) {
		v, err := liveDesign(ctx, tx)
		if err != nil || v.Number == 0 {
			return Look{preset: true}, err
		}
		d, bad := readDesign(v.Text)
		if bad == nil {
			m.worn.trouble.Invalidate(ownerOf(in))
			return m.dressed(ctx, tx, d)
		}
		m.need.Kit.Log.WarnContext(ctx, "a design is broken", "store", in.ID().String(), "version", v.Number, "error", bad.Error())
		m.worn.trouble.Set(ownerOf(in), fault.As(bad).Code)
		earlier, err := earlierDesigns(ctx, tx, v.Number)
		if err != nil {
			return Look{}, err
		}
		for _, v := range earlier {
			if d, bad := readDesign(v.Text); bad == nil {
				return m.dressed(ctx, tx, d)
			}
		}
		return Look{preset: true}, nil
	})
}

// dressed is a design with its pictures, as pages are drawn with it.
func (m *Module) dressed(ctx context.Context, tx mediaTx, d Design) (Look, error) {
	look := Look{Theme: d.Theme()}
	look.Rules, _ = d.rules()
	ids := d.files()
	if len(ids) == 0 {
		return look, nil
	}
	all, err := mediaByIDs(ctx, tx, ids)
	for _, f := range all {
		for at, id := range map[*Media]string{&look.Logo: d.Logo, &look.Icon: d.Icon, &look.Share: d.Share} {
			if f.ID.String() == id && f.Drawn.Key != "" {
				*at = f
			}
		}
	}
	return look, err
}

// Tried is how a store looks to who was given the address of its draft: one
// statement, and one for its pictures. Without a draft that can be read it is the
// preset of that code.
func (m *Module) Tried(ctx context.Context, in tenant.Store, token, preset string) (Look, error) {
	if _, err := m.need.Kit.Sign.Open(designPurpose, ownerOf(in), token); err != nil {
		return Look{}, err
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (Look, error) {
		s, err := findDesign(ctx, tx)
		if err != nil {
			return Look{}, err
		}
		d, bad := readDesign(s.Text)
		if bad != nil { // the editor says why
			d = DesignOf(preset)
		}
		look, err := m.dressed(ctx, tx, d)
		look.Trial = true
		return look, err
	})
}

// Broken tells why shoppers do not see the design that was published, empty when they do.
func (m *Module) Broken(in tenant.Store) string {
	code, _ := m.worn.trouble.GetIfPresent(ownerOf(in))
	return code
}
