package catalog

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyapi"
)

// journal is an audit log in memory.
type journal struct {
	entries []tenancyapi.Entry
	past    []tenancyapi.Past
}

func (j *journal) Record(ctx context.Context, tx tx, e tenancyapi.Entry) error {
	return j.RecordAll(ctx, tx, []tenancyapi.Entry{e})
}

func (j *journal) RecordAll(_ context.Context, tx tx, entries []tenancyapi.Entry) error {
	for _, e := range entries {
		p := tenancyapi.Past{ID: tx.NewID(), Actor: e.Actor, Action: e.Action, At: tx.Now()}
		var err error
		if e.Before != nil {
			if p.Before, err = json.Marshal(e.Before); err != nil {
				return err
			}
		}
		if p.After, err = json.Marshal(e.After); err != nil {
			return err
		}
		j.past, j.entries = append(j.past, p), append(j.entries, e)
	}
	return nil
}

func (j *journal) Story(_ context.Context, _ tx, target string, before int64, limit int) (out []tenancyapi.Past, err error) {
	for i, p := range slices.Backward(j.past) {
		if j.entries[i].Target == target && (before == 0 || p.ID < before) && len(out) < limit {
			out = append(out, p)
		}
	}
	return out, nil
}

// events are the titles and changes of a timeline, newest first.
func events(body string) (out []string) {
	_, body, _ = strings.Cut(body, `<ol class="timeline">`)
	body, _, _ = strings.Cut(body, "</ol>")
	for _, li := range regexp.MustCompile(`(?s)<li.*?</li>`).FindAllString(body, -1) {
		text := regexp.MustCompile(`(?s)<small>.*?</small>|<svg.*?</svg>`).ReplaceAllString(li, " ")
		text = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " ")
		out = append(out, strings.Join(strings.Fields(text), " "))
	}
	return out
}

func TestHistory(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, ada := t.Context(), auth.Actor{Kind: "user", ID: "usr_1", Name: "Ada"}
		j := &journal{}
		b.Module.need.Audit, b.Module.need.Journal = j, j
		table := b.category(t, 0, i18n.Text{"en": "Table"})
		id, err := b.Edit(ctx, b.in, ada, Revision{Product: shirt()})
		if err != nil {
			t.Fatal(err)
		}
		edit := func(change func(*ProductInput)) {
			p, err := b.Product(ctx, b.in, id)
			if err != nil {
				t.Fatal(err)
			}
			in := p.ProductInput
			in.Title, in.Variants = maps.Clone(in.Title), slices.Clone(in.Variants)
			change(&in)
			if _, err := b.Edit(ctx, b.in, ada, Revision{Product: in}); err != nil {
				t.Fatal(err)
			}
		}
		edit(func(p *ProductInput) { p.Title["fr"], p.Category = "Chemise", table })
		edit(func(*ProductInput) {}) // saved as it was: no entry
		edit(func(p *ProductInput) { p.Variants[0].Price, p.Status = euro(8150), Draft })
		price := euro(7777)
		p, err := b.Product(ctx, b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.ChangeMany(ctx, b.in, ada, Many{Kind: BySheet, Patches: []Patch{{Product: id, Variants: []VariantPatch{{Variant: p.Variants[0].ID, Price: &price}}}}}); err != nil {
			t.Fatal(err)
		}
		s, path, whole := b.site(t), "/store/products/"+id.String(), "/store/products/history/"+id.String()
		want := []string{
			"Changed Price · " + p.Choice(p.Variants[0], "en") + " €81.50 €77.77",
			"Changed Price · " + p.Choice(p.Variants[0], "en") + " €89.00 €81.50 Status On sale Draft",
			"Changed Category Table Title · Français Chemise en lin Chemise",
			"Added",
		}
		for _, at := range []string{path, whole} {
			if diff := cmp.Diff(want, events(get(t, s, at).Body.String())); diff != "" {
				t.Errorf("%s: %s", at, diff)
			}
		}
		for range 40 {
			edit(func(p *ProductInput) { p.Featured = !p.Featured })
		}
		w := get(t, s, path)
		if got := events(w.Body.String()); len(got) != storyShort || !strings.Contains(w.Body.String(), whole) {
			t.Errorf("the editor tells %v", got)
		}
		w = get(t, s, whole)
		next := regexp.MustCompile(`href="([^"]*before=[0-9]+)"`).FindStringSubmatch(w.Body.String())
		if got := events(w.Body.String()); len(got) != storyLong || next == nil {
			t.Fatalf("%d events, then %v", len(got), next)
		}
		if got := events(get(t, s, next[1]).Body.String()); len(got) != 44-storyLong || got[len(got)-1] != "Added" {
			t.Errorf("the rest: %v", got)
		}
	})
}

// What an import made has no entry, and yet a beginning.
func TestHistoryBegins(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		j := &journal{}
		b.Module.need.Audit, b.Module.need.Journal = j, j
		id := b.save(t, simple("Cup", 500))
		if got := events(get(t, b.site(t), "/store/products/"+id.String()).Body.String()); !slices.Equal(got, []string{"Added"}) {
			t.Errorf("%v", got)
		}
	})
}

func TestCopy(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, s := t.Context(), b.site(t)
		in := shirt()
		in.Images = []Image{{Key: "products/aa.jpg", Width: 10, Height: 10, Alt: i18n.Text{"en": "Front"}}}
		in.Extra = map[string]string{"handle": "theirs"}
		id := b.save(t, in)
		have, err := b.Product(ctx, b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		path := "/store/products/new?copy=" + id.String()
		body := get(t, s, path).Body.String()
		form := url.Values{}
		for _, m := range regexp.MustCompile(`(?s)<input[^>]*>`).FindAllString(body, -1) {
			if name := attr(m, "name"); name != "" && attr(m, "type") != "file" && (attr(m, "type") != "checkbox" || strings.Contains(m, " checked")) {
				form.Set(name, attr(m, "value"))
			}
		}
		if form.Get("title_en") != have.Title["en"] || form.Get("variants.0.sku") != "" || form.Get("slug") != "" || !strings.Contains(body, `name="variants.0.stock"`) {
			t.Fatalf("the form has %v", form)
		}
		form.Set("status", "draft")
		form.Set("tax_class", string(have.TaxClass))
		form.Set("variants.0.stock", "3")
		w, _ := postForm(t, s, "/store/products?copy="+id.String(), form)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		other, err := b.productOf(ctx, web.Store{In: b.in}, strings.TrimPrefix(w.Header().Get("Location"), "/store/products/"))
		if err != nil {
			t.Fatal(err)
		}
		if other.ID == id || other.Slug != have.Slug+"-2" || other.Status != Draft || len(other.Images) != 1 || other.Images[0].Alt["en"] != "Front" || other.Extra != nil {
			t.Errorf("the copy is %+v", other.ProductInput)
		}
		for i, v := range other.Variants {
			was := have.Variants[i]
			if v.ID == was.ID || v.Price != was.Price || v.SKU != "" || v.GTIN != "" || !v.CompareAt.IsZero() || v.choice() != was.choice() {
				t.Errorf("variant %+v of %+v", v, was)
			}
		}
		if left := other.Variants[0].Stock.Left; left != 3 {
			t.Errorf("%d left", left)
		}
		if now, err := b.Product(ctx, b.in, id); err != nil || now.Version() != have.Version() {
			t.Errorf("the other was touched: %v", err)
		}
		if w := get(t, s, "/store/products/new?copy=prd_nothing"); w.Code != http.StatusNotFound {
			t.Errorf("a copy of nothing: %d", w.Code)
		}
	})
}
