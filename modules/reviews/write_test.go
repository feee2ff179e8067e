package reviews

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
	"orion/modules/reviews/reviewsapi"
)

// A review waits, is shown, is hidden and waits again once it is changed; the
// stars of the product follow each time.
func TestLife(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.writes(t, w.lea, 4, "Good")
		if r.State != Waiting || r.Author != "Léa S." || r.Bought {
			t.Errorf("it is %+v", r)
		}
		w.rated(t, 0, 0)
		w.waits(t, 1)
		w.decides(t, r, Approved)
		w.rated(t, 4, 1)
		w.waits(t, 0)
		if again := w.writes(t, w.lea, 4, "Good"); again.State != Approved {
			t.Errorf("sent twice it is %s", again.State)
		}
		w.rated(t, 4, 1)
		if changed := w.writes(t, w.lea, 2, "Not so good"); changed.State != Waiting || changed.ID != r.ID {
			t.Errorf("changed it is %+v", changed)
		}
		w.rated(t, 0, 0)
		w.decides(t, r, Approved)
		w.decides(t, w.writes(t, w.tom, 5, "Best"), Approved)
		w.rated(t, 7, 2)
		w.decides(t, r, Hidden)
		w.rated(t, 5, 1)
		if n := len(w.log.entries); n != 4 {
			t.Errorf("the audit log has %d entries, want 4", n)
		}
		if err := w.Delete(t.Context(), w.in, w.tom, w.mine(t, w.tom)); err != nil {
			t.Fatal(err)
		}
		w.rated(t, 0, 0)
	})
}

// Who is forgotten leaves no review and no star, nor what they bought; others
// stay.
func TestForgetCustomer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.decides(t, w.writes(t, w.lea, 2, "Not so good"), Approved)
		w.decides(t, w.writes(t, w.tom, 5, "Best"), Approved)
		w.rated(t, 7, 2)
		err := db.Do(t.Context(), w.need.Kit.DB, w.in, func(tx tx) error {
			return w.erase(t.Context(), tx, customersapi.Erased{Customer: w.lea, Email: "lea@example.lu"})
		})
		if err != nil {
			t.Fatal(err)
		}
		w.rated(t, 5, 1)
		if own, err := w.Own(t.Context(), w.in, "en", w.lea, page.Request{Limit: 10}); err != nil || len(own.Items) > 0 {
			t.Errorf("still written: %+v, %v", own.Items, err)
		}
	})
}

func (w *world) waits(t *testing.T, want int64) {
	t.Helper()
	if n, err := w.Waiting(t.Context(), w.in); err != nil || n != want {
		t.Errorf("%d wait, %v; want %d", n, err, want)
	}
}

func (w *world) mine(t *testing.T, who customerID) reviewsapi.ReviewID {
	t.Helper()
	found, err := w.Own(t.Context(), w.in, "en", who, page.Request{})
	if err != nil || len(found.Items) != 1 {
		t.Fatal(err, found)
	}
	return found.Items[0].ID
}

// Without moderation a review is shown at once, unless staff have hidden it.
func TestUnmoderated(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.conf.raw = `{"moderate":false}`
		r := w.writes(t, w.lea, 5, "Fine")
		w.rated(t, 5, 1)
		w.decides(t, r, Hidden)
		if again := w.writes(t, w.lea, 5, "Fine again"); again.State != Waiting {
			t.Errorf("what was hidden came back as %s", again.State)
		}
		w.rated(t, 0, 0)
	})
}

// Two that send at the same time leave one review and the stars of one.
func TestDoublePost(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.conf.raw = `{"moderate":false}`
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				_, err := w.Write(t.Context(), w.in, Writing{Customer: w.lea, Slug: "mug", Lang: "en", Opinion: Opinion{Stars: 3, Title: "So so", Body: "It is what it is."}})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		w.rated(t, 3, 1)
		w.mine(t, w.lea)
	})
}

// What somebody bought is said once it is paid, also of what they wrote before,
// and forgotten when the order was cancelled.
func TestBought(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.conf.raw = `{"moderate":false,"only_buyers":true}`
		say := Writing{Customer: w.lea, Slug: "mug", Lang: "en", Opinion: Opinion{Stars: 3, Title: "So so", Body: "It is what it is."}}
		if _, err := w.Write(t.Context(), w.in, say); !errors.Is(err, errBuyers) {
			t.Errorf("somebody who did not buy: %v", err)
		}
		twice := purchase{order: 77, customer: w.lea, products: []catalogapi.ProductID{w.mug.Product, w.mug.Product}}
		w.hear(t, func(ctx context.Context, tx tx) error { return noteOrder(tx, twice) })
		if _, err := w.Write(t.Context(), w.in, say); !errors.Is(err, errBuyers) {
			t.Errorf("somebody who did not pay: %v", err)
		}
		w.conf.raw = `{"moderate":false}`
		if r := w.writes(t, w.lea, 4, "Good"); r.Bought {
			t.Error("it says bought before it is paid")
		}
		w.hear(t, func(ctx context.Context, tx tx) error { return notePaid(tx, 77) })
		r, err := w.Review(t.Context(), w.in, "en", w.mine(t, w.lea))
		if err != nil || !r.Bought || r.About.Title != "Mug" {
			t.Errorf("paid it is %+v, %v", r, err)
		}
		w.hear(t, func(ctx context.Context, tx tx) error { return forgetOrder(ctx, tx, 77) })
		bought, err := db.Read(t.Context(), w.DB, w.in, func(tx tx) (bool, error) { return hasBought(t.Context(), tx, w.lea, w.mug.Product) })
		if err != nil || bought {
			t.Errorf("a cancelled order counts: %t, %v", bought, err)
		}
	})
}

