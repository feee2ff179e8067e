package catalog

import (
	"encoding/json"
	"strings"

	"orion/kit/i18n"
)

// flatText picks one language out of an i18n.Text stored as JSON, with the
// fallbacks of i18n.Text.In. Lists and product pages need one language of four,
// so this looks for it in the text instead of decoding all of it into a map.
func flatText(raw string, l i18n.Lang) string {
	if raw == "" || raw == "{}" || raw == "null" {
		return ""
	}
	if s, ok := flatValue(raw, l); ok && s != "" {
		return s
	}
	var all i18n.Text
	if json.Unmarshal([]byte(raw), &all) != nil {
		return ""
	}
	return all.In(l)
}

// flatValue finds the value of key l in a flat JSON object of strings. It walks
// from string to string, so that a text which quotes a key cannot mislead it.
func flatValue(raw string, l i18n.Lang) (string, bool) {
	for at := 0; ; {
		start := strings.IndexByte(raw[at:], '"')
		if start < 0 {
			return "", false
		}
		start += at
		key := stringEnd(raw, start)
		if key < 0 {
			return "", false
		}
		open := strings.IndexByte(raw[key:], '"')
		if open < 0 {
			return "", false
		}
		open += key
		end := stringEnd(raw, open)
		if end < 0 {
			return "", false
		}
		if raw[start+1:key-1] == string(l) {
			return unquote(raw[open:end])
		}
		at = end
	}
}

// stringEnd is the index after the JSON string that begins at start.
func stringEnd(raw string, start int) int {
	for i := start + 1; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

func unquote(quoted string) (string, bool) {
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1], true
	}
	var s string
	err := json.Unmarshal([]byte(quoted), &s)
	return s, err == nil
}
