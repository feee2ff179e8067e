package messaging

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/mail"
	"orion/kit/page"
	"orion/modules/customers/customersapi"
)

// A shopper writes, staff are told, read, answer by mail and close; the link of
// the mail leads back, and what is written there opens the conversation again.
func TestConversation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := w.writes(t, "Opening   hours\n")
		talk := w.sees(t, id, Open, true, 1)
		if talk.Subject != "Opening hours" || talk.Excerpt != "Are you open on Saturday?" || talk.All[0].Body != "Are you open\non Saturday?" || talk.All[0].Store {
			t.Errorf("it reads %+v", talk)
		}
		told := w.sent()
		if len(told) != 1 || told[0].To != paper.Email || told[0].ReplyTo != "lea@example.lu" || !strings.Contains(told[0].Text, "https://maison.example/store/messages/"+id.String()) {
			t.Fatalf("staff are told %+v", told)
		}
		if err := w.Mark(ctx, w.in, id, false); err != nil {
			t.Fatal(err)
		}
		w.sees(t, id, Open, false, 1)

		answer := Answer{Ticket: w.ticket(t), Body: "Until six.", Close: true, By: lena}
		for range 2 { // a form that is sent twice
			if err := w.Answer(ctx, w.in, id, answer, paper); err != nil {
				t.Fatal(err)
			}
		}
		w.sees(t, id, Closed, false, 2)
		told = w.sent()
		if len(told) != 1 || told[0].To != "lea@example.lu" || told[0].ReplyTo != paper.Email || !strings.Contains(told[0].Text, "Until six.") {
			t.Fatalf("the shopper is told %+v", told)
		}
		token := tokenOf(t, told[0])
		if talk, err := w.Linked(ctx, w.in, token); err != nil || talk.ID != id {
			t.Errorf("the link leads to %v, %v", talk.ID, err)
		}
		if err := w.GoOn(ctx, w.in, Reply{Ticket: w.ticket(t), Token: token, Body: "Merci !"}, paper); err != nil {
			t.Fatal(err)
		}
		w.sees(t, id, Open, true, 3)
		if told = w.sent(); len(told) != 1 || told[0].To != paper.Email {
			t.Errorf("staff are told %+v", told)
		}
		if len(w.log.entries) != 1 || w.log.entries[0].Target != id.String() {
			t.Errorf("the log has %+v", w.log.entries)
		}
		other := w.Env.Store()
		if _, err := w.Linked(ctx, other, token); fault.As(err).Kind == fault.Internal || err == nil {
			t.Errorf("the link opens another store's: %v", err)
		}
		if _, err := w.Talk(ctx, other, id); !errors.Is(err, errUnknown) {
			t.Errorf("another store reads it: %v", err)
		}
	})
}

func tokenOf(t *testing.T, m mail.Message) string {
	t.Helper()
	_, rest, ok := strings.Cut(m.Text, "https://maison.example/contact/")
	if !ok {
		t.Fatalf("no link in %s", m.Text)
	}
	token, _, _ := strings.Cut(rest, "\n")
	return token
}

// One form makes one conversation, however often and at once it is sent.
func TestFormCountsOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := w.note(t, "Once")
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := w.Contact(t.Context(), w.in, n, Letterhead{}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		found, err := w.Threads(t.Context(), w.in, Query{})
		if err != nil || len(found.Items) != 1 {
			t.Errorf("%d conversations, %v", len(found.Items), err)
		}
	})
}

// Programs are quicker than people; a form of yesterday, of another store, or
// made up, is not believed.
func TestTickets(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		signed := w.NewTicket(w.in)
		if _, err := w.Admit(w.in, signed); !errors.Is(err, errTooQuick) {
			t.Errorf("at once: %v", err)
		}
		w.later(quickest)
		if _, err := w.Admit(w.in, signed); err != nil {
			t.Errorf("a while later: %v", err)
		}
		if _, err := w.Admit(w.Env.Store(), signed); !errors.Is(err, errOldForm) {
			t.Errorf("in another store: %v", err)
		}
		w.later(ticketAge)
		if _, err := w.Admit(w.in, signed); !errors.Is(err, errOldForm) {
			t.Errorf("a day later: %v", err)
		}
		if _, err := w.Admit(w.in, "made-up"); !errors.Is(err, errOldForm) {
			t.Errorf("made up: %v", err)
		}
	})
}

func TestWhatIsWrong(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		bad := Note{Ticket: w.ticket(t), Name: strings.Repeat("x", maxName+1), Order: strings.Repeat("1", maxOrder+1), Body: " \r\n "}
		_, err := w.Contact(t.Context(), w.in, bad, paper)
		var fields []string
		for _, f := range fault.As(err).Fields {
			fields = append(fields, f.Name+" "+f.Code)
		}
		if got := strings.Join(fields, ", "); got != "name form.too_long, email form.required, subject form.required, order form.too_long, body form.required" {
			t.Error(got)
		}
	})
}

