package cms

import (
	"strconv"

	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsui"
)

// versionRows is how many versions a page of them has.
const versionRows = 20

// versionsPage shows the versions of a page, and how the one that is asked for
// differs from what is being written: two statements, and one more with it.
func (k desk[A, S]) versionsPage(c *web.Ctx[A]) error {
	p, id, err := k.at(c)
	if err != nil {
		return err
	}
	page, err := k.shelf.Page(c.Context(), p.in, id)
	if err != nil {
		return err
	}
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64) // what is no number is from the latest
	all, err := k.shelf.Versions(c.Context(), p.in, id, before, versionRows+1)
	if err != nil {
		return err
	}
	w := c.Words.Zone(p.zone)
	path := p.base + "/" + id.String() + "/versions"
	with := func(name string, n int64) string {
		if p.query == "" {
			return path + "?" + name + "=" + number(n)
		}
		return path + p.query + "&" + name + "=" + number(n)
	}
	v := cmsui.Versions{
		Title: page.Title.In(w.Lang()), Href: p.path(id), Lists: w.T(k.listWord()), Back: p.base + p.query, Action: p.base + "/" + id.String() + "/restore" + p.query, May: k.may(c, MayEdit),
	}
	if len(all) > versionRows {
		all = all[:versionRows]
		v.Next = with("before", all[versionRows-1].Number)
	}
	if before > 0 {
		v.First = path + p.query
	}
	for _, of := range all {
		r := cmsui.VersionRow{Name: w.T("cms.version_n", "n", number(of.Number)), Detail: w.DateTime(of.At) + " · " + who(w, of.Author), Href: with("n", of.Number)}
		if of.Number == page.Live {
			r.Badge = ui.Badge{Label: w.T("cms.shown"), Tone: ui.OK}
		}
		v.Rows = append(v.Rows, r)
	}
	if n, err := strconv.ParseInt(c.Query("n"), 10, 64); err == nil {
		of, err := k.shelf.Version(c.Context(), p.in, id, n)
		if err != nil {
			return err
		}
		v.Number, v.Chosen = number(n), w.T("cms.version_n", "n", number(n))
		diff := k.shelf.kinds.differences(page.Content, of.Content)
		if k.names != nil {
			if err := k.names(c, diff); err != nil {
				return err
			}
		}
		v.Changes = changes(w, diff)
	}
	return c.Page(web.Head{Title: w.T("cms.versions") + " · " + v.Title, Active: k.base}, cmsui.VersionsPage(v))
}

func (k desk[A, S]) restorePost(c *web.Ctx[A]) error {
	return k.act("cms.done_restored", func(c *web.Ctx[A], in S, id PageID, f *form.Form) error {
		return k.shelf.Restore(c.Context(), in, id, f.Int("number"), c.Actor())
	})(c)
}
