package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/figure"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// counts is a keeper of one figure a variant, which starts with 10 each.
type counts struct {
	have map[catalogapi.VariantID]int64
}

func (c counts) Columns() []figure.Column {
	return []figure.Column{{Code: "loc_1", Label: "Stock · Here"}}
}

func (c counts) of(v catalogapi.VariantID) int64 {
	if n, ok := c.have[v]; ok {
		return n
	}
	return 10
}

func (c counts) Read(_ context.Context, _ *db.Tx[tenant.Store], ids []catalogapi.VariantID) (map[catalogapi.VariantID]map[string]int64, error) {
	out := map[catalogapi.VariantID]map[string]int64{}
	for _, v := range ids {
		out[v] = map[string]int64{"loc_1": c.of(v)}
	}
	return out, nil
}

func (c counts) Set(_ context.Context, _ *db.Tx[tenant.Store], _ auth.Actor, all []FigureChange) ([]FigureRefusal, error) {
	var no []FigureRefusal
	for _, f := range all {
		if c.of(f.Part) != f.From {
			no = append(no, FigureRefusal{Change: f, Why: fault.New(fault.Conflict, "catalog.changed_meanwhile")})
			continue
		}
		c.have[f.Part] = f.To
	}
	return no, nil
}

// goods are n products with one variant, sold for 10.00 each.
func goods(t testing.TB, b *bench, n int) []catalogapi.ProductID {
	t.Helper()
	out := make([]catalogapi.ProductID, n)
	for i := range out {
		p := simple(fmt.Sprintf("Thing %03d", i), 1000)
		p.Tags = []string{"old"}
		out[i] = b.save(t, p)
	}
	return out
}

func ptr[T any](v T) *T { return &v }

func TestChangeManyAndBack(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, j, k := t.Context(), &journal{}, counts{map[catalogapi.VariantID]int64{}}
		b.need.Journal = j
		keepers := []FigureKeeper{k}
		plain := shirt() // not reduced yet: what was reduced, is reduced from another price afterwards
		for i := range plain.Variants {
			plain.Variants[i].CompareAt = money.Amount{}
		}
		shirtID := b.save(t, plain)
		ids := append(goods(t, b, 3), shirtID)
		cat := b.category(t, 0, i18n.Text{"en": "Sale"})
		var before []Product
		patches := make([]Patch, len(ids))
		for i, id := range ids {
			p, err := b.Product(ctx, b.in, id)
			if err != nil {
				t.Fatal(err)
			}
			before = append(before, p)
			v := p.Variants[0]
			patches[i] = Patch{
				Product: id, Seen: p.Version(), Title: i18n.Text{"fr": "Soldé"}, Brand: ptr("Kiln"), Category: &cat, Tags: &[]string{"new", "old"}, Status: ptr(Archived),
				Variants: []VariantPatch{{Variant: v.ID, Price: ptr(euro(500)), CompareAt: ptr(euro(1000)), Cost: ptr(euro(200))}},
				Figures:  []FigureChange{{Whole: id, Part: v.ID, Code: "loc_1", From: 10, To: 3}},
			}
		}
		b.env.Clock.Advance(1e9)
		made, err := b.ChangeMany(ctx, b.in, auth.Actor{Name: "Ada"}, Many{Kind: BySheet, Patches: patches, Keepers: keepers})
		if err != nil {
			t.Fatal(err)
		}
		for i, pid := range ids {
			p, err := b.Product(ctx, b.in, pid)
			if err != nil || p.Title["fr"] != "Soldé" || p.Brand != "Kiln" || p.Category != cat || !slices.Equal(p.Tags, []string{"new", "old"}) || p.Status != Archived ||
				p.Price != euro(500) || p.Variants[0].Past.Lowest != before[i].Variants[0].Price || p.Variants[0].Cost != euro(200) || k.of(p.Variants[0].ID) != 3 {
				t.Errorf("changed to %+v, %v", p, err)
			}
		}
		if hits := get(t, b.site(t), "/search?q=thing"); !strings.Contains(hits.Body.String(), "Nothing found") {
			t.Error("what is archived is still found")
		}
		if len(j.entries) != len(ids) || j.entries[0].Actor.Name != "Ada" || j.entries[0].Target != ids[0].String() {
			t.Errorf("recorded %+v", j.entries)
		}
		if list, err := b.BulkChanges(ctx, b.in); err != nil || len(list) != 1 || list[0].Products != 4 || len(list[0].Lines) != 0 || len(list[0].Fields) != 9 {
			t.Errorf("changes %+v, %v", list, err)
		}
		left, err := b.UndoMany(ctx, b.in, auth.Actor{Name: "Ben"}, made.ID, keepers)
		if err != nil || len(left) != 0 {
			t.Fatalf("left %+v, %v", left, err)
		}
		for i, pid := range ids {
			p, err := b.Product(ctx, b.in, pid)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before[i], p, cmpopts.IgnoreFields(Product{}, "UpdatedAt"), cmpopts.IgnoreFields(Past{}, "Since")); diff != "" {
				t.Errorf("not as before (-want +got):\n%s", diff)
			}
			if k.of(p.Variants[0].ID) != 10 {
				t.Errorf("figure %d", k.of(p.Variants[0].ID))
			}
		}
		if hits := get(t, b.site(t), "/search?q=thing"); !strings.Contains(hits.Body.String(), "Thing 001") {
			t.Error("what is for sale again is not found")
		}
		if _, err := b.UndoMany(ctx, b.in, auth.Actor{}, made.ID, keepers); !errors.Is(err, ErrBulkUndone) {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestUndoLeavesWhatSomebodyChanged(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, ids := t.Context(), goods(t, b, 3)
		patches := make([]Patch, len(ids))
		for i, id := range ids {
			patches[i] = Patch{Product: id, Brand: ptr("Kiln")}
		}
		made, err := b.ChangeMany(ctx, b.in, auth.Actor{Name: "Ada"}, Many{Kind: BySheet, Patches: patches})
		if err != nil {
			t.Fatal(err)
		}
		p, err := b.Product(ctx, b.in, ids[1])
		if err != nil {
			t.Fatal(err)
		}
		p.Title["en"] = "Another thing"
		b.save(t, p.ProductInput)
		left, err := b.UndoMany(ctx, b.in, auth.Actor{Name: "Ada"}, made.ID, nil)
		if err != nil || len(left) != 1 || left[0].Product != ids[1] || left[0].Left != "catalog.undo_changed" {
			t.Fatalf("left %+v, %v", left, err)
		}
		for i, want := range []string{"", "Kiln", ""} {
			if p, err := b.Product(ctx, b.in, ids[i]); err != nil || p.Brand != want {
				t.Errorf("product %d has brand %q, %v", i, p.Brand, err)
			}
		}
		if w := get(t, b.site(t), "/store/products/changes/"+made.ID.String()); !strings.Contains(w.Body.String(), "Somebody changed this product since") || strings.Contains(w.Body.String(), "/undo") {
			t.Errorf("its page: %d %s", w.Code, w.Body)
		}
	})
}

