package cms

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/fault"
	"orion/modules/cms/cmsapi"
)

// part is a section that was read: its kind and what is written in it.
type part struct {
	id    string
	name  string // of the kind
	kind  cmsapi.Kind
	value cmsapi.Section
	bad   error // why it cannot be shown
}

// parts reads sections. One that cannot be read says why, and is left out later.
func (k *kinds) parts(all []Section) []part {
	out := make([]part, len(all))
	for i, s := range all {
		out[i] = part{id: s.ID, name: s.Kind}
		kind, ok := k.named(s.Kind)
		if !ok {
			out[i].bad = errNoKind
			continue
		}
		out[i].kind = kind
		if out[i].value, out[i].bad = kind.Read(s.Value); out[i].bad != nil {
			out[i].bad = fault.New(fault.Internal, "cms.section_unreadable").Because(out[i].bad)
		}
	}
	return out
}

// drawn is a section that is ready to be written, or why it is not.
type drawn struct {
	part
	draw cmsapi.Drawing
}

// draw asks the sections what there is to show. What a module has to say may fail:
// the others are shown all the same.
func (m *Module) draw(ctx context.Context, all []part, at cmsapi.Spot) []drawn {
	out := make([]drawn, 0, len(all))
	for _, p := range all {
		d := drawn{part: p}
		if d.bad == nil && !m.kinds.on(at.In.Platform(), p.kind) {
			d.bad = errOff
		}
		if d.bad == nil {
			at.ID, at.First = "section-"+p.id, len(out) == 0
			d.draw, d.bad = ask(ctx, p.value, at)
		}
		if d.draw != nil || d.bad != nil {
			out = append(out, d)
		}
	}
	return out
}

// errOff says that the module of a section is off.
var errOff = fault.New(fault.Rule, "cms.section_off")

func ask(ctx context.Context, s cmsapi.Section, at cmsapi.Spot) (d cmsapi.Drawing, err error) {
	defer saved(&err)
	return s.Draw(ctx, at)
}

// saved turns a panic into an error.
func saved(err *error) {
	if p := recover(); p != nil {
		*err = fault.New(fault.Internal, "cms.section_failed").Because(fmt.Errorf("panic: %v", p))
	}
}

// written is what a section writes, whole or not at all.
func (d drawn) written(ctx context.Context, into *bytes.Buffer) (err error) {
	defer saved(&err)
	return d.draw(ctx, into)
}

// body writes the sections of a page. One that fails is left out, and instead says
// what stands in its place, for who is to see why.
type body struct {
	m       *Module
	on      PageID
	owner   int64
	all     []drawn
	before  cmsapi.Drawing
	instead func(ctx context.Context, w io.Writer, d drawn, why error) error // nil leaves it out
}

// Render implements templ.Component.
func (b body) Render(ctx context.Context, w io.Writer) error {
	if b.before != nil {
		if err := b.before(ctx, w); err != nil {
			return err
		}
	}
	var buf bytes.Buffer
	for _, d := range b.all {
		buf.Reset()
		err := d.bad
		if err == nil {
			err = d.written(ctx, &buf)
		}
		if err == nil {
			if _, err := w.Write(buf.Bytes()); err != nil {
				return err
			}
			b.m.wellAgain(b.owner, b.on, d.part)
			continue
		}
		if b.instead != nil {
			if err := b.instead(ctx, w, d, err); err != nil {
				return err
			}
			continue
		}
		b.m.leftOut(ctx, b.owner, b.on, d.part, err)
	}
	return nil
}

// trouble is why a section of a page that is read was left out, and when.
type trouble struct {
	At  time.Time
	Why string // code of the fault
}

type troubleKey struct {
	owner int64
	page  PageID
	id    string
}

const (
	troublesKept = 10_000
	troublesAge  = 24 * time.Hour
)