// Nobody touches what is another's, and no store what is another store's.
func TestForeign(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.writes(t, w.lea, 4, "Good")
		if err := w.Delete(t.Context(), w.in, w.tom, r.ID); !errors.Is(err, errUnknown) {
			t.Errorf("another customer deletes it: %v", err)
		}
		other := w.Env.Store()
		if n, err := w.Decide(t.Context(), other, []reviewsapi.ReviewID{r.ID}, Approved, staff); n != 0 || err != nil {
			t.Errorf("another store decides: %d, %v", n, err)
		}
		if err := w.Answer(t.Context(), other, r.ID, "Hello", staff); !errors.Is(err, errUnknown) {
			t.Errorf("another store answers: %v", err)
		}
		if _, err := w.Review(t.Context(), other, "en", r.ID); !errors.Is(err, errUnknown) {
			t.Errorf("another store reads: %v", err)
		}
		if err := w.Delete(t.Context(), other, w.lea, r.ID); !errors.Is(err, errUnknown) {
			t.Errorf("from another store it is deleted: %v", err)
		}
		if _, err := w.Write(t.Context(), w.in, Writing{Customer: w.lea, Slug: "nothing", Opinion: r.Opinion}); !errors.Is(err, errNoProduct) {
			t.Errorf("of a product that is not there: %v", err)
		}
	})
}

// Everything that is wrong is said at once.
func TestChecks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.Write(t.Context(), w.in, Writing{Customer: w.lea, Slug: "mug", Opinion: Opinion{Stars: 6, Title: strings.Repeat("é", maxTitle+1), Body: "short"}})
		var got []string
		for _, f := range fault.As(err).Fields {
			got = append(got, f.Name+" "+f.Code)
		}
		if want := "stars reviews.stars_missing, title reviews.too_long, body reviews.body_short"; strings.Join(got, ", ") != want {
			t.Errorf("wrong are %v, want %s", got, want)
		}
	})
}

// The file of a customer's data has all that they wrote, and nobody else's.
func TestExport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.writes(t, w.lea, 4, "Mine")
		w.writes(t, w.tom, 1, "Not mine")
		part, err := w.export(t.Context(), customersapi.Viewed{In: w.in, Customer: w.lea})
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(part.Data)
		if err != nil || part.Name != "reviews" || !strings.Contains(string(text), `"title":"Mine"`) || strings.Contains(string(text), "Not mine") {
			t.Errorf("the file has %s: %s, %v", part.Name, text, err)
		}
	})
}

// The list is cut by key and its products are described in one statement more.
func TestList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.conf.raw = `{"moderate":false}`
		for i := range int64(5) {
			w.writes(t, customerID(100+i), 1+i, "Number "+string(rune('a'+i)))
		}
		ctx, n := db.WithCounter(t.Context())
		first, err := w.Opinions(ctx, w.in, Writing{Slug: "mug", Lang: "en"}, page.Request{Limit: 3})
		if err != nil || len(first.Items) != 3 || first.Items[0].Title != "Number e" || first.Spread != [5]int64{1, 1, 1, 1, 1} {
			t.Fatalf("the first page is %+v, %v", first, err)
		}
		if n.N() > 3 { // the catalogue's own is another
			t.Errorf("the page takes %d statements", n.N())
		}
		rest, err := w.Opinions(ctx, w.in, Writing{Slug: "mug", Lang: "en"}, page.Request{Limit: 3, After: first.Next})
		if err != nil || len(rest.Items) != 2 || rest.Next != "" {
			t.Errorf("the rest is %+v, %v", rest, err)
		}
		poor, err := w.Reviews(t.Context(), w.in, "en", Query{Stars: 1, State: Approved, Text: "number"})
		if err != nil || len(poor.Items) != 1 || poor.Items[0].Title != "Number a" {
			t.Errorf("with one star are %+v, %v", poor, err)
		}
		if got := w.catalog.Rating(w.mug.Product); got != (catalogapi.Rating{Stars: 15, Count: 5}) {
			t.Errorf("rated %+v", got)
		}
	})
}
