package demo

import (
	"context"
	"fmt"
	"time"

	"orion/app/demo/content"
	"orion/kit/auth"
	"orion/modules/messaging"
	"orion/modules/messaging/messagingapi"
)

// letter is something that a shopper or the staff will write one day.
type letter struct {
	due time.Time
	do  func(context.Context) error
}

// post plans who writes to the stores, and when staff answer.
func (f *filling) post() {
	for i, l := range f.demo.Letters {
		written := f.Now.Add(-time.Duration(l.Days)*24*time.Hour - time.Duration(i)*37*time.Minute)
		var id messagingapi.ThreadID
		f.letters = append(f.letters, letter{written, func(ctx context.Context) (err error) {
			id, err = f.Messaging.Contact(ctx, f.stores[l.Store].in, messaging.Note{
				Ticket: messaging.Ticket(2*i + 1), Name: l.Name, Email: l.Email, Lang: l.Lang, Subject: l.Subject, Body: l.Body,
			}, messaging.Letterhead{})
			return err
		}})
		if l.Answer != "" {
			f.letters = append(f.letters, letter{written.Add(5 * time.Hour), func(ctx context.Context) error { return f.reply(ctx, i, l, id) }})
		}
	}
}

// subscribe lets some of the demo's people ask for a newsletter; most confirm.
func (f *filling) subscribe(ctx context.Context) error {
	for i, c := range f.demo.Customers {
		if i%4 != 0 {
			continue
		}
		at := f.stores[f.demo.Stores[i%len(f.demo.Stores)].Code]
		paper := messaging.Letterhead{Shop: at.shop.Name, Email: at.shop.Email, Origin: "http://" + at.shop.Code + ".localhost"}
		wording := f.Messaging.Wording(c.Lang, at.shop.Name)
		if err := f.Messaging.Subscribe(ctx, at.in, messaging.Wish{Email: c.Email, Lang: c.Lang, Source: "footer", Wording: wording}, paper); err != nil {
			return err
		}
		found, err := f.Messaging.Subscribers(ctx, at.in, messaging.SubscriberQuery{Text: c.Email})
		if err != nil {
			return err
		}
		if len(found.Items) == 0 || i%20 == 0 {
			continue
		}
		if err := f.Messaging.Confirm(ctx, at.in, f.Messaging.JoinLink(at.in, found.Items[0].ID), wording, paper); err != nil {
			return err
		}
	}
	return nil
}

func (f *filling) reply(ctx context.Context, i int, l content.Letter, id messagingapi.ThreadID) error {
	at := f.stores[l.Store]
	answer := messaging.Answer{Ticket: messaging.Ticket(2*i + 2), Body: l.Answer, Close: l.Close, By: auth.Actor{Kind: "user", Name: "Claire Weber"}}
	err := f.Messaging.Answer(ctx, at.in, id, answer, messaging.Letterhead{Shop: at.shop.Name, Email: at.shop.Email, Origin: "http://" + at.shop.Code + ".localhost"})
	if err != nil {
		return err
	}
	return f.Messaging.Mark(ctx, at.in, id, false)
}

// deliver lets everybody write who is due by now.
func (f *filling) deliver(ctx context.Context) error {
	var later []letter
	for _, l := range f.letters {
		if l.due.After(f.Clock.Now()) {
			later = append(later, l)
			continue
		}
		if err := l.do(ctx); err != nil {
			return fmt.Errorf("letter of %s: %w", l.due, err)
		}
	}
	f.letters = later
	return nil
}
