package mail

import (
	"fmt"
	"html/template"
	"strings"

	"orion/kit/i18n"
)

// Letter is what a mail says. Everything in it is plain text; Render takes care
// that nothing of it can become markup.
type Letter struct {
	Shop   string // who writes, at the head
	Lang   i18n.Lang
	Title  string
	Intro  string // paragraphs, with empty lines between them
	Lines  []Line
	Button Button
	Note   string // below the button, smaller: "If it was not you, …"
	Footer string // lines at the foot, such as the shop's address
}

// Line is one row of a table: what, and how much.
type Line struct {
	Label  string
	Detail string // below the label, quieter
	Value  string
	Strong bool // a sum
}

// Button leads back to the shop. Without an address there is none.
type Button struct {
	Label string
	URL   string // absolute
}

// Fill is the message with the letter as its two bodies. Without a subject the
// letter's title is it.
func (l Letter) Fill(m Message) Message {
	m.HTML, m.Text = Render(l)
	if m.Subject == "" {
		m.Subject = l.Title
	}
	if m.From == "" {
		m.From = l.Shop
	}
	return m
}

// Render makes the two bodies of a mail.
func Render(l Letter) (html, text string) {
	var out strings.Builder
	if err := layout.Execute(&out, l); err != nil {
		// The template is ours and its data are texts; this cannot happen.
		panic(fmt.Errorf("draw a mail: %w", err))
	}
	return out.String(), l.text()
}

// Paragraphs are the parts of the introduction.
func (l Letter) Paragraphs() []string { return split(l.Intro, "\n\n") }

// FootLines are the lines of the foot.
func (l Letter) FootLines() []string { return split(l.Footer, "\n") }

func split(s, at string) []string {
	var out []string
	for part := range strings.SplitSeq(s, at) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func (l Letter) text() string {
	var out strings.Builder
	block := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			out.WriteString(s + "\n\n")
		}
	}
	block(l.Title)
	block(strings.Join(l.Paragraphs(), "\n\n"))
	var rows strings.Builder
	for _, r := range l.Lines {
		rows.WriteString(r.text() + "\n")
	}
	block(rows.String())
	if l.Button.URL != "" {
		block(l.Button.Label + ":\n" + l.Button.URL)
	}
	block(l.Note)
	if foot := l.FootLines(); l.Shop != "" || len(foot) > 0 {
		block("-- \n" + strings.Join(append([]string{l.Shop}, foot...), "\n"))
	}
	return strings.TrimSpace(out.String()) + "\n"
}

func (r Line) text() string {
	s := r.Label
	if r.Value != "" {
		s += ": " + r.Value
	}
	if r.Detail != "" {
		s += "\n  " + r.Detail
	}
	return s
}

// layout is a table with inline styles, since that is what programs for mail
// understand alike.
var layout = template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>@media (prefers-color-scheme: dark) {
.desk { background: #161614 !important; color: #eceae4 !important; }
.paper { background: #201f1d !important; border-color: #35332f !important; }
.line { border-color: #35332f !important; }
.quiet { color: #a8a49b !important; }
.act { background: #eceae4 !important; }
.act a { color: #161614 !important; }
}</style>
<title>{{.Title}}</title>
</head>
<body class="desk" style="margin:0;padding:0;background:#f5f4f1;">
<table class="desk" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f5f4f1;">
<tr><td align="center" style="padding:32px 16px;">
<table class="desk" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;color:#22211f;font-size:16px;line-height:1.55;">
<tr><td style="padding:0 8px 20px;font-size:15px;font-weight:600;letter-spacing:.01em;">{{.Shop}}</td></tr>
<tr><td class="paper" style="background:#ffffff;border:1px solid #e4e2dc;border-radius:10px;padding:32px;">
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600;">{{.Title}}</h1>
{{- range .Paragraphs}}
<p style="margin:0 0 16px;white-space:pre-line;">{{.}}</p>
{{- end}}
{{- if .Lines}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="line" style="margin:8px 0 20px;border-top:1px solid #e4e2dc;">
{{- range .Lines}}
<tr>
<td class="line" style="padding:10px 12px 10px 0;border-bottom:1px solid #e4e2dc;vertical-align:top;{{if .Strong}}font-weight:600;{{end}}">{{.Label}}{{if .Detail}}<br><span class="quiet" style="color:#6b6862;font-size:14px;white-space:pre-line;">{{.Detail}}</span>{{end}}</td>
<td class="line" align="right" style="padding:10px 0;border-bottom:1px solid #e4e2dc;vertical-align:top;white-space:nowrap;{{if .Strong}}font-weight:600;{{end}}">{{.Value}}</td>
</tr>
{{- end}}
</table>
{{- end}}
{{- if .Button.URL}}
<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 20px;"><tr><td class="act" style="background:#22211f;border-radius:8px;">
<a href="{{.Button.URL}}" style="display:inline-block;padding:12px 22px;color:#ffffff;text-decoration:none;font-weight:600;">{{.Button.Label}}</a>
</td></tr></table>
<p class="quiet" style="margin:0 0 16px;font-size:13px;color:#6b6862;word-break:break-all;"><a class="quiet" href="{{.Button.URL}}" style="color:#6b6862;">{{.Button.URL}}</a></p>
{{- end}}
{{- if .Note}}
<p class="quiet" style="margin:0;font-size:14px;color:#6b6862;">{{.Note}}</p>
{{- end}}
</td></tr>
{{- if .FootLines}}
<tr><td class="quiet" style="padding:20px 8px 0;font-size:13px;line-height:1.5;color:#6b6862;">{{range $i, $l := .FootLines}}{{if $i}}<br>{{end}}{{$l}}{{end}}</td></tr>
{{- end}}
</table>
</td></tr>
</table>
</body>
</html>
`))
