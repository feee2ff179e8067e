package devtools

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"orion/kit/mail"
	"orion/kit/slot"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/devtools/devtoolsui"
)

const mailsPath = "/dev-tools/mails"

func (m *Module) mailRoutes(mux *web.Mux[web.Admin]) {
	need := web.Need(MayView)
	mux.Get(mailsPath, need, m.mailsPage)
	mux.Get(mailsPath+"/body", need, m.mailBody)
}

// mails are one of each kind that the program sends, in the language of the address.
func (m *Module) mails(c *ctx) []mail.Message {
	all := slices.Concat(slot.Collect(c.Context(), m.need.Kit.Slots, mail.Samples, mail.Sampling{
		Lang: langOf(c), Shop: "Maison Kirchberg", Email: "hello@kirchberg.example", Origin: "https://kirchberg.example",
		Footer: "Maison Kirchberg Sàrl\n1, place de l’Europe\nL-1499 Luxembourg",
	}, nil)...)
	slices.SortFunc(all, func(a, b mail.Message) int { return cmp.Compare(a.Key, b.Key) })
	return all
}

// chosenMail is the mail that the address names, or else the first.
func (m *Module) chosenMail(c *ctx) (mail.Message, []mail.Message, error) {
	all := m.mails(c)
	i := slices.IndexFunc(all, func(msg mail.Message) bool { return msg.Key == c.Query("mail") })
	switch {
	case i >= 0:
		return all[i], all, nil
	case c.Query("mail") != "" || len(all) == 0:
		return mail.Message{}, nil, errUnknown
	}
	return all[0], all, nil
}

func (m *Module) mailsPage(c *ctx) error {
	msg, all, err := m.chosenMail(c)
	if err != nil {
		return err
	}
	v := devtoolsui.Mails{
		At: at(c, "mail", "lang", "width"), Key: msg.Key, Subject: msg.Subject, From: cmp.Or(msg.From, "–"), To: msg.Name + " <" + msg.To + ">", ReplyTo: msg.ReplyTo, Text: msg.Text,
		Unsubscribe: msg.Unsubscribe, Phone: c.Query("width") == "phone",
	}
	for _, other := range all {
		code, _, _ := strings.Cut(other.Key, ".")
		v.Kinds = append(v.Kinds, ui.Option{Value: other.Key, Label: other.Subject, Detail: moduleName(c, code)})
	}
	if msg.HTML != "" {
		q := url.Values{"mail": {msg.Key}, "lang": {string(langOf(c))}}
		v.Frames = []devtoolsui.Frame{{Src: mailsPath + "/body?" + q.Encode(), Title: "HTML"}}
	}
	c.ShowsFrames()
	return c.Page(head(c, "dev_tools.mails", mailsPath), devtoolsui.MailsPage(v))
}

// mailBody is the HTML of a mail alone, as programs for mail show it: with the
// styles that it brings, and without anything that runs.
func (m *Module) mailBody(c *ctx) error {
	msg, _, err := m.chosenMail(c)
	if err != nil {
		return err
	}
	c.Framed()
	c.W.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox")
	return c.Partial(devtoolsui.Raw(msg.HTML))
}
