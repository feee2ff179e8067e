package ui_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/page"
	"orion/kit/ui"
)

func TestViewsOf(t *testing.T) {
	t.Parallel()
	own := []ui.Tab{{Label: "All"}, {Label: "Draft", Active: true}}
	saved := []page.View{{ID: "viw_1", Name: "Dear drafts", Query: "sort=-price&status=draft"}}
	active := func(v ui.SavedViews) (out []string) {
		for _, s := range v.Views {
			if s.Tab.Active {
				out = append(out, s.Tab.Label)
			}
		}
		return out
	}
	v := ui.ViewsOf("products", own, saved, map[string][]string{"status": {"draft"}, "sort": {"-price"}, "after": {"x"}})
	if diff := cmp.Diff([]string{"Dear drafts"}, active(v)); diff != "" || v.Query != "" {
		t.Errorf("of a saved view, %q may be saved: %s", v.Query, diff)
	}
	v = ui.ViewsOf("products", own, saved, map[string][]string{"status": {"draft"}})
	if diff := cmp.Diff([]string{"Draft"}, active(v)); diff != "" || v.Query != "status=draft" {
		t.Errorf("of no saved view, %q may be saved: %s", v.Query, diff)
	}
}
