package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"orion/app/demo/content"
	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/modules/orders"
	"orion/modules/reviews"
	"orion/modules/reviews/reviewsapi"
)

// opinion is a review that somebody will write some days after the parcel came.
type opinion struct {
	due  time.Time
	at   *stock
	who  auth.CustomerID
	slug string
	lang i18n.Lang
}

// critics decides who writes and what, by a luck of its own, so that the sales
// of the demo stay what they are.
type critics struct {
	rand *rand.Rand
	due  []opinion
	told map[i18n.Lang]int // how many opinions of a language were used
	said map[said]bool
}

// said is who wrote about what: the demo's people do not change their minds.
type said struct {
	who  auth.CustomerID
	slug string
}

func newCritics() critics {
	return critics{rand: rand.New(rand.NewPCG(5, 26)), told: map[i18n.Lang]int{}, said: map[said]bool{}}
}

// impress lets the buyer of an order that arrived think about it for a while.
func (f *filling) impress(at *stock, o orders.Order) {
	for _, l := range o.Lines {
		if f.critics.rand.IntN(100) < 60 {
			days := time.Duration(2+f.critics.rand.IntN(9)) * 24 * time.Hour
			f.critics.due = append(f.critics.due, opinion{f.Clock.Now().Add(days), at, o.Customer, l.Slug, o.Lang})
		}
	}
}

// opinions writes what is due by now. Staff read it within two days of today.
func (f *filling) opinions(ctx context.Context) error {
	var later []opinion
	for _, o := range f.critics.due {
		if o.due.After(f.Clock.Now()) {
			later = append(later, o)
			continue
		}
		if err := f.opine(ctx, o); err != nil {
			return fmt.Errorf("review of %s: %w", o.slug, err)
		}
	}
	f.critics.due = later
	return nil
}

func (f *filling) opine(ctx context.Context, o opinion) error {
	if f.critics.said[said{o.who, o.slug}] {
		return nil
	}
	f.critics.said[said{o.who, o.slug}] = true
	texts := f.demo.Reviews.In(o.lang)
	text := texts[f.critics.told[o.lang]%len(texts)]
	f.critics.told[o.lang]++
	r, err := f.Reviews.Write(ctx, o.at.in, reviews.Writing{
		Customer: o.who, Slug: o.slug, Lang: o.lang, Opinion: reviews.Opinion{Stars: text.Stars, Title: text.Title, Body: text.Body},
	})
	if err != nil || f.Now.Sub(f.Clock.Now()) < 4*24*time.Hour {
		return err
	}
	clerk, to := auth.Actor{Kind: "user", Name: "Claire Weber"}, reviews.Approved
	if f.critics.rand.IntN(40) == 0 {
		to = reviews.Hidden
	}
	if _, err := f.Reviews.Decide(ctx, o.at.in, []reviewsapi.ReviewID{r.ID}, to, clerk); err != nil {
		return err
	}
	return f.answer(ctx, o, r, text, clerk)
}

func (f *filling) answer(ctx context.Context, o opinion, r reviews.Review, text content.Opinion, clerk auth.Actor) error {
	words := f.demo.Reviews.Answers[o.lang]
	switch luck := f.critics.rand.IntN(6); {
	case text.Stars <= 3:
		return f.Reviews.Answer(ctx, o.at.in, r.ID, words.Poor[luck%len(words.Poor)], clerk)
	case luck == 0:
		return f.Reviews.Answer(ctx, o.at.in, r.ID, words.Good[f.critics.rand.IntN(len(words.Good))], clerk)
	}
	return nil
}
