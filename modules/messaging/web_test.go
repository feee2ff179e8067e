package messaging

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/messaging/messagingapi"
)

// front is the module's pages as they are served, without JavaScript.
type front struct {
	t    *testing.T
	site *web.Site
	can  []string // of the staff
}

func serve(t *testing.T, w *world) *front {
	t.Helper()
	bundle, err := i18n.Load(ui.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	f := &front{t: t, can: []string{MayView.Code, MayAnswer.Code}}
	shop := &web.Shop{ID: w.in.ID(), Name: "Maison", Email: "hello@maison.example", Currency: "EUR", Lang: i18n.En, StaffLang: i18n.En, Langs: i18n.Langs}
	f.site = web.NewSite(web.Options{
		Bundle: bundle, Errors: func(_ context.Context, msg string, args ...any) { t.Error(msg, args) },
		Resolve: func(r *http.Request) (web.Place, error) {
			p := web.Place{In: w.in, Shop: shop, StaffBase: "/store", Audience: web.StorefrontPages, Path: r.URL.Path}
			if rest, ok := strings.CutPrefix(r.URL.Path, "/store"); ok {
				p.Audience, p.Path = web.StorePages, rest
			}
			return p, nil
		},
		Frames: web.Frames{
			Platform: plain[web.Platform], Admin: plain[web.Admin], Merchant: plain[web.Merchant], Store: plain[web.Store], Storefront: plain[web.Storefront],
			Error: func(_ i18n.Words, e *fault.Error, _ int, _ string) templ.Component { return ui.Text("error " + e.Code) },
		},
		Enabled: func(tenant.PlatformID, string) bool { return true },
		Identify: web.Identity{
			Customer: func(_ context.Context, _ tenant.Store, token string) (auth.Customer, bool) {
				return auth.Customer{ID: w.lea, Name: "Léa Schmit", Email: "lea@example.lu"}, token == "lea"
			},
			Staff: func(_ context.Context, _ tenant.Store, token string) (auth.User, auth.Grants, bool) {
				return auth.User{ID: 3, Name: "Lena", Lang: i18n.En}, auth.Granted(f.can...), token == "lena"
			},
			Bearer: func(context.Context, string) (web.Bearer, bool) { return web.Bearer{}, false },
		},
	})
	f.site.Mount(messagingapi.Code, w.Definition().Routes)
	return f
}

func plain[A web.Audience](_ *web.Ctx[A], h web.Head, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<title>"+templ.EscapeString(h.Title)+"</title>")
		return errors.Join(err, body.Render(ctx, w))
	})
}

// ask makes a request as somebody and gives the answer.
func (f *front) ask(who, method, path string, form url.Values) *httptest.ResponseRecorder {
	f.t.Helper()
	r := httptest.NewRequest(method, "http://maison.localhost"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: "orion_storefront", Value: who})
	r.AddCookie(&http.Cookie{Name: "orion_store", Value: who})
	w := httptest.NewRecorder()
	f.site.ServeHTTP(w, r)
	return w
}

// wants makes a request, and wants its status and words on the page.
func (f *front) wants(status int, who, method, path string, form url.Values, words ...string) string {
	f.t.Helper()
	got := f.ask(who, method, path, form)
	page := got.Body.String()
	if got.Code != status {
		f.t.Fatalf("%s %s answers %d to %q, want %d\n%s", method, path, got.Code, who, status, page)
	}
	for _, w := range words {
		if !strings.Contains(page, w) {
			f.t.Errorf("%s %s: %q is not on the page", method, path, w)
		}
	}
	return page
}

var ticketField = regexp.MustCompile(`name="ticket" value="([^"]+)"`)

func ticketOn(t *testing.T, page string) string {
	t.Helper()
	m := ticketField.FindStringSubmatch(page)
	if m == nil {
		t.Fatal("the form has no ticket")
	}
	return m[1]
}

// The way of a message through the pages: the form, what programs run into, the
// inbox, the answer, the conversation behind the link.
func TestPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		page := f.wants(200, "lea", "GET", "/contact?order=1042", nil, `value="Léa Schmit"`, `value="lea@example.lu"`, `value="1042"`, "hello@maison.example")
		form := url.Values{"ticket": {ticketOn(t, page)}, "name": {"Léa"}, "email": {"lea@example.lu"}, "subject": {"<b>Hours</b>"}, "body": {"When?"}}
		f.wants(422, "lea", "POST", "/contact", form, "press send once more", "When?", `value="&lt;b&gt;Hours&lt;/b&gt;"`)
		w.later(quickest)

		form.Set(ui.TrapField, "https://spam.example")
		f.wants(303, "", "POST", "/contact", form)
		f.wants(200, "lena", "GET", "/store/messages?state=all", nil, "No messages yet")
		form.Del(ui.TrapField)
		form.Set("email", "nobody")
		f.wants(422, "", "POST", "/contact", form, "field-error")
		form.Set("email", "lea@example.lu")
		f.wants(303, "", "POST", "/contact", form)
		f.wants(303, "", "POST", "/contact", form) // once more, for nothing
		f.wants(429, "", "POST", "/contact", form)
		f.wants(200, "", "GET", "/contact/sent", nil, "Your message is with us")

		found, err := w.Threads(t.Context(), w.in, Query{})
		if err != nil || len(found.Items) != 1 {
			t.Fatal(found, err)
		}
		id := found.Items[0].ID.String()
		f.wants(200, "lena", "GET", "/store/messages", nil, "&lt;b&gt;Hours&lt;/b&gt;", "is-unread", "/messages/"+id)
		page = f.wants(200, "lena", "GET", "/store/messages/"+id, nil, "When?", `lang="en"`)
		if n, err := w.Unread(t.Context(), w.in); err != nil || n != 0 {
			t.Errorf("read, and %d are unread, %v", n, err)
		}
		f.wants(422, "lena", "POST", "/store/messages/"+id+"/answer", url.Values{"ticket": {ticketOn(t, page)}}, "error")
		f.wants(303, "lena", "POST", "/store/messages/"+id+"/answer", url.Values{"ticket": {ticketOn(t, page)}, "body": {"At nine."}})
		f.wants(200, "lena", "GET", "/store/messages?state=answered", nil, "At nine.")
		f.wants(303, "lena", "POST", "/store/messages/"+id+"/close", nil)
		f.wants(303, "lena", "POST", "/store/messages/"+id+"/open", nil)
		f.wants(303, "lena", "POST", "/store/messages/"+id+"/unread", nil)
		f.wants(200, "lena", "GET", "/store/messages", nil, "is-unread")

		link := "/contact/" + w.Link(w.in, found.Items[0].ID)
		page = f.wants(200, "", "GET", link, nil, "When?", "At nine.", "Maison")
		if strings.Contains(page, "Lena") {
			t.Error("the name of the staff is on the shopper's page")
		}
		f.wants(404, "", "GET", "/contact/made-up", nil)
		f.can = []string{MayView.Code}
		if page := f.wants(200, "lena", "GET", "/store/messages/"+id, nil, "When?"); strings.Contains(page, "<textarea") {
			t.Error("who may only read sees a form")
		}
		f.wants(403, "lena", "POST", "/store/messages/"+id+"/erase", nil)
		f.can = []string{MayAnswer.Code, MayView.Code}
		f.wants(303, "lena", "POST", "/store/messages/"+id+"/erase", nil)
		f.wants(404, "lena", "GET", "/store/messages/"+id, nil)
		f.wants(404, "", "GET", link, nil)
	})
}