// The inbox has the latest on top, whatever began first, page by page; the count
// of what nobody read follows.
func TestInbox(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		first, second := w.writes(t, "First"), w.writes(t, "Second")
		w.writes(t, "Third")
		if err := w.Answer(ctx, w.in, first, Answer{Ticket: w.ticket(t), Body: "Yes.", By: lena}, paper); err != nil {
			t.Fatal(err)
		}
		if err := w.Move(ctx, w.in, second, Closed, lena); err != nil {
			t.Fatal(err)
		}
		subjects := func(q Query) string {
			t.Helper()
			var out []string
			for {
				found, err := w.Threads(ctx, w.in, q)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range found.Items {
					out = append(out, v.Subject)
				}
				if q.After = found.Next; q.After == "" {
					return strings.Join(out, " ")
				}
			}
		}
		for want, q := range map[string]Query{
			"First Third Second": {Request: page.Request{Limit: 1}}, "Third": {State: Open}, "First": {State: Answered}, "Second": {State: Closed}, "": {Text: "nobody"},
		} {
			if got := subjects(q); got != want {
				t.Errorf("%+v lists %q, want %q", q, got, want)
			}
		}
		if got := subjects(Query{Text: "third"}); got != "Third" {
			t.Errorf("a search finds %q", got)
		}
		if n, err := w.Unread(ctx, w.in); err != nil || n != 1 {
			t.Errorf("%d are unread, %v", n, err)
		}
		if n, err := w.Unread(ctx, w.Env.Store()); err != nil || n != 0 {
			t.Errorf("another store has %d, %v", n, err)
		}
	})
}

func TestNotifyCanBeOff(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.conf.raw = `{"notify": false}`
		w.writes(t, "Quiet")
		if told := w.sent(); len(told) != 0 {
			t.Errorf("staff are told %+v", told)
		}
	})
}

// Who asks for their data gets what they wrote, signed in or not; what is erased
// is nowhere any more.
func TestExportAndErase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := w.writes(t, "Mine")
		n := w.note(t, "Not mine")
		n.Email = "tom@example.lu"
		if _, err := w.Contact(ctx, w.in, n, paper); err != nil {
			t.Fatal(err)
		}
		exported := func() []exportedTalk {
			t.Helper()
			part, err := w.export(ctx, customersapi.Viewed{In: w.in, Customer: w.lea})
			if err != nil || part.Name != "messages" {
				t.Fatal(part.Name, err)
			}
			return part.Data.(exportedData).Conversations
		}
		if got := exported(); len(got) != 1 || got[0].Subject != "Mine" || len(got[0].Messages) != 1 || got[0].Messages[0].From != "Léa" {
			t.Errorf("exported %+v", got)
		}
		token := w.Link(w.in, id)
		if err := w.Erase(ctx, w.in, id, lena); err != nil {
			t.Fatal(err)
		}
		if got := exported(); len(got) != 0 {
			t.Errorf("erased, exported %+v", got)
		}
		if _, err := w.Linked(ctx, w.in, token); !errors.Is(err, errUnknown) {
			t.Errorf("erased, the link gives %v", err)
		}
		if last := w.log.entries[len(w.log.entries)-1]; last.Title != "" {
			t.Errorf("the log still says %q", last.Title)
		}
	})
}

// Who is forgotten leaves no conversation, signed in or not, and no place in the
// newsletter; others stay.
func TestForgetCustomer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.writes(t, "Mine")
		n := w.note(t, "Not mine")
		n.Email = "tom@example.lu"
		if _, err := w.Contact(ctx, w.in, n, paper); err != nil {
			t.Fatal(err)
		}
		for _, email := range []string{"Lea@example.lu", "tom@example.lu"} {
			w.wishes(t, email)
		}
		err := db.Do(ctx, w.need.Kit.DB, w.in, func(tx tx) error {
			return w.erase(ctx, tx, customersapi.Erased{Customer: w.lea, Email: "lea@example.lu"})
		})
		if err != nil {
			t.Fatal(err)
		}
		left, err := w.Threads(ctx, w.in, Query{Request: page.Request{Limit: 10}})
		if err != nil || len(left.Items) != 1 || left.Items[0].Email != "tom@example.lu" {
			t.Errorf("conversations: %+v, %v", left.Items, err)
		}
		known, err := w.Subscribers(ctx, w.in, SubscriberQuery{Request: page.Request{Limit: 10}})
		if err != nil || len(known.Items) != 1 || known.Items[0].Email != "tom@example.lu" {
			t.Errorf("subscribers: %+v, %v", known.Items, err)
		}
	})
}

// A conversation does not grow for ever.
func TestFull(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.writes(t, "Long")
		err := w.change(t.Context(), w.in, id, func(_ tx, v *Thread) error { v.Messages = maxMessages; return nil })
		if err != nil {
			t.Fatal(err)
		}
		w.later(time.Minute)
		if err := w.GoOn(t.Context(), w.in, Reply{Ticket: w.ticket(t), Token: w.Link(w.in, id), Body: "More"}, paper); !errors.Is(err, errFull) {
			t.Errorf("got %v", err)
		}
	})
}
