package cms

import (
	"net/url"
	"strings"
	"testing"

	"orion/kit/i18n"
	"orion/modules/cms/textsapi"
)

// Staff translate a page, one after the other, see what somebody else wrote
// meanwhile, and publish where they may.
func TestStaffTranslate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = []string{MayTranslate.Code}
		in := w.at.Store
		a, b := write(t, w.Stores, in, says("a", "First", "<p>x</p>")), write(t, w.Stores, in, says("b", "Second", ""))
		f.wants(200, "lena", "GET", "/store/translations", nil, "Nobody has looked", "!First")
		f.wants(303, "lena", "POST", "/store/translations/scan", nil)
		f.wants(200, "lena", "GET", "/store/translations", nil, "Looking through", "data-src")
		w.settle(t)
		f.wants(200, "lena", "GET", "/store/translations", nil, "First", "Second", "0 of 3", `!href="/store/pages"`, "!Deutsch")
		for _, path := range []string{"?lang=de", "?lang=xx"} {
			f.wants(404, "lena", "GET", "/store/translations"+path, nil)
		}
		f.wants(200, "lena", "GET", "/store/translations?state=changed", nil, "Nothing to translate")
		path := "/store/translations/cms.pages/" + a.String() + "?lang=fr&state=open"
		f.wants(200, "lena", "GET", path, nil, "Save and next", "First", `name="was_text0" value=""`, "!Save and publish")
		form := func(was, title string) url.Values {
			return url.Values{"of_text0": {"title"}, "was_text0": {was}, "from_text0": {mark("First")}, "text0": {title}, "of_text1": {"body"}, "was_text1": {""}, "from_text1": {mark("<p>x</p>")}, "text1": {""}}
		}
		f.wants(422, "lena", "POST", path, form("", "{store}"), "no names in braces", "{store}")
		if to := f.wants(303, "lena", "POST", path, form("", "Premier")); !strings.Contains(to, b.String()) {
			t.Errorf("the next one is %s", to)
		}
		must(t, w.translates(t, a, textsapi.TextSaid{Name: "title", Was: "Premier", Is: "Theirs"}))
		page := f.wants(409, "lena", "POST", path, form("Premier", "Mine"), "Somebody else wrote", "Stored meanwhile: Theirs", `value="Mine"`)
		if !strings.Contains(page, `name="was_text0" value="Theirs"`) {
			t.Error("saving again would not mean it")
		}
		f.wants(303, "lena", "POST", path, form("Theirs", "Mine"))
		f.can = append(f.can, MayPublish.Code)
		f.wants(200, "lena", "GET", path, nil, "Readers do not see this draft", "!Save and publish")
		publish := url.Values{"of_text0": {"title"}, "was_text0": {""}, "text0": {"Second !"}, "then": {"publish"}}
		pathB := strings.Replace(path, a.String(), b.String(), 1)
		f.wants(200, "lena", "GET", pathB, nil, "Save and publish")
		if to := f.wants(303, "lena", "POST", pathB, publish); !strings.HasPrefix(to, "/store/translations?") {
			t.Errorf("behind the last one is %s", to)
		}
		if p := wants(t, w.Stores, in, b, Published, 2); p.Title[i18n.Fr] != "Second !" {
			t.Errorf("the page says %v", p.Title)
		}
		for _, path := range []string{"/cms.pages/" + (b + 1).String(), "/cms.pages/x", "/cms.nothing/x"} {
			f.wants(404, "lena", "GET", "/store/translations"+path, nil)
		}
		f.can = []string{MayView.Code, MayEdit.Code}
		for _, path := range []string{"", "/sent", "/export?lang=fr", "/cms.pages/" + a.String()} {
			f.wants(403, "lena", "GET", "/store/translations"+path, nil)
		}
	})
}

// Staff send a file, see what it would change and have it written; what is left out
// is a file of its own.
func TestStaffSendTranslations(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = []string{MayTranslate.Code}
		id := write(t, w.Stores, w.at.Store, says("a", "First", ""))
		file := f.wants(200, "lena", "GET", "/store/translations/export?lang=fr&as=csv&what=all", nil, "source:en", "First")
		if !strings.Contains(f.wants(200, "lena", "GET", "/store/translations/export?lang=fr&as=xliff", nil), "<trans-unit") {
			t.Error("the XLIFF has no units")
		}
		f.posts(422, "/translations/sent", nil, nil, `id="f-file-error"`)
		f.posts(422, "/translations/sent", nil, []sentFile{{"file", "x.csv", "a,b"}}, "no file with translations", `id="f-file-error"`)
		f.posts(303, "/translations/sent", nil, []sentFile{{"file", "<b>back</b>.csv", strings.TrimSpace(file) + "Premier\n=cmd(),a,b,c,d\n"}})
		all, err := w.TextImports(t.Context(), w.at.Store)
		must(t, err)
		path := "/store/translations/sent/" + all[0].ID.String()
		f.wants(200, "lena", "GET", path, nil, "Being read", "data-src", "!<b>back")
		w.settle(t)
		f.wants(200, "lena", "GET", path, nil, "Ready to write", "Premier", "identifier of the row", "!data-src", "!name=\"publish\"")
		f.wants(200, "lena", "GET", "/store/translations/sent", nil, "Ready to write", "!<b>back")
		f.wants(200, "lena", "GET", path+"/problems.csv", nil, "row,what,reason,text", "identifier of the row")
		f.wants(303, "lena", "POST", path, url.Values{"publish": {"true"}}) // which they may not
		w.settle(t)
		f.wants(200, "lena", "GET", path, nil, "Not published yet", "!Write the changes")
		if p := wants(t, w.Stores, w.at.Store, id, Changed, 2); p.Title[i18n.Fr] != "Premier" {
			t.Errorf("the page says %v", p.Title)
		}
		for _, of := range []string{"txi_nonsense", TextImportID(1).String()} {
			f.wants(404, "lena", "GET", "/store/translations/sent/"+of, nil)
			f.wants(404, "lena", "POST", "/store/translations/sent/"+of, nil)
		}
	})
}
