package paypalspec

import (
	"net/http"
	"testing"
)

// What PayPal's description does not know is refused, and what it knows is not.
func TestJudge(t *testing.T) {
	t.Parallel()
	if !Load(t) {
		t.Skip("there is no description to hold anything against")
	}
	all, err := judges()
	if err != nil {
		t.Fatal(err)
	}
	const unit = `"purchase_units":[{"amount":{"currency_code":"EUR","value":"19.99"}}]`
	for body, good := range map[string]bool{
		`{"intent":"CAPTURE",` + unit + `}`: true,
		`{"intent":"TAKE",` + unit + `}`:    false,
		`{"intent":"CAPTURE"}`:              false,
		`{"intent":"CAPTURE","purchase_units":[{"amount":{"currency_code":"EUR","value":19.99}}]}`: false,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1/v2/checkout/orders", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		res := &http.Response{StatusCode: http.StatusCreated, Header: http.Header{"Content-Type": {"application/json"}}}
		const said = `{"id":"5TY05013RG002845M","status":"CREATED","intent":"CAPTURE"}`
		if err := judge(all, heard{r, []byte(body), res, []byte(said)}); (err == nil) != good {
			t.Errorf("%s: %v", body, err)
		}
		if err := judge(all, heard{r, []byte(`{"intent":"CAPTURE",` + unit + `}`), res, []byte(`{"status":"DONE"}`)}); err == nil {
			t.Error("an answer that cannot be is taken")
		}
	}
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1/v2/checkout/nothing", nil)
	if err := judge(all, heard{r: r, res: &http.Response{StatusCode: http.StatusOK}}); err == nil {
		t.Error("an operation that does not exist is taken")
	}
}
