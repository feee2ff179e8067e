package customers

import (
	"cmp"
	"slices"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/modules/customers/customersapi"
)

// latestStory is how much of what happened a customer's page shows.
const latestStory = 12

// story is what happened to a customer lately, the newest first: what all modules
// tell, and the account's own beginning.
func story(w i18n.Words, c Customer, told [][]customersapi.Happening) []ui.Event {
	all := slices.Concat(told...)
	if !c.Registered.IsZero() {
		all = append(all, customersapi.Happening{At: c.Registered, Key: "customers.story_registered"})
	}
	if !c.ConsentAt.IsZero() {
		key := "customers.story_withdrew"
		if c.Consent {
			key = "customers.story_agreed"
		}
		all = append(all, customersapi.Happening{At: c.ConsentAt, Key: key})
	}
	slices.SortStableFunc(all, func(a, b customersapi.Happening) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Of, a.Of)) })
	out := make([]ui.Event, 0, latestStory)
	for _, h := range all[:min(len(all), latestStory)] {
		e := ui.Event{Title: w.T(h.Key, h.Args...), Detail: w.DateTime(h.At)}
		if h.Of != "" {
			e.More = ui.TextLink{Label: h.Of, Href: h.Path}
		}
		out = append(out, e)
	}
	return out
}
