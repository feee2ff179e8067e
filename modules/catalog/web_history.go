package catalog

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
	"orion/modules/tenancy/tenancyapi"
)

// How many entries of a product's history the editor shows, and a page of its own.
const (
	storyShort = 5
	storyLong  = 30
)

// storyOf is what happened last to a product, for its editor.
func (m *Module) storyOf(c staffCtx, p Product) (catalogui.Story, error) {
	path := "/products/history/" + p.ID.String()
	past, err := m.History(c.Context(), c.As.In, p.ID, 0, storyShort+1)
	if err != nil || m.need.Journal == nil {
		return catalogui.Story{}, err
	}
	s := catalogui.Story{}
	if len(past) > storyShort {
		past, s.All = past[:storyShort], path
	}
	s.Events = historyEvents(c, p, past, s.All == "")
	return s, nil
}

func (m *Module) showHistory(c staffCtx) error {
	p, err := m.productOf(c.Context(), c.As, c.Param("id"))
	if err != nil {
		return err
	}
	before, err := strconv.ParseInt(c.Query("before"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	past, err := m.History(c.Context(), c.As.In, p.ID, before, storyLong+1)
	if err != nil {
		return err
	}
	href, path := "/products/"+p.ID.String(), "/products/history/"+p.ID.String()
	v := catalogui.History{Product: p.Title.In(c.Words.Lang()), Href: href}
	if before != 0 {
		v.First = path
	}
	if len(past) > storyLong {
		past = past[:storyLong]
		v.Next = path + "?before=" + strconv.FormatInt(past[storyLong-1].ID, 10)
	}
	v.Events = historyEvents(c, p, past, v.Next == "")
	return c.Page(web.Head{Title: c.Words.T("catalog.history") + " · " + v.Product, Active: "/products"}, v)
}

// historyEvents tell entries of the audit log in words. The oldest is that the
// product was made, also where an import or a program did it, which leave no entry.
func historyEvents(c staffCtx, p Product, past []tenancyapi.Past, whole bool) []ui.Event {
	t := c.Words
	made := false
	var out []ui.Event
	for _, e := range past {
		who := e.Actor.Name
		if who == "" {
			who = t.T("catalog.history_program")
		}
		event := ui.Event{Title: t.T("catalog.history_changed"), Detail: t.DateTime(e.At) + " · " + who}
		if len(e.Before) == 0 {
			event.Title, made = t.T("catalog.history_made"), true
		} else if changes := historyChanges(c, p, e); len(changes) > 0 {
			event.More = ui.Diff{Changes: changes}
		}
		out = append(out, event)
	}
	if whole && !made {
		out = append(out, ui.Event{Title: t.T("catalog.history_made"), Detail: t.DateTime(p.CreatedAt)})
	}
	return out
}

// historyChanges are the values that differ, as the audit log has them by name.
func historyChanges(c staffCtx, p Product, e tenancyapi.Past) []ui.Change {
	var was, is map[string]any
	if json.Unmarshal(e.Before, &was) != nil || json.Unmarshal(e.After, &is) != nil {
		return nil
	}
	var out []ui.Change
	for _, name := range slices.Sorted(maps.Keys(is)) {
		field, of, _ := strings.Cut(name, ofSign)
		change := ui.Change{Label: field, Before: historyValue(c, p, field, was[name]), After: historyValue(c, p, field, is[name])}
		if key := "catalog." + field; c.Words.Has(key) {
			change.Label = c.Words.T(key)
		}
		if of != "" {
			change.Label += ofSign + of
		}
		if change.Before != change.After {
			out = append(out, change)
		}
	}
	return out
}

func historyValue(c staffCtx, p Product, field string, v any) string {
	s, ok := v.(string)
	if !ok && v != nil { // as older entries have it
		text, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		s = string(text)
	}
	switch field {
	case "status", "tax_class":
		if key := "catalog." + strings.TrimSuffix(field, "_class") + "_" + s; c.Words.Has(key) {
			return c.Words.T(key)
		}
	case "price", "compare_at", "cost":
		if a, err := money.Parse(s, p.Currency, "en"); err == nil {
			return c.Words.Money(a)
		}
	}
	return s
}
