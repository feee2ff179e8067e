package stripe_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// inDispute is a payment whose bank has taken the money back, as we know.
func (b *bundle) inDispute(t *testing.T) (paymentsapi.PaymentID, payments.DisputeDetail) {
	t.Helper()
	id, i := b.paid(t, 1999, "pm_card_createDispute")
	b.heed(t, b.site(t), i)
	return id, b.disputed(t)
}

var proof = payments.Evidence{
	Explanation: "She has it, and wrote that she likes it.", Email: "anna@example.com", Tracking: "RR 123", Carrier: "Post", Product: "A bowl",
	Customer: "Anna", Address: "12, rue des Roses", ShippedOn: "2 March 2026", Refusal: "Not asked for", Duplicate: "It is another bowl",
}

func say(d payments.DisputeDetail, e payments.Evidence) payments.Saying {
	return payments.Saying{Dispute: d.ID, Edition: d.Edition, Evidence: e}
}

func code(err error) string {
	if f := fault.As(err); f != nil {
		return f.Code
	}
	return ""
}

func TestContestIsSentOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id, d := b.inDispute(t)
		if err := b.m.SaveEvidenceAs(t.Context(), b.in, boss, say(d, payments.Evidence{Explanation: "A draft"})); err != nil {
			t.Fatal(err)
		}
		if got := b.far.Disputes(secret)[0]; got.Details.Has {
			t.Errorf("a draft was told: %+v", got.Evidence)
		}
		if err := b.m.ContestAs(t.Context(), b.in, boss, say(d, proof)); code(err) != "payments.changed_meanwhile" {
			t.Errorf("who did not see the draft overwrites it: %v", err)
		}
		d = b.disputed(t)
		if d.Evidence.Explanation != "A draft" {
			t.Errorf("%+v", d.Evidence)
		}
		if err := b.m.ContestAs(t.Context(), b.in, boss, say(d, payments.Evidence{Email: "x@example.com"})); code(err) != "payments.dispute_evidence_form" {
			t.Errorf("without a word: %v", err)
		}
		if err := b.m.ContestAs(t.Context(), b.in, boss, say(d, proof)); err != nil {
			t.Fatal(err)
		}
		far := b.far.Disputes(secret)[0]
		want := map[string]string{
			"uncategorized_text": proof.Explanation, "product_description": "A bowl", "customer_name": "Anna", "customer_email_address": "anna@example.com",
			"shipping_address": "12, rue des Roses", "shipping_carrier": "Post", "shipping_tracking_number": "RR 123", "shipping_date": "2 March 2026",
			"refund_refusal_explanation": "Not asked for", "duplicate_charge_explanation": "It is another bowl",
		}
		if got, _ := json.Marshal(far.Evidence); string(got) != string(marshal(want)) || far.Details.Submits != 1 || far.Status != "under_review" {
			t.Errorf("%s %+v", got, far)
		}
		d = b.disputed(t)
		if d.Status != payments.DisputeReviewed || d.Sending || d.SentAt.IsZero() || d.Answerable || d.Actor != boss.Name || d.Kind != "contest" {
			t.Errorf("%+v", d)
		}
		if err := b.m.ContestAs(t.Context(), b.in, boss, say(d, proof)); code(err) != "payments.dispute_not_answerable" {
			t.Errorf("said twice: %v", err)
		}
		b.stands(t, id, 1999, 0)
		b.far.Decide(secret, d.External, true)
		b.Clock.Advance(7 * time.Hour)
		b.resolve(t, 0)
		b.stands(t, id, 0, 0)
		for _, a := range b.audit.all {
			if text, _ := json.Marshal(a); strings.Contains(string(text), "anna@") || strings.Contains(string(text), "likes it") {
				t.Errorf("the audit log has what was written: %s", text)
			}
		}
	})
}

func marshal(v any) []byte {
	out, _ := json.Marshal(v)
	return out
}