func TestChangeManyRefusesAll(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, ids := t.Context(), goods(t, b, 3)
		p, err := b.Product(ctx, b.in, ids[2])
		if err != nil {
			t.Fatal(err)
		}
		_, err = b.ChangeMany(ctx, b.in, auth.Actor{}, Many{Patches: []Patch{
			{Product: ids[0], Brand: ptr("Kiln")},
			{Product: ids[1], Seen: "another", Brand: ptr("Kiln")},
			{Product: ids[2], Status: ptr(Status("gone")), Variants: []VariantPatch{{Variant: p.Variants[0].ID, Price: ptr(euro(-1))}}},
		}})
		var got []string
		for _, f := range fault.As(err).Fields {
			got = append(got, f.Name+" "+f.Code)
		}
		want := []string{
			ids[1].String() + " catalog.changed_meanwhile", ids[2].String() + ".status catalog.status_unknown", p.Variants[0].ID.String() + ".price catalog.price_wrong",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if p, err := b.Product(ctx, b.in, ids[0]); err != nil || p.Brand != "" {
			t.Errorf("half is written: %q, %v", p.Brand, err)
		}
		if _, err := b.ChangeMany(ctx, b.env.Store(), auth.Actor{}, Many{Patches: []Patch{{Product: ids[0], Brand: ptr("Theirs")}}}); err == nil {
			t.Error("another store changes the product")
		}
	})
}

// Five hundred rows are saved in as many statements as two.
func TestChangeManyStatements(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.need.Journal = &journal{}
		ids := goods(t, b, MaxBulk)
		used := map[int]int{}
		for _, n := range []int{2, MaxBulk} {
			b.env.Clock.Advance(1e9)
			patches := make([]Patch, n)
			of, err := b.Sheet(t.Context(), b.in, SheetAsk{IDs: ids[:n], Lang: "en"})
			if err != nil || len(of.Products) != n {
				t.Fatalf("%d products in the sheet, %v", len(of.Products), err)
			}
			for i, p := range of.Products {
				patches[i] = Patch{
					Product: p.ID, Seen: p.Version(), Title: i18n.Text{"en": fmt.Sprintf("Thing %d of %d", i, n)}, Tags: &[]string{"new"},
					Variants: []VariantPatch{{Variant: p.Variants[0].ID, Price: ptr(euro(int64(100 + i + n))), CompareAt: ptr(euro(5000))}},
				}
			}
			var made BulkChange
			used[n] = count(t.Context(), func(ctx context.Context) {
				made, err = b.ChangeMany(ctx, b.in, auth.Actor{Name: "Ada"}, Many{Kind: BySheet, Patches: patches})
			})
			if err != nil {
				t.Fatal(err)
			}
			undo := count(t.Context(), func(ctx context.Context) { _, err = b.UndoMany(ctx, b.in, auth.Actor{}, made.ID, nil) })
			if err != nil || undo > 15 {
				t.Errorf("taking back %d takes %d statements, %v", n, undo, err)
			}
		}
		if used[MaxBulk] > used[2] || used[MaxBulk] > 15 {
			t.Errorf("statements by rows: %v", used)
		}
		t.Logf("statements by rows: %v", used)
	})
}
