package messaging

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"orion/kit/fault"
	"orion/kit/modtest"
	"orion/kit/ui"
	"orion/modules/customers/customersapi"
)

func (w *world) wishes(t *testing.T, email string) Subscriber {
	t.Helper()
	if err := w.Subscribe(t.Context(), w.in, Wish{Email: email, Lang: "en", Source: "footer", Wording: "Maison may write to me."}, paper); err != nil {
		t.Fatal(err)
	}
	found, err := w.Subscribers(t.Context(), w.in, SubscriberQuery{Text: email})
	if err != nil || len(found.Items) != 1 {
		t.Fatal(found, err)
	}
	return found.Items[0]
}

func (w *world) isAt(t *testing.T, id SubscriberID, want Step, acts string) {
	t.Helper()
	s, said, err := w.Subscriber(t.Context(), w.in, id)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range said {
		got = append(got, e.Act+" "+e.Source)
	}
	if s.Step != want || strings.Join(got, ", ") != acts {
		t.Errorf("the subscription is %s with %q, want %s with %q", s.Step, got, want, acts)
	}
}

// linkIn is the signed part of an address in the latest mail.
func (w *world) linkIn(t *testing.T, before string) string {
	t.Helper()
	sent := w.sent()
	if len(sent) != 1 {
		t.Fatalf("%d mails", len(sent))
	}
	_, rest, ok := strings.Cut(sent[0].Text, before)
	if !ok {
		t.Fatalf("%q is not in %s", before, sent[0].Text)
	}
	token, _, _ := strings.Cut(rest, "\n")
	return token
}

// Only who follows the link of the mail is subscribed; every step is kept with
// its words; the mail that follows says how to leave, for people and programs.
func TestDoubleOptIn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		s := w.wishes(t, "Lea@example.lu")
		w.isAt(t, s.ID, Asked, "asked footer")
		join := w.linkIn(t, "https://maison.example/newsletter/join/")
		w.wishes(t, "lea@example.lu")
		if sent := w.sent(); len(sent) != 0 {
			t.Errorf("asked again at once, %d mails", len(sent))
		}
		for range 2 {
			if err := w.Confirm(ctx, w.in, join, "Maison may write to me.", paper); err != nil {
				t.Fatal(err)
			}
		}
		w.isAt(t, s.ID, Active, "asked footer, confirmed link")
		welcome := w.mails.Sent[0]
		leave := w.linkIn(t, "https://maison.example/newsletter/leave/")
		if welcome.Unsubscribe != "https://maison.example/newsletter/leave/"+leave {
			t.Errorf("programs leave at %q", welcome.Unsubscribe)
		}
		w.wishes(t, "lea@example.lu")
		if sent := w.sent(); len(sent) != 0 {
			t.Errorf("subscribed and asked again, %d mails", len(sent))
		}
		for range 2 {
			if err := w.Unsubscribe(ctx, w.in, leave, "mail"); err != nil {
				t.Fatal(err)
			}
		}
		w.isAt(t, s.ID, Left, "asked footer, confirmed link, left mail")
		if err := w.Confirm(ctx, w.in, join, "", paper); !errors.Is(err, errStale) {
			t.Errorf("the old link subscribes who left: %v", err)
		}
		w.later(time.Hour)
		w.wishes(t, "lea@example.lu")
		w.isAt(t, s.ID, Asked, "asked footer, confirmed link, left mail, asked footer")

		if err := w.Confirm(ctx, w.in, leave, "", paper); fault.As(err) == nil || fault.As(err).Kind == fault.Internal {
			t.Errorf("one link does the work of another: %v", err)
		}
		if _, err := w.Leaving(ctx, w.Env.Store(), leave); err == nil {
			t.Error("the link opens another store's")
		}
	})
}

// The file has who is subscribed, and what proves it; cells are no formulas.
func TestSubscribersFile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		s := w.wishes(t, "=cmd@example.lu")
		w.wishes(t, "waits@example.lu")
		if err := w.Confirm(ctx, w.in, w.JoinLink(w.in, s.ID), "Yes", paper); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := w.WriteSubscribers(ctx, w.in, "https://maison.example", &out); err != nil {
			t.Fatal(err)
		}
		now := stamp(w.Clock.Now())
		want := "email,language,asked_at,asked_from,wording,confirmed_at,unsubscribe\n'=cmd@example.lu,en," + now + ",footer,Maison may write to me.," + now +
			",https://maison.example/newsletter/leave/" + w.LeaveLink(w.in, s.ID) + "\n"
		if out.String() != want {
			t.Errorf("got %s\nwant %s", out.String(), want)
		}
	})
}

