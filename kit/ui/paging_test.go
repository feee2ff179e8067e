package ui

import (
	"maps"
	"net/url"
	"testing"
)

func TestPaging(t *testing.T) {
	t.Parallel()
	asked := url.Values{"q": {"mill"}, "state": {"open"}, "after": {"c1"}, "other": {"x"}}
	p := PagingOf("/jobs", "c2", asked.Get, "q", "state", "kind")
	for what, c := range map[string][2]string{
		"without a filter": {p.With("state", ""), "/jobs?q=mill"},
		"without two":      {p.Without("state", "q"), "/jobs"},
		"another value":    {p.With("state", "done"), "/jobs?q=mill&state=done"},
		"this page":        {p.Back(), "/jobs?after=c1&q=mill&state=open"},
		"without filters":  {p.Clear(), "/jobs"},
		"the next page":    {p.Pager().Next, "/jobs?after=c2&q=mill&state=open"},
		"the first page":   {p.Pager().First, "/jobs?q=mill&state=open"},
		"the words":        {p.Query(), "mill"},
		"nothing in force": {Paging{Path: "/jobs"}.Clear() + Paging{Path: "/jobs"}.Back(), "/jobs"},
		"the value's name": {p.Pick("state", "State", []Option{{Value: "open", Label: "Open"}}).Value, "Open"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %q, want %q", what, c[0], c[1])
		}
	}
	if kept := p.Keep("q"); !maps.Equal(kept, map[string]string{"state": "open"}) {
		t.Errorf("kept are %v", kept)
	}
	if asked.Get("state") != "open" || p.Values.Get("state") != "open" {
		t.Error("the filters themselves were changed")
	}
}
