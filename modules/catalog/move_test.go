package catalog

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
	"orion/kit/i18n"
)

// names are the categories below one in their order, those below them in parentheses.
func names(t *Tree, parent CategoryID) string {
	var out []string
	for _, c := range t.Children(parent) {
		s := c.Name.In("en")
		if below := names(t, c.ID); below != "" {
			s += "(" + below + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestMoveCategory(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		at := map[string]CategoryID{"": 0}
		for _, c := range [][2]string{{"A", ""}, {"B", ""}, {"C", ""}, {"B1", "B"}, {"B2", "B"}, {"B3", "B2"}, {"B4", "B3"}, {"B5", "B4"}} {
			at[c[0]] = b.category(t, at[c[1]], i18n.Text{"en": c[0]})
		}
		shape := func() string {
			tree, err := b.Tree(ctx, b.in)
			if err != nil {
				t.Fatal(err)
			}
			return names(tree, 0)
		}
		const first = "A B(B1 B2(B3(B4(B5)))) C"
		for _, step := range []struct{ what, parent, before, want string }{
			{"C", "", "A", "C A B(B1 B2(B3(B4(B5))))"},
			{"B2", "B", "B1", "A B(B2(B3(B4(B5))) B1) C"},
			{"B1", "", "C", "A B(B2(B3(B4(B5)))) B1 C"},
			{"A", "B2", "", "B(B1 B2(B3(B4(B5)) A)) C"},
			{"A", "", "", "B(B1 B2(B3(B4(B5)))) C A"},
		} {
			was, err := b.MoveCategory(ctx, b.in, at[step.what], Spot{at[step.parent], at[step.before]})
			if err != nil || shape() != step.want {
				t.Errorf("%s into %q before %q: %s, want %s, %v", step.what, step.parent, step.before, shape(), step.want, err)
			}
			if _, err := b.MoveCategory(ctx, b.in, at[step.what], was); err != nil || shape() != first {
				t.Errorf("%s taken back: %s, %v", step.what, shape(), err)
			}
		}
		for what, to := range map[string]string{"B": "B3", "A": "B5", "C": "C"} {
			if _, err := b.MoveCategory(ctx, b.in, at[what], Spot{Parent: at[to]}); fault.As(err).Kind != fault.Invalid || shape() != first {
				t.Errorf("%s went into %s: %s, %v", what, to, shape(), err)
			}
		}
		if _, err := b.MoveCategory(ctx, b.in, 99, Spot{}); fault.As(err).Kind != fault.NotFound {
			t.Errorf("nothing moved: %v", err)
		}

		s := b.site(t)
		tree := get(t, s, "/store/categories").Body.String()
		for _, want := range []string{"Move up", "Move down", "Put into B", "Take out of B", `data-move="/store/categories"`} {
			if !strings.Contains(tree, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		// A menu's button has the spot in its address, the script in its form.
		w, _ := postForm(t, s, "/store"+movePath(at["B2"], Spot{at["B"], at["B1"]}), url.Values{})
		if w.Code != http.StatusSeeOther || shape() != "A B(B2(B3(B4(B5))) B1) C" {
			t.Errorf("by its address: %d, %s", w.Code, shape())
		}
		w, _ = postForm(t, s, "/store/categories/"+at["B2"].String()+"/move", url.Values{"parent": {at["B"].String()}, "before": {""}})
		if w.Code != http.StatusSeeOther || shape() != first {
			t.Errorf("by its form: %d, %s", w.Code, shape())
		}
		if w, _ := postForm(t, s, "/store/categories/"+at["B2"].String()+"/move", url.Values{"parent": {"cat_nothing"}}); w.Code != http.StatusNotFound {
			t.Errorf("into nothing: %d", w.Code)
		}
		// Who edits a category leaves it where it is; who puts it elsewhere by the form finds it last.
		form := url.Values{"id": {at["A"].String()}, "name_en": {"A"}, "slug": {"a"}}
		if w, _ := postForm(t, s, "/store/categories", form); w.Code != http.StatusSeeOther || shape() != first {
			t.Errorf("edited: %d, %s", w.Code, shape())
		}
		form.Set("parent", at["B"].String())
		if _, _ = postForm(t, s, "/store/categories", form); shape() != "B(B1 B2(B3(B4(B5))) A) C" {
			t.Errorf("put into B: %s", shape())
		}
	})
}

func TestSpot(t *testing.T) {
	t.Parallel()
	tree := newTree([]Category{{ID: 1}, {ID: 2, Place: 1}, {ID: 3, Parent: 1}, {ID: 4, Parent: 1, Place: 1}})
	got := map[CategoryID]Spot{}
	for _, c := range tree.All() {
		got[c.ID] = tree.SpotOf(c.ID)
	}
	if diff := cmp.Diff(map[CategoryID]Spot{1: {0, 2}, 2: {}, 3: {1, 4}, 4: {1, 0}}, got); diff != "" {
		t.Error(diff)
	}
}