// What nobody confirmed is forgotten after a week, who left after three years;
// what somebody asks to be erased at once.
func TestForget(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		asked, stays, left := w.wishes(t, "asked@example.lu"), w.wishes(t, "lea@example.lu"), w.wishes(t, "left@example.lu")
		if err := w.Confirm(ctx, w.in, w.JoinLink(w.in, stays.ID), "Yes", paper); err != nil {
			t.Fatal(err)
		}
		if err := w.Unsubscribe(ctx, w.in, w.LeaveLink(w.in, left.ID), "link"); err != nil {
			t.Fatal(err)
		}
		known := func(id SubscriberID) bool {
			t.Helper()
			_, _, err := w.Subscriber(ctx, w.in, id)
			if err != nil && !errors.Is(err, errNoSubscriber) {
				t.Fatal(err)
			}
			return err == nil
		}
		w.later(confirmAge + time.Hour)
		modtest.Settle(t, w.Env, w.need.Kit, w.Definition())
		if known(asked.ID) || !known(stays.ID) || !known(left.ID) {
			t.Error("after a week the wrong ones are forgotten")
		}
		w.later(leftAge)
		modtest.Settle(t, w.Env, w.need.Kit, w.Definition())
		if !known(stays.ID) || known(left.ID) {
			t.Error("after three years the wrong ones are forgotten")
		}
		part, err := w.export(ctx, customersapi.Viewed{In: w.in, Customer: w.lea})
		if wish := part.Data.(exportedData).Newsletter; err != nil || wish == nil || wish.State != Active || len(wish.Steps) != 2 {
			t.Errorf("exported %+v, %v", wish, err)
		}
		if err := w.EraseSubscriber(ctx, w.in, stays.ID, lena); err != nil {
			t.Fatal(err)
		}
		if known(stays.ID) {
			t.Error("the address is still there")
		}
	})
}

// The newsletter through its pages, without JavaScript: the form at the foot,
// the link, a program for mail that unsubscribes, what staff see.
func TestNewsletterPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = append(f.can, MayNewsletter.Code)
		page := f.wants(200, "", "GET", "/newsletter", nil, "Maison may send me news")
		form := url.Values{"ticket": {ticketOn(t, page)}, "email": {"tom@example.lu"}, "from": {"footer"}}
		f.wants(422, "", "POST", "/newsletter", form, "press send once more", `value="tom@example.lu"`)
		w.later(quickest)
		form.Set(ui.TrapField, "x")
		f.wants(303, "", "POST", "/newsletter", form)
		if sent := w.sent(); len(sent) != 0 {
			t.Errorf("a program makes %d mails", len(sent))
		}
		form.Del(ui.TrapField)
		f.wants(303, "", "POST", "/newsletter", form)
		f.wants(200, "", "GET", "/newsletter/sent", nil, "Look into your mailbox")
		sent := w.sent()
		if len(sent) != 1 || sent[0].To != "tom@example.lu" {
			t.Fatalf("mails %+v", sent)
		}
		found, err := w.Subscribers(t.Context(), w.in, SubscriberQuery{})
		if err != nil || len(found.Items) != 1 {
			t.Fatal(found, err)
		}
		id := found.Items[0].ID
		join, leave := "/newsletter/join/"+w.JoinLink(w.in, id), "/newsletter/leave/"+w.LeaveLink(w.in, id)
		f.wants(200, "", "GET", join, nil, "tom@example.lu", "Yes, subscribe")
		w.isAt(t, id, Asked, "asked footer") // looking is not confirming
		f.wants(200, "", "POST", join, nil, "You are subscribed")
		f.wants(200, "lena", "GET", "/store/newsletter", nil, "tom@example.lu")
		f.wants(200, "lena", "GET", "/store/newsletter/"+id.String(), nil, "Confirmed by the link", "Maison may send me news")
		f.wants(200, "lena", "GET", "/store/newsletter.csv", nil, "tom@example.lu,en,")
		f.wants(200, "", "GET", leave, nil, "Unsubscribe")
		w.isAt(t, id, Active, "asked footer, confirmed link")
		f.wants(200, "", "POST", leave, url.Values{"List-Unsubscribe": {"One-Click"}}, "You are unsubscribed")
		w.isAt(t, id, Left, "asked footer, confirmed link, left mail")
		f.wants(303, "lena", "POST", "/store/newsletter/"+id.String()+"/erase", nil)
		f.wants(404, "", "GET", leave, nil)
		f.can = []string{MayView.Code}
		f.wants(403, "lena", "GET", "/store/newsletter.csv", nil)
		w.conf.raw = `{"newsletter": false}`
		f.wants(404, "", "GET", "/newsletter", nil)
	})
}
