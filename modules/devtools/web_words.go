package devtools

import (
	"cmp"
	"slices"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/web"
	"orion/modules/devtools/devtoolsui"
)

const wordsPath = "/dev-tools/words"

func (m *Module) wordRoutes(mux *web.Mux[web.Admin]) {
	need := web.Need(MayView)
	mux.Get(wordsPath, need, m.wordsPage)
	mux.Get(wordsPath+".csv", need, m.wordsTable)
	mux.Get(wordsPath+".json", need, m.wordsFile)
	mux.Get(wordsPath+"/{word}", web.Need(MayReword), m.wordPage)
	mux.Post(wordsPath+"/{word}", web.Need(MayReword), m.reworded)
}

// words are those that the address chooses.
func (m *Module) words(c *ctx) []Word {
	all := Words(m.need.Kit.Bundle, func(code string) bool { _, ok := m.need.Program().Registry.Find(code); return ok || code == "app" })
	of, kind, lang := c.Query("module"), c.Query("kind"), i18n.Lang(c.Query("lang"))
	in := func(langs []i18n.Lang) bool { return len(langs) > 0 && (!lang.Valid() || slices.Contains(langs, lang)) }
	return slices.DeleteFunc(all, func(w Word) bool {
		switch {
		case of != "" && w.Module != of, kind == "missing" && !in(w.Missing), kind == "same" && !in(w.Same), kind == "unused" && w.Asked, kind == "reworded" && !in(w.Reworded):
			return true
		}
		texts := []string{w.Key}
		for _, s := range w.In {
			texts = append(texts, s.Text)
		}
		return !matches(c.Query("q"), texts...)
	})
}

func (m *Module) wordsPage(c *ctx) error {
	address := at(c, "q", "module", "kind", "lang")
	v := devtoolsui.Catalogue{Kind: "words", Buttons: []ui.Button{
		{Label: "CSV", Icon: icon.Download, Href: address.To(wordsPath + ".csv")},
		{Label: "JSON", Icon: icon.Download, Href: address.To(wordsPath + ".json")},
	}}
	for _, w := range m.need.Kit.Bundle.Entries() {
		code := wordModule(w.Key, func(code string) bool { _, ok := m.need.Program().Registry.Find(code); return ok || code == "app" })
		v.Modules = addOnce(v.Modules, code, moduleName(c, code))
	}
	for _, w := range m.words(c) {
		e := devtoolsui.Entry{Key: w.Key, Title: w.Key, Module: w.Module, Mono: true}
		if c.As.Grants.Has(MayReword) {
			e.Href = wordsPath + "/" + w.Key
		}
		for _, l := range i18n.Langs {
			s, ok := w.In[l]
			cell := devtoolsui.Cell{Text: s.Text}
			switch {
			case !ok:
				cell.Warn = c.Words.T("dev_tools.kind_missing")
			case slices.Contains(w.Reworded, l):
				cell.Note = c.Words.T("dev_tools.kind_reworded")
			case slices.Contains(w.Same, l):
				cell.Note = c.Words.T("dev_tools.kind_same")
			}
			e.Cells = append(e.Cells, cell)
		}
		v.Rows = append(v.Rows, e)
	}
	return m.show(c, v, wordsPath, "kind", "lang")
}

func (m *Module) wordsTable(c *ctx) error {
	lines := [][]string{{"key", "module"}}
	for _, l := range i18n.Langs {
		lines[0] = append(lines[0], string(l))
	}
	for _, w := range m.words(c) {
		line := []string{w.Key, w.Module}
		for _, l := range i18n.Langs {
			line = append(line, w.In[l].Text)
		}
		lines = append(lines, line)
	}
	return csvFile(c, "words.csv", lines)
}

// wordsFile gives the words of one language as the locale file of a module has them.
func (m *Module) wordsFile(c *ctx) error {
	l, ok := i18n.ParseLang(c.Query("lang"))
	if !ok {
		l = i18n.En
	}
	text, err := LocaleFile(m.words(c), l)
	if err != nil {
		return err
	}
	_, err = c.Download(cmp.Or(c.Query("module"), "all")+"."+string(l)+".json", "application/json").Write(text)
	return err
}
