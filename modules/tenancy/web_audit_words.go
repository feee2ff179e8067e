package tenancy

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// saying puts the values of an entry of the log into a reader's words, with those
// of the module that did it.
type saying struct {
	i18n.Words
	action string
}

// changes are the values that differ between before and after, by name.
func changes(w saying, before, after json.RawMessage) []ui.Change {
	var b, a map[string]json.RawMessage
	if len(after) == 0 || json.Unmarshal(after, &a) != nil {
		return nil
	}
	if len(before) > 0 && json.Unmarshal(before, &b) != nil {
		return nil
	}
	var out []ui.Change
	for _, name := range slices.Sorted(maps.Keys(a)) {
		was, is := w.value(name, b[name]), w.value(name, a[name])
		if was != is {
			out = append(out, ui.Change{Label: w.name(name), Before: was, After: is})
		}
	}
	return out
}

// name is what a value is called: by the log, by the module that did it, or as it
// was written down.
func (w saying) name(name string) string {
	module, _, _ := strings.Cut(w.action, ".")
	for _, key := range []string{"audit.field_" + name, module + "." + name} {
		if w.Has(key) {
			return w.T(key)
		}
	}
	return strings.ReplaceAll(name, "_", " ")
}

// word is a value for which there is a word: a state of the module, a
// permission, yes or no.
func (w saying) word(name, value string) string {
	module, _, _ := strings.Cut(w.action, ".")
	for _, key := range []string{module + "." + name + "_" + value, module + ".story_" + value, "permissions." + value} {
		if value != "" && w.Has(key) {
			return strings.TrimRight(w.T(key, "amount", "", "n", ""), " ,")
		}
	}
	if t, err := time.Parse(time.RFC3339, value); err == nil {
		return w.DateTime(t)
	}
	return value
}

func (w saying) value(name string, raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	switch string(raw) {
	case "", "null", `""`, "[]", "{}":
		return ""
	case "true":
		return w.T("ui.yes")
	case "false":
		return w.T("ui.no")
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return w.word(name, s)
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		words := make([]string, len(list))
		for i, v := range list {
			words[i] = w.value(name, v)
		}
		return strings.Join(words, ", ")
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) == nil {
		var words []string
		for _, f := range slices.Sorted(maps.Keys(fields)) {
			words = append(words, w.name(f)+": "+w.value(f, fields[f]))
		}
		return strings.Join(words, ", ")
	}
	return string(raw)
}
