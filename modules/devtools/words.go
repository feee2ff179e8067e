package devtools

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"orion/kit/i18n"
)

// Word is a message of the program, with what may be wrong about it.
type Word struct {
	i18n.Entry
	Module  string      // whose it is: "kit" for those that no module brings
	Missing []i18n.Lang // that lack it
	Same    []i18n.Lang // in which it reads as in English
}

// Words are all messages, by key.
func Words(b *i18n.Bundle, isModule func(code string) bool) []Word {
	var out []Word
	for _, e := range b.Entries() {
		w := Word{Entry: e, Module: wordModule(e.Key, isModule)}
		english, has := e.In[i18n.En]
		for _, l := range i18n.Langs {
			s, ok := e.In[l]
			switch {
			case !ok:
				w.Missing = append(w.Missing, l)
			case l != i18n.En && has && s.Text == english.Text && strings.ContainsFunc(s.Text, unicode.IsLetter) && !onlyPlaceholders(s.Text):
				w.Same = append(w.Same, l)
			}
		}
		out = append(out, w)
	}
	return out
}

// wordModule is the module of a key: its first part, or the next one where what is
// the program's speaks of a module.
func wordModule(key string, isModule func(string) bool) string {
	parts := strings.Split(key, ".")
	if len(parts) > 1 && slices.Contains([]string{"modules", "permissions", "audit"}, parts[0]) {
		parts = parts[1:]
	}
	code := strings.ReplaceAll(strings.TrimSuffix(parts[0], "_text"), "_", "-")
	if len(parts) == 0 || !isModule(code) {
		return "kit"
	}
	return code
}

// onlyPlaceholders tells that there is nothing to translate in a text.
func onlyPlaceholders(text string) bool {
	for {
		before, rest, ok := strings.Cut(text, "{")
		if strings.ContainsFunc(before, unicode.IsLetter) {
			return false
		}
		if !ok {
			return true
		}
		_, text, _ = strings.Cut(rest, "}")
	}
}

// LocaleFile is the words in a language as the file of a module has them.
func LocaleFile(words []Word, l i18n.Lang) ([]byte, error) {
	all := map[string]any{}
	for _, w := range words {
		s, ok := w.In[l]
		switch {
		case !ok:
		case s.Forms != nil:
			all[w.Key] = s.Forms
		default:
			all[w.Key] = s.Text
		}
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(all); err != nil {
		return nil, err
	}
	return []byte(out.String()), nil
}