func newTroubles() *otter.Cache[troubleKey, trouble] {
	return otter.Must(&otter.Options[troubleKey, trouble]{MaximumSize: troublesKept, ExpiryCalculator: otter.ExpiryWriting[troubleKey, trouble](troublesAge)})
}

// leftOut notes that readers did not get to see a section: for its staff, and once
// in a while in the log.
func (m *Module) leftOut(ctx context.Context, owner int64, on PageID, p part, err error) {
	key := troubleKey{owner, on, p.id}
	code := fault.As(err).Code
	if had, ok := m.troubles.GetIfPresent(key); !ok || had.Why != code {
		m.need.Kit.Log.WarnContext(ctx, "a section was left out of a page", "page", on.String(), "section", p.name, "error", err.Error())
	}
	m.troubles.Set(key, trouble{At: m.need.Kit.Clock.Now(), Why: code})
}

// wellAgain forgets what was wrong with a section.
func (m *Module) wellAgain(owner int64, on PageID, p part) {
	if m.troubles.EstimatedSize() > 0 {
		m.troubles.Invalidate(troubleKey{owner, on, p.id})
	}
}

// troublesOf are the sections of a page that readers did not get to see lately.
func (m *Module) troublesOf(owner int64, on PageID, all []Section) map[string]trouble {
	out := map[string]trouble{}
	for _, s := range all {
		if t, ok := m.troubles.GetIfPresent(troubleKey{owner, on, s.ID}); ok {
			out[s.ID] = t
		}
	}
	return out
}

// places are the values of what texts name.
func places(s cmsapi.Shop) map[string]string {
	return map[string]string{
		"store": s.Name, "merchant": s.Merchant, "email": s.Email, "phone": s.Phone, "address": strings.Join(s.Address, "\n"), "platform": s.Platform,
	}
}

// live is what readers see of a page.
type live struct {
	Reading
	parts []part
}

type liveKey struct {
	linksKey
	page PageID
}

// liveKept bounds the memory for pages that are read, which are some 20 kB each.
const liveKept = 3000

func newLive() *otter.Cache[liveKey, live] {
	return otter.Must(&otter.Options[liveKey, live]{MaximumSize: liveKept, ExpiryCalculator: otter.ExpiryWriting[liveKey, live](linksAge)})
}

// newLast keeps the last good state of pages for while they cannot be read.
func newLast() *otter.Cache[liveKey, live] {
	return otter.Must(&otter.Options[liveKey, live]{MaximumSize: liveKept, ExpiryCalculator: otter.ExpiryWriting[liveKey, live](time.Hour)})
}

// parts reads the sections that readers see.
func (s *Shelf[S]) parts(ctx context.Context, in S, all []Section) ([]part, error) {
	out := s.kinds.parts(seenSections(all))
	if s.fill == nil {
		return out, nil
	}
	return out, s.fill(ctx, in, out)
}

// composed is a page that is read, mostly from memory. When it cannot be read, the
// last good state is given.
func (s *Shelf[S]) composed(ctx context.Context, in S, l Link) (live, error) {
	owner := ownerOf(in)
	key, last := liveKey{linksKey{owner, s.links.gen(owner).Load()}, l.ID}, liveKey{linksKey{owner: owner}, l.ID}
	if have, ok := s.live.GetIfPresent(key); ok {
		return have, nil
	}
	r, err := s.read(ctx, in, l)
	out := live{Reading: r}
	if err == nil {
		out.parts, err = s.parts(ctx, in, r.Sections)
	}
	if err == nil {
		s.live.Set(key, out)
		s.last.Set(last, out)
		return out, nil
	}
	if have, ok := s.last.GetIfPresent(last); ok && fault.As(err).Kind == fault.Internal && ctx.Err() == nil {
		s.kit.Log.WarnContext(ctx, "a page is shown as it was, because it cannot be read", "page", l.ID.String(), "error", err.Error())
		return have, nil
	}
	return live{}, err
}
