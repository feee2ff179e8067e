package customers

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/customers/customersui"
)

const cookiesPath = "/cookies"

// decideAccess lets nobody fill the log of decisions.
var decideAccess = web.Public.Limit(20, time.Minute)

// uses are the cookies that the modules of the reader's platform declare.
func (m *Module) uses(c *shopCtx) []web.CookieUse {
	if m.need.Cookies == nil {
		return nil
	}
	return m.need.Cookies(c.As.In.Platform())
}

func (m *Module) cookiesPage(c *shopCtx) error {
	uses, said := m.uses(c), c.Consent()
	v := customersui.Cookies{Visitor: said.ID}
	for _, p := range append([]web.Purpose{web.Necessary}, web.Purposes...) {
		group := customersui.CookieGroup{Purpose: string(p), Fixed: p == web.Necessary, Allowed: c.Allows(p)}
		for _, u := range uses {
			if u.Purpose == p {
				group.Rows = append(group.Rows, customersui.CookieRow{Name: u.Name, What: c.Words.T(u.Label), Kept: kept(c, u)})
			}
		}
		if len(group.Rows) > 0 {
			v.Groups = append(v.Groups, group)
			v.Choice = v.Choice || !group.Fixed
		}
	}
	title := c.Words.T("customers.cookies")
	return c.Page(web.Head{Title: title + " · " + c.As.Shop.Name, NoIndex: true}, customersui.CookiesPage(v))
}

func kept(c *shopCtx, u web.CookieUse) string {
	if u.Days == 0 {
		return c.Words.T("customers.cookie_session")
	}
	return c.Words.N("customers.cookie_days", u.Days)
}

// decide takes a decision about the purposes that the store has; a purpose that
// nobody asked about stays open.
func (m *Module) decide(c *shopCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	back := f.Raw("back")
	if back == "" {
		back = c.URL(cookiesPath)
	}
	said := m.said(c, f)
	if len(said.Allowed)+len(said.Refused) == 0 {
		return c.RedirectTo(back)
	}
	said = c.Decide(said)
	m.takeBack(c, said)
	if err := m.Decide(c.Context(), c.As.In, Decision{
		Visitor: said.ID, Version: web.ConsentVersion, Allowed: names(said.Allowed), Refused: names(said.Refused),
	}); err != nil {
		return err
	}
	c.Flash("ok", "customers.cookies_saved")
	return c.RedirectTo(back)
}

// said is what the form says: of the purposes that it is about, else of all that
// are in use. Of others holds what was said before.
func (m *Module) said(c *shopCtx, f *form.Form) web.Consent {
	var said web.Consent
	before, about, uses := c.Consent(), f.All("about"), m.uses(c)
	for _, p := range web.Purposes {
		if !slices.ContainsFunc(uses, func(u web.CookieUse) bool { return u.Purpose == p }) {
			continue
		}
		yes := f.Raw("choice") == "all" || f.Raw("choice") == "chosen" && slices.Contains(f.All("allow"), string(p))
		if len(about) > 0 && !slices.Contains(about, string(p)) {
			if !before.Decided(p) {
				continue
			}
			yes = slices.Contains(before.Allowed, p)
		}
		if yes {
			said.Allowed = append(said.Allowed, p)
		} else {
			said.Refused = append(said.Refused, p)
		}
	}
	return said
}

// takeBack removes the cookies whose purpose is refused.
func (m *Module) takeBack(c *shopCtx, said web.Consent) {
	for _, u := range m.uses(c) {
		if !slices.Contains(said.Refused, u.Purpose) {
			continue
		}
		name, many := strings.CutSuffix(u.Name, "*")
		for _, have := range c.R.Cookies() {
			if have.Name == name || many && strings.HasPrefix(have.Name, name) {
				c.SetCookie(have.Name, "", -1)
			}
		}
	}
}

func names(purposes []web.Purpose) []string {
	out := make([]string, len(purposes))
	for i, p := range purposes {
		out[i] = string(p)
	}
	return out
}

const answeredDays = 30

// decisionsPage is what staff see of what visitors said.
func (m *Module) decisionsPage(c *staffCtx) error {
	counts, err := m.Answers(c.Context(), c.As.In, answeredDays)
	if err != nil {
		return err
	}
	found, err := m.Decisions(c.Context(), c.As.In, page.Request{After: c.Query("after")})
	if err != nil {
		return err
	}
	w, total := c.Words, counts["all"]+counts["some"]+counts["none"]
	v := customersui.Decisions{Paging: ui.Paging{Path: cookiesPath, After: c.Query("after"), Next: found.Next}}
	v.Stats = []ui.Stat{{Label: w.T("customers.decisions"), Value: w.Number(int(total)), Note: w.T("customers.decisions_days", "n", answeredDays)}}
	for _, answer := range []string{"all", "some", "none"} {
		s := ui.Stat{Label: w.T("customers.answer_" + answer), Value: w.Number(int(counts[answer]))}
		if total > 0 {
			s.Note = w.Percent((counts[answer]*10_000/total + 50) / 100 * 100)
		}
		v.Stats = append(v.Stats, s)
	}
	for _, d := range found.Items {
		v.Rows = append(v.Rows, customersui.DecisionRow{
			At: w.DateTime(d.At), Visitor: d.Visitor, Version: strconv.Itoa(d.Version), Answer: d.Answer(), Allowed: d.Allowed, Refused: d.Refused,
		})
	}
	return c.Page(web.Head{Title: w.T("customers.cookies"), Active: cookiesPath}, customersui.DecisionsPage(v))
}

// decisionsFile is the log as a file; it is written whole before it is sent, so
// that it is never cut without anybody noticing.
func (m *Module) decisionsFile(c *staffCtx) error {
	var out bytes.Buffer
	if err := m.WriteDecisions(c.Context(), c.As.In, &out); err != nil {
		return err
	}
	_, err := c.Download("cookie-decisions.csv", web.CSV).Write(out.Bytes())
	return err
}
