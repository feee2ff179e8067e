package content

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/i18n"
)

func load(t *testing.T) Demo {
	t.Helper()
	d, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func complete(t *testing.T, what string, text i18n.Text) {
	t.Helper()
	for _, lang := range i18n.Langs {
		if strings.TrimSpace(text[lang]) == "" {
			t.Errorf("%s has no %s", what, lang)
		}
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	d := load(t)
	products := 0
	for _, s := range d.Stores {
		products += len(s.Products)
		if len(s.Products) < 21 {
			t.Errorf("%s has %d products", s.Code, len(s.Products))
		}
		if n := len(s.Categories); n < 4 || n > 7 {
			t.Errorf("%s has %d top categories", s.Code, n)
		}
	}
	got := []int{len(d.Platforms), len(d.Merchants), len(d.Locations), len(d.Stores)}
	if diff := cmp.Diff([]int{2, 3, 2, 4}, got); diff != "" {
		t.Errorf("numbers: %s", diff)
	}
	if products < 84 || len(d.Customers) != 40 {
		t.Errorf("%d products, %d customers", products, len(d.Customers))
	}
	if diff := cmp.Diff(d, load(t)); diff != "" {
		t.Errorf("a second load differs: %s", diff)
	}
}

func TestWordsAreComplete(t *testing.T) {
	t.Parallel()
	d := load(t)
	for _, p := range d.Platforms {
		complete(t, p.Code, p.Tagline)
	}
	for code, name := range d.Tags {
		complete(t, code, name)
	}
	for _, s := range d.Stores {
		for _, text := range []i18n.Text{s.Tagline, s.Headline, s.Lead, s.Announcement, s.About} {
			complete(t, s.Code, text)
		}
		for _, top := range s.Categories {
			complete(t, top.Slug, top.Name)
			for _, c := range top.Children {
				complete(t, c.Slug, c.Name)
			}
		}
		for _, p := range s.Products {
			for _, text := range []i18n.Text{p.Title, p.Summary, p.Body} {
				complete(t, p.Slug, text)
			}
			for _, o := range p.Options {
				complete(t, o.Code, o.Name)
				for _, v := range o.Values {
					complete(t, v.Code, v.Name)
				}
			}
			for _, pic := range p.Pictures {
				complete(t, pic.Key, pic.Alt)
			}
		}
	}
}

func TestProducts(t *testing.T) {
	t.Parallel()
	d := load(t)
	slug := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, s := range d.Stores {
		leaves := map[string]bool{}
		for _, top := range s.Categories {
			for _, c := range top.Children {
				leaves[c.Slug] = false
			}
		}
		seen := map[string]bool{}
		for _, p := range s.Products {
			if seen[p.Slug] || !slug.MatchString(p.Slug) {
				t.Errorf("slug %q is used twice or malformed", p.Slug)
			}
			seen[p.Slug] = true
			if _, ok := leaves[p.Category]; !ok {
				t.Errorf("%s: no category %q", p.Slug, p.Category)
			}
			leaves[p.Category] = true
			for _, tag := range p.Tags {
				if _, ok := d.Tags[tag]; !ok {
					t.Errorf("%s: no tag %q", p.Slug, tag)
				}
			}
			checkVariants(t, p, seen)
		}
		for c, used := range leaves {
			if !used {
				t.Errorf("%s: category %s is empty", s.Code, c)
			}
		}
	}
}

func checkVariants(t *testing.T, p Product, seen map[string]bool) {
	t.Helper()
	for _, v := range p.Variants {
		if seen[v.SKU] || v.GTIN != "" && seen[v.GTIN] {
			t.Errorf("%s or %s is used twice", v.SKU, v.GTIN)
		}
		seen[v.SKU], seen[v.GTIN] = true, true
		if v.GTIN != "" && !validGTIN(v.GTIN) {
			t.Errorf("%s: GTIN %s", v.SKU, v.GTIN)
		}
		if v.Price <= v.Cost || v.Compare != 0 && v.Compare <= v.Price || v.Price > 400000 {
			t.Errorf("%s: price %d, before %d, cost %d", v.SKU, v.Price, v.Compare, v.Cost)
		}
		if p.Digital != (v.Weight == 0) || p.Digital != (len(v.Levels) == 0) {
			t.Errorf("%s: digital %t, weight %d, levels %v", v.SKU, p.Digital, v.Weight, v.Levels)
		}
		if !strings.HasSuffix(v.Picture, p.Slug) && len(v.Values) == 0 {
			t.Errorf("%s shows %s", v.SKU, v.Picture)
		}
	}
}

func validGTIN(s string) bool {
	sum := 0
	for i, c := range s {
		d := int(c - '0')
		if i%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return len(s) == 13 && sum%10 == 0
}

func TestStaff(t *testing.T) {
	t.Parallel()
	d := load(t)
	roles := map[string]bool{}
	for _, u := range d.Staff {
		roles[u.Role+u.StoreRole] = true
		if !strings.HasSuffix(u.Email, ".example") {
			t.Errorf("%s is not reserved for examples", u.Email)
		}
		if _, ok := d.Store(u.Store); u.Role == "store-member" && !ok {
			t.Errorf("%s: no store %q", u.Email, u.Store)
		}
	}
	for _, role := range []string{"super-admin", "platform-admin", "merchant-owner", "store-membermanager", "store-memberstaff", "store-membersupport", "store-memberviewer"} {
		if !roles[role] {
			t.Errorf("nobody is %s", role)
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	for _, p := range load(t).Pages {
		complete(t, p.Slug, p.Title)
		complete(t, "the text of "+p.Slug, p.Body)
	}
}
