package monitoring

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"time"
)

// identifier is text that names a thing and tells nothing of it: identifiers as
// the program writes them, and numbers of 64 bits, which are longer than those of telephones.
var identifier = regexp.MustCompile(`^(?:[a-z]{2,5}_[0-9a-z]{13}|-?[0-9]{16,19}|[0-9]{1,5})$`)

// shown are the arguments of a job as a page may show them: names, numbers,
// identifiers and times stay, whatever else somebody may have written is hidden.
func shown(args string) string {
	if args == "" {
		return ""
	}
	d := json.NewDecoder(strings.NewReader(args))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return hidden
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if e.Encode(redact(v)) != nil {
		return hidden
	}
	return strings.TrimSpace(out.String())
}

const hidden = "(hidden)"

func redact(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for name, inner := range x {
			x[name] = redact(inner)
		}
	case []any:
		for i, inner := range x {
			x[i] = redact(inner)
		}
	case string:
		if x == "" || identifier.MatchString(x) {
			return x
		}
		if _, err := time.Parse(time.RFC3339, x); err == nil {
			return x
		}
		return hidden
	}
	return v
}
