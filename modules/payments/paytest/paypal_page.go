package paytest

import (
	"html/template"
	"net/http"
	"net/url"
)

// approvalPage is where a payer agrees, in the place of PayPal's own page.
var approvalPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>PayPal (demo)</title>
<link rel="stylesheet" href="/checkoutnow.css">
<main class="bank"><h1>PayPal (demo)</h1>
{{if .Over}}<p>This order cannot be approved any more.</p>{{else}}
<p>{{.About}} for <b>{{.Sum}}</b>. This is a demo: you are not at PayPal, and no money moves.</p>
{{if .Saves}}<p>The shop may keep this account for your next purchase, until you take it back.</p>{{end}}
<form method="post">
<button class="is-main" name="answer" value="approve">Pay now</button>
<button name="answer" value="slow">Pay from a bank account, which takes a minute</button>
<button name="answer" value="decline">Pay with a card that is declined</button>
<button name="answer" value="cancel">Cancel and return to the shop</button>
</form>{{end}}</main></html>`))

// token finds the order that an approval's page is about; the books are locked.
func (p *PayPal) token(r *http.Request) (*payer, *Order, bool) {
	for _, a := range p.accounts {
		if o, bad := a.order(r.URL.Query().Get("token")); bad == nil {
			return a, o, true
		}
	}
	return nil, nil, false
}

// open tells whether its payer can still choose.
func (o *Order) open() bool {
	return o.Status == OrderCreated || o.Status == OrderApproved && o.with == declining
}

// Agreed tells whether its payer wants it to be paid, and nothing was taken yet.
func (o *Order) Agreed() bool { return o.Status == OrderApproved && o.with != declining }

func (p *PayPal) showApproval(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, o, ok := p.token(r)
	if !ok {
		noSuch().write(w)
		return
	}
	about := "Your order"
	if o.About != "" {
		about += " " + o.About
	}
	pageHeaders(w, fileTypes[".html"])
	_ = approvalPage.Execute(w, map[string]any{"Over": !o.open(), "About": about, "Sum": o.Amount.Format("en"), "Saves": o.wish != nil})
}

func (p *PayPal) showStyle(w http.ResponseWriter, _ *http.Request) {
	style, err := page.ReadFile("page/frame.css")
	if err != nil {
		noSuch().write(w)
		return
	}
	pageHeaders(w, fileTypes[".css"])
	_, _ = w.Write(style)
}

// postApproval is what a payer chose; they go back to the shop.
func (p *PayPal) postApproval(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a, o, ok := p.token(r)
	if !ok {
		noSuch().write(w)
		return
	}
	to := o.Return
	switch pick := funding(r.PostFormValue("answer")); {
	case pick == "cancel":
		to = o.Cancel
	case !o.open():
	case pick == fromBalance, pick == declining, pick == slowly:
		o.Status, o.with = OrderApproved, pick
		p.tell(a, "CHECKOUT.ORDER.APPROVED", p.show(o, true))
	default:
		invalidRequest("INVALID_PARAMETER_VALUE").write(w)
		return
	}
	u, err := url.Parse(to)
	if err != nil || to == "" {
		invalidRequest("MISSING_REQUIRED_PARAMETER").write(w)
		return
	}
	q := u.Query()
	q.Set("token", o.ID)
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusSeeOther)
}