// The answer of the gateway is lost, before or after it did what it was asked: it is
// known all the same, and nothing is sent twice.
func TestAnswerIsLost(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]paytest.Fault{
		"before":  {Do: paytest.DropBefore, On: "POST /v1/disputes/*", Times: 2},
		"after":   {Do: paytest.DropAfter, On: "POST /v1/disputes/*", Times: 2},
		"failed":  {Do: paytest.FailAfter, On: "POST /v1/disputes/*", Times: 2},
		"busy":    {Do: paytest.RateLimit, On: "POST /v1/disputes/*", Times: 2},
		"nothing": {Do: paytest.FailBefore, On: "POST /v1/disputes/*", Times: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
				b := setup(t, e)
				id, d := b.inDispute(t)
				b.far.Play(f)
				if err := b.m.ContestAs(t.Context(), b.in, boss, say(d, proof)); err != nil {
					t.Fatal(err)
				}
				b.far.Heal()
				b.Clock.Advance(61 * time.Minute) // the fuse is whole again, and a key that failed is another
				b.resolve(t, 0)
				far := b.far.Disputes(secret)[0]
				if far.Details.Submits != 1 || far.Status != "under_review" {
					t.Errorf("%+v", far)
				}
				if d = b.disputed(t); d.Sending || d.SentAt.IsZero() || d.Status != payments.DisputeReviewed {
					t.Errorf("%+v", d)
				}
				b.stands(t, id, 1999, 0)
			})
		})
	}
}

func TestConcede(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id, d := b.inDispute(t)
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v1/disputes/*/close", Times: 2})
		if err := b.m.ConcedeAs(t.Context(), b.in, boss, say(d, payments.Evidence{})); err != nil {
			t.Fatal(err)
		}
		b.far.Heal()
		b.resolve(t, 2)
		if d = b.disputed(t); d.Status != payments.DisputeLost || d.Sending || d.Kind != "concede" {
			t.Errorf("%+v", d)
		}
		b.stands(t, id, 0, 1999)
		if a := b.audit.all[len(b.audit.all)-1]; a.Action != "payments.concede_dispute" || a.Target != d.ID.String() {
			t.Errorf("%+v", a)
		}
	})
}

// What cannot be answered any more is not: it is too late, somebody did so on the
// gateway's pages, or the bank only asks and there is nothing to leave it.
func TestWhatIsNotAnswered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id, i := b.paid(t, 1999, "pm_card_createDisputeInquiry")
		b.heed(t, b.site(t), i)
		d := b.disputed(t)
		if err := b.m.ConcedeAs(t.Context(), b.in, boss, say(d, payments.Evidence{})); code(err) != "payments.dispute_not_answerable" {
			t.Errorf("an inquiry was conceded: %v", err)
		}
		if err := b.m.RefundAs(t.Context(), b.in, boss, payments.Return{Payment: id, Amount: money.New(500, "EUR"), Reason: "kind"}); err != nil {
			t.Errorf("while a bank only asks, money can be given back: %v", err)
		}
		b.work(t)
		b.server(t, "/v1/disputes/"+d.External, "evidence[uncategorized_text]=there&submit=true")
		if err := b.m.ContestAs(t.Context(), b.in, boss, say(d, proof)); err != nil {
			t.Fatal(err)
		}
		if d = b.disputed(t); d.Sending || d.Problem != "answered_there" || d.Status != payments.InquiryReviewed || b.far.Disputes(secret)[0].Details.Submits != 1 {
			t.Errorf("%+v", d)
		}
		b.far.Decide(secret, d.External, false)
		b.Clock.Advance(7 * time.Hour)
		b.resolve(t, 0)
		if d = b.disputed(t); d.Status != payments.NeedsResponse || !d.Answerable {
			t.Errorf("%+v", d)
		}
		b.Clock.Advance(10 * 24 * time.Hour)
		if d = b.disputed(t); d.Answerable {
			t.Error("it is too late")
		}
		if err := b.m.ContestAs(t.Context(), b.in, boss, say(d, proof)); code(err) != "payments.dispute_not_answerable" {
			t.Error(err)
		}
	})
}
