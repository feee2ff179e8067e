package cms

import (
	"context"
	"errors"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/kit/ui"
)

// A store's look takes no statement while it is known, also where nothing was
// published, and one for a store that nobody visited.
func TestLookIsKnown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		statements := func(in tenant.Store) int64 {
			ctx, n := db.WithCounter(t.Context())
			w.Look(ctx, in, "atelier")
			return int64(n.N())
		}
		if cold, warm := statements(w.at.Store), statements(w.at.Store); cold != 1 || warm != 0 {
			t.Errorf("a preset takes %d statements, and %d again", cold, warm)
		}
		w.restyles(t, func(d *Design) { d.Radius = "0" })
		if n := statements(w.at.Store); n != 0 {
			t.Errorf("a draft takes %d statements from those who do not see it", n)
		}
		w.publishes(t)
		if cold, warm := statements(w.at.Store), statements(w.at.Store); cold != 1 || warm != 0 {
			t.Errorf("a design takes %d statements, and %d again", cold, warm)
		}
	})
}

// A draft is looked at by who was given its address, in its store alone and for a week.
func TestTried(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		token := w.PreviewDesign(w.at.Store)
		if look, err := w.Tried(t.Context(), w.at.Store, token, "studio"); err != nil || look.Theme.Light.Accent != ui.Studio.Light.Accent {
			t.Errorf("without a draft it looks as %+v, %v", look.Theme.Light, err)
		}
		w.restyles(t, func(d *Design) { d.Light.Accent = "#5a2fd6"; d.Rules = "h1{color:red}" })
		token = w.PreviewDesign(w.at.Store)
		look, err := w.Tried(t.Context(), w.at.Store, token, "studio")
		must(t, err)
		if !look.Trial || look.Theme.Light.Accent != "#5a2fd6" || !strings.Contains(look.Rules, "#main h1{color:red}") {
			t.Errorf("the draft looks as %+v", look.Theme.Light)
		}
		for _, at := range []struct {
			in    tenant.Store
			token string
		}{{w.other.Store, token}, {w.at.Store, token[1:]}, {w.at.Store, ""}} {
			if _, err := w.Tried(t.Context(), at.in, at.token, "studio"); !errors.Is(err, auth.ErrLink) {
				t.Errorf("%q: %v", at.token, err)
			}
		}
	})
}

// A file that a design shows is not deleted, as it is being made or as it is seen.
func TestDesignUsesFiles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := MediaID(1 << 40)
		uses := func() int {
			all, err := w.MediaUses(context.WithoutCancel(t.Context()), w.at.Store, id)
			must(t, err)
			return len(all)
		}
		if n := uses(); n != 0 {
			t.Fatalf("%d uses of nothing", n)
		}
		w.restyles(t, func(d *Design) { d.Logo = id.String() })
		if uses() != 1 {
			t.Error("the draft does not count")
		}
		w.publishes(t)
		w.restyles(t, func(d *Design) { d.Logo = "" })
		if uses() != 1 {
			t.Error("what shoppers see does not count")
		}
		w.publishes(t)
		if uses() != 0 {
			t.Error("a version that nobody sees counts")
		}
	})
}
