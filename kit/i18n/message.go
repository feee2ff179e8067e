package i18n

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/text/feature/plural"

	"orion/kit/money"
)

// message is one entry of a locale file: a sentence or one for each plural form.
type message struct {
	asked *atomic.Bool // for it, since the start
	text  string       // as written; of a plural message its form "other"
	parts []part       // nil when the text has no placeholders
	forms map[plural.Form]*message
}

// part is a piece of a sentence: literal text and the placeholder after it.
type part struct {
	literal string
	name    string // "" after the last literal
}

var formNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// newMessage reads the placeholders: {name}, letters, digits and underscores.
// Any other brace is just a brace.
func newMessage(text string) *message {
	m := &message{text: text, asked: new(atomic.Bool)}
	rest, literal := text, ""
	for {
		before, after, ok := strings.Cut(rest, "{")
		literal += before
		if !ok {
			break
		}
		name, tail, ok := strings.Cut(after, "}")
		if !ok || !isName(name) {
			literal, rest = literal+"{", after
			continue
		}
		m.parts = append(m.parts, part{literal, name})
		literal, rest = "", tail
	}
	if m.parts != nil && literal != "" {
		m.parts = append(m.parts, part{literal: literal})
	}
	return m
}

func isName(s string) bool {
	if s == "" {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// names are the placeholders of all forms, sorted; n may be left out of a form
// ("one item") and so is not among them in a plural message.
func (m *message) names() []string {
	var all []string
	for _, p := range m.parts {
		if p.name != "" {
			all = append(all, p.name)
		}
	}
	for _, form := range m.forms {
		all = append(all, form.names()...)
	}
	if m.forms != nil {
		all = slices.DeleteFunc(all, func(name string) bool { return name == "n" })
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// render fills the placeholders; one without an argument stays as it is, so
// that the mistake is seen.
func (m *message) render(w Words, arg func(name string) (any, bool)) string {
	if m.parts == nil {
		return m.text
	}
	var room [160]byte
	out := room[:0]
	for _, p := range m.parts {
		out = append(out, p.literal...)
		if p.name == "" {
			continue
		}
		if v, ok := arg(p.name); ok {
			out = w.appendValue(out, v)
		} else {
			out = append(append(append(out, '{'), p.name...), '}')
		}
	}
	return string(out)
}

// appendValue writes an argument as the language writes such values. Whole
// numbers stay plain, because many are years or numbers of documents; pass
// w.Number(n) for a grouped one.
func (w Words) appendValue(out []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return append(out, v...)
	case int:
		return strconv.AppendInt(out, int64(v), 10)
	case int64:
		return strconv.AppendInt(out, v, 10)
	case money.Amount:
		return append(out, w.Money(v)...)
	case time.Time:
		return append(out, w.Date(v)...)
	case Text:
		return append(out, v.In(w.Lang())...)
	case Lang:
		return append(out, v.Name()...)
	default:
		return fmt.Append(out, v)
	}
}
