package reviews

import (
	"net/url"
	"time"

	"orion/kit/id"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
	"orion/modules/reviews/reviewsapi"
	"orion/modules/reviews/reviewsui"
)

type shopper = *web.Ctx[web.Storefront]

func (m *Module) storefrontRoutes(mux *web.Mux[web.Storefront]) {
	mux.Get("/products/{slug}/reviews", web.Public, m.opinionsPage)
	mux.Get("/products/{slug}/reviews/write", web.SignedIn, m.writePage)
	mux.Post("/products/{slug}/reviews/write", web.SignedIn.Limit(20, time.Minute), m.writePost)
	mux.Get("/account/reviews", web.SignedIn, m.minePage)
	mux.Post("/account/reviews/{id}/delete", web.SignedIn, m.deletePost)
}

func productPath(slug string) string { return "/products/" + url.PathEscape(slug) }

func writingOf(c shopper) Writing {
	return Writing{Customer: c.As.Customer.ID, Slug: c.Param("slug"), Lang: c.Words.Lang()}
}

const (
	perPage = 10
	perPart = 3 // below a product
)

// opinionsPage is the page of a product's reviews; with "part" only what stands
// below the product.
func (m *Module) opinionsPage(c shopper) error {
	part := c.Query("part") != ""
	req := page.Request{After: c.Query("after"), Limit: perPage}
	if part {
		req = page.Request{Limit: perPart}
	}
	o, err := m.Opinions(c.Context(), c.As.In, writingOf(c), req)
	if err != nil {
		return err
	}
	v := m.opinionsView(c, o)
	if part {
		return c.Partial(reviewsui.Part(v))
	}
	if o.Next != "" {
		v.Next = v.Path + "/reviews?after=" + o.Next
	}
	if req.After != "" {
		v.First = v.Path + "/reviews"
	}
	return c.Page(web.Head{
		Title: c.Words.T("reviews.of", "name", o.About.Title), Canonical: v.Path + "/reviews", NoIndex: req.After != "" || len(o.Items) == 0,
		JSONLD: opinionsData(c, o), Description: c.Words.N("reviews.about", v.Count, "name", o.About.Title),
	}, reviewsui.OpinionsPage(v))
}

func (m *Module) writePage(c shopper) error { return m.showForm(c, 200, ui.Form{}) }

func (m *Module) showForm(c shopper, status int, state ui.Form) error {
	p, mine, err := m.Begun(c.Context(), c.As.In, writingOf(c))
	if err != nil {
		return err
	}
	v := reviewsui.Write{
		Path: productPath(p.Slug), Product: p.Title, Stars: mine.Stars, Title: mine.Title, Body: mine.Body, State: state,
		Again: !mine.ID.IsZero(), Name: author(c.As.Customer.Name), Waits: m.settings.Of(c.As.In).Moderate,
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("reviews.write_of", "name", p.Title), NoIndex: true}, reviewsui.WritePage(v))
}

func (m *Module) writePost(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	w := writingOf(c)
	w.Opinion = Opinion{Stars: f.Int("stars"), Title: f.Text("title"), Body: f.Raw("body")}
	r, err := m.Write(c.Context(), c.As.In, w)
	switch {
	case f.Take(err):
		return m.showForm(c, 422, f.State())
	case err != nil:
		return err
	case r.State == Approved:
		c.Flash("ok", "reviews.sent")
	default:
		c.Flash("ok", "reviews.sent_waits")
	}
	return c.Redirect(productPath(c.Param("slug")) + "/reviews")
}

func (m *Module) minePage(c shopper) error {
	req := page.Request{After: c.Query("after")}
	found, err := m.Own(c.Context(), c.As.In, c.Words.Lang(), c.As.Customer.ID, req)
	if err != nil {
		return err
	}
	v := reviewsui.Mine{}
	if m.need.Accounts != nil {
		v.Menu = m.need.Accounts.Menu(c.Context(), customersapi.Viewed{In: c.As.In, Customer: c.As.Customer.ID}, "/account/reviews")
	}
	for _, r := range found.Items {
		v.Reviews = append(v.Reviews, mineView(c, r))
	}
	if found.Next != "" {
		v.Next = "/account/reviews?after=" + found.Next
	}
	if req.After != "" {
		v.First = "/account/reviews"
	}
	return c.Page(web.Head{Title: c.Words.T("reviews.mine") + " · " + c.As.Shop.Name, NoIndex: true}, reviewsui.MinePage(v))
}

func (m *Module) deletePost(c shopper) error {
	rid, err := parseReview(c.Param("id"))
	if err != nil {
		return err
	}
	if err := m.Delete(c.Context(), c.As.In, c.As.Customer.ID, rid); err != nil {
		return err
	}
	c.Flash("ok", "reviews.deleted")
	return c.Redirect("/account/reviews")
}

// parseReview reads an identifier; a malformed one is answered like an unknown one.
func parseReview(s string) (reviewsapi.ReviewID, error) {
	rid, err := id.Parse[reviewsapi.ReviewKind](s)
	if err != nil {
		return 0, errUnknown
	}
	return rid, nil
}
