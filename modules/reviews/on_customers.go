package reviews

import (
	"context"
	"io"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
	"orion/modules/reviews/reviewsapi"
	"orion/modules/reviews/reviewsui"
)

// fills are what reviews add to the pages of other modules.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{
		customersapi.AccountMenu.Fill(reviewsapi.Code, 20, func(context.Context, customersapi.Viewed) (customersapi.Link, error) {
			return customersapi.Link{Label: "reviews.mine", Path: "/account/reviews"}, nil
		}),
		customersapi.Timeline.Fill(reviewsapi.Code, 20, m.happenings),
		customersapi.Export.Fill(reviewsapi.Code, 20, m.export),
		customersapi.Erase.Fill(reviewsapi.Code, 20, func(context.Context, tenant.Store) (customersapi.Eraser, error) { return m.erase, nil }),
		catalogapi.Below.Fill(reviewsapi.Code, 10, below),
	}
}

// below is where a product's page shows its reviews, which the browser asks for
// once somebody comes near.
func below(_ context.Context, p catalogapi.Reference) (func(context.Context, io.Writer) error, error) {
	return reviewsui.Below{Path: productPath(p.Slug), Title: p.Title, Count: int(p.Rating.Count)}.Render, nil
}

// happenings tells staff what a customer thought of products, if they may see reviews.
func (m *Module) happenings(ctx context.Context, v customersapi.Viewed) ([]customersapi.Happening, error) {
	if !v.Grants.Has(MayView) {
		return nil, nil
	}
	found, err := m.Own(ctx, v.In, v.Lang, v.Customer, page.Request{Limit: 12})
	out := make([]customersapi.Happening, 0, len(found.Items))
	for _, r := range found.Items {
		out = append(out, customersapi.Happening{
			At: r.At, Key: "reviews.story_reviewed", Args: []any{"stars", r.Stars}, Of: r.About.Title, Path: "/reviews/" + r.ID.String(),
		})
	}
	return out, err
}

// exported is a review in the file of a customer's data.
type exported struct {
	Product string    `json:"product"`
	Stars   int64     `json:"stars"`
	Title   string    `json:"title"`
	Text    string    `json:"text"`
	State   State     `json:"state"`
	Author  string    `json:"shown_as"`
	Reply   string    `json:"answer,omitempty"`
	At      time.Time `json:"written_at"`
	Changed time.Time `json:"changed_at"`
}

// export is everything that a customer wrote.
func (m *Module) export(ctx context.Context, v customersapi.Viewed) (customersapi.Part, error) {
	out := []exported{}
	req := page.Request{Limit: page.MaxLimit}
	for {
		found, err := m.Own(ctx, v.In, "en", v.Customer, req)
		if err != nil {
			return customersapi.Part{}, err
		}
		for _, r := range found.Items {
			out = append(out, exported{
				Product: r.About.Slug, Stars: r.Stars, Title: r.Title, Text: r.Body, State: r.State, Author: r.Author, Reply: r.Reply, At: r.At, Changed: r.Changed,
			})
		}
		if req.After = found.Next; req.After == "" {
			return customersapi.Part{Name: "reviews", Data: out}, nil
		}
	}
}

// erase removes what a customer wrote, with its stars, and what they bought.
func (m *Module) erase(ctx context.Context, tx tx, who customersapi.Erased) error {
	for {
		found, err := listReviews(ctx, tx, page.Request{Limit: page.MaxLimit}, []db.Cond{db.Eq("r.customer_id", who.Customer)})
		if err != nil {
			return err
		}
		for _, r := range found.Items {
			if err := m.remove(ctx, tx, r); err != nil {
				return err
			}
		}
		if found.Next == "" {
			return forgetBuyer(ctx, tx, who.Customer)
		}
	}
}
