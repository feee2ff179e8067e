package paypal_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
)

// letter is a body with headers that prove it, some of them changed.
func letter(body []byte, headers map[string]string, changes ...string) paytest.PayPalMessage {
	headers = maps.Clone(headers)
	for i := 0; i < len(changes); i += 2 {
		headers[changes[i]] = changes[i+1]
	}
	return paytest.PayPalMessage{Body: body, Headers: headers}
}

func TestWhatIsNotPayPals(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		good := b.messagesOf(b.newest(t).ID)[0]
		now := e.Clock.Now()
		with := func(field string, v any) []byte {
			var e map[string]json.RawMessage
			_ = json.Unmarshal(good.Body, &e)
			e[field], _ = json.Marshal(v)
			body, _ := json.Marshal(e)
			return body
		}
		signed := func(body []byte, at time.Time, changes ...string) paytest.PayPalMessage {
			return letter(body, b.far.Sign(body, at, webhook), changes...)
		}
		var plain bytes.Buffer
		if err := json.Compact(&plain, good.Body); err != nil {
			t.Fatal(err)
		}
		outside := 0
		stranger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { outside++ }))
		defer stranger.Close()
		const certs = "/v1/notifications/certs/CERT-demo"
		for name, c := range map[string]struct {
			m   paytest.PayPalMessage
			why payments.Refusal
		}{
			"another address":       {letter(good.Body, b.far.Sign(good.Body, now, "ANOTHER-WEBHOOK")), payments.BadSignature},
			"not signed":            {paytest.PayPalMessage{Body: good.Body}, payments.BadSignature},
			"no signature":          {signed(good.Body, now, "Paypal-Transmission-Sig", "AAAA"), payments.BadSignature},
			"no base64":             {signed(good.Body, now, "Paypal-Transmission-Sig", "!"), payments.BadSignature},
			"another algorithm":     {signed(good.Body, now, "Paypal-Auth-Algo", "SHA1withRSA"), payments.BadSignature},
			"another number":        {signed(good.Body, now, "Paypal-Transmission-Id", "x"), payments.BadSignature},
			"another time":          {signed(good.Body, now, "Paypal-Transmission-Time", now.Add(time.Second).UTC().Format(time.RFC3339)), payments.BadSignature},
			"re-indented":           {paytest.PayPalMessage{Body: plain.Bytes(), Headers: good.Headers}, payments.BadSignature},
			"tampered with":         {paytest.PayPalMessage{Body: bytes.Replace(good.Body, []byte("19.99"), []byte("91.99"), 1), Headers: good.Headers}, payments.BadSignature},
			"a stranger's":          {signed(good.Body, now, "Paypal-Cert-Url", stranger.URL+certs), payments.BadSignature},
			"the host as a user":    {signed(good.Body, now, "Paypal-Cert-Url", strings.Replace(stranger.URL, "http://", "http://"+strings.TrimPrefix(b.url, "http://")+"@", 1)+certs), payments.BadSignature},
			"another page there":    {signed(good.Body, now, "Paypal-Cert-Url", b.url+"/checkoutnow.css"), payments.BadSignature},
			"a way up":              {signed(good.Body, now, "Paypal-Cert-Url", b.url+"/v1/notifications/certs/../../../checkoutnow.css"), payments.BadSignature},
			"a query":               {signed(good.Body, now, "Paypal-Cert-Url", b.url+certs+"?x=1"), payments.BadSignature},
			"no such certificate":   {signed(good.Body, now, "Paypal-Cert-Url", b.url+"/v1/notifications/certs/CERT-other"), payments.BadSignature},
			"PayPal's, of a double": {signed(good.Body, now, "Paypal-Cert-Url", "https://api.sandbox.paypal.com"+certs), payments.BadSignature},
			"stale":                 {signed(good.Body, now.Add(-74*time.Hour)), payments.BadTime},
			"future":                {signed(good.Body, now.Add(6*time.Minute)), payments.BadTime},
			"no time":               {signed(good.Body, now, "Paypal-Transmission-Time", "now"), payments.BadTime},
			"no event":              {signed([]byte("[]"), now), payments.BadForm},
			"oversized":             {signed(with("filler", strings.Repeat("x", 1<<20)), now), payments.TooLarge},
		} {
			b.audit.all = nil
			if code := b.post(site, c.m); code != http.StatusBadRequest {
				t.Errorf("%s was answered with %d", name, code)
			}
			if a := b.audit.all; len(a) != 1 || a[0].Action != "payments.refuse_message" || a[0].After.(map[string]string)["reason"] != string(c.why) {
				t.Errorf("%s left %+v", name, a)
			}
		}
		if got := b.events(t); len(got) != 0 || outside != 0 {
			t.Errorf("refused and kept: %v, and a stranger was asked %d times", got, outside)
		}
		for _, path := range []string{"/store/hooks/paypal/x", "/store" + b.m.HookPath(e.Store(), paypal.Code)} {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodPost, "http://shop.test"+path, bytes.NewReader(good.Body))
			for name, value := range good.Headers {
				r.Header.Set(name, value)
			}
			if site.ServeHTTP(w, r); w.Code != http.StatusNotFound {
				t.Errorf("%s was answered with %d", path, w.Code)
			}
		}
		for n, m := range []paytest.PayPalMessage{signed(with("id", "WH-1"), now.Add(-72*time.Hour)), signed(with("id", "WH-2"), now.Add(4*time.Minute)), good} {
			if code := b.post(site, m); code != http.StatusOK || len(b.events(t)) != n+1 {
				t.Errorf("a good one was answered with %d", code)
			}
		}
		b.account.Webhook = ""
		if code := b.post(site, good); code != http.StatusBadRequest {
			t.Errorf("without an address it was answered with %d", code)
		}
	})
}

// A certificate that cannot be had says nothing: PayPal has to send the message again.
// One that was had is not asked for again.
func TestCertificateIsFetchedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		m := b.messagesOf(b.newest(t).ID)[0]
		b.far.Play(paytest.Fault{Do: paytest.FailBefore, On: "GET /v1/notifications/certs/*"})
		if code := b.post(site, m); code/100 != 5 || len(b.events(t)) != 0 {
			t.Errorf("answered with %d, events %v", code, b.events(t))
		}
		b.Clock.Advance(time.Minute)
		for range 3 {
			if code := b.post(site, m); code != http.StatusOK {
				t.Errorf("answered with %d", code)
			}
			b.far.Play(paytest.Fault{Do: paytest.FailBefore, On: "GET /v1/notifications/certs/*", Times: 9})
		}
		b.work(t)
		b.captured(t, id)
	})
}
