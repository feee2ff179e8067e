package catalog

import (
	"strconv"
	"strings"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
)

// patchWords say what a change of many products did to one of them.
type patchWords struct {
	c       staffCtx
	tree    *Tree
	figures []FigureKeeper
}

func (w patchWords) of(l BulkLine) []ui.Change {
	var out []ui.Change
	t := w.c.Words
	add := func(key, before, after string) {
		out = append(out, ui.Change{Label: t.T(key), Before: before, After: after})
	}
	a, b := l.Before, l.After
	for _, lang := range i18n.Langs {
		if s, ok := b.Title[lang]; ok {
			out = append(out, ui.Change{Label: t.T("catalog.title") + " · " + lang.Name(), Before: a.Title[lang], After: s})
		}
	}
	if b.Deleted != nil {
		add("catalog.status", t.T("catalog.status_"+string(or(a.Status, Archived))), t.T("catalog.change_deleted"))
		return out
	}
	if b.Status != nil {
		add("catalog.status", t.T("catalog.status_"+string(*a.Status)), t.T("catalog.status_"+string(*b.Status)))
	}
	if b.Brand != nil {
		add("catalog.brand", *a.Brand, *b.Brand)
	}
	if b.Category != nil {
		add("catalog.category", w.category(*a.Category), w.category(*b.Category))
	}
	if b.Tags != nil {
		add("catalog.tags", strings.Join(*a.Tags, ", "), strings.Join(*b.Tags, ", "))
	}
	for i, v := range b.Variants {
		was := a.Variants[i]
		for _, x := range []struct {
			key         string
			before, now *money.Amount
		}{{"catalog.price", was.Price, v.Price}, {"catalog.compare_at", was.CompareAt, v.CompareAt}, {"catalog.cost", was.Cost, v.Cost}} {
			if x.now != nil {
				add(x.key, w.amount(x.before), w.amount(x.now))
				if v.Name != "" {
					out[len(out)-1].Label += " · " + v.Name
				}
			}
		}
	}
	for _, f := range b.Figures {
		out = append(out, ui.Change{Label: w.figure(f.Code), Before: strconv.FormatInt(f.From, 10), After: strconv.FormatInt(f.To, 10)})
	}
	return out
}

func (w patchWords) category(c CategoryID) string {
	have, ok := w.tree.Find(c)
	if !ok {
		return w.c.Words.T("catalog.category_none")
	}
	return have.Name.In(w.c.Words.Lang())
}

func (w patchWords) amount(a *money.Amount) string {
	if a == nil || a.Currency == "" {
		return ""
	}
	return w.c.Words.Money(*a)
}

func (w patchWords) figure(code string) string {
	for _, k := range w.figures {
		for _, c := range k.Columns() {
			if c.Code == code {
				return c.Label
			}
		}
	}
	return w.c.Words.T("catalog.stock")
}
