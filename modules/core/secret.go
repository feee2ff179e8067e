package core

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// sealedKey marks a value that is encrypted: {"$sealed": "v1.…"}.
const sealedKey = "$sealed"

// unchanged stands in a form or in JSON for a secret that stays as it is; it is
// how config.Secret writes itself.
const unchanged = "(secret)"

type sealedValue struct {
	Text string `json:"$sealed"`
}

// values are settings by name.
type values map[string]json.RawMessage

func readValues(raw string) (values, error) {
	v := values{}
	if raw == "" {
		return v, nil
	}
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return v, nil
}

func (v values) text() (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("write settings: %w", err)
	}
	return string(raw), nil
}

// secretName says which secret is meant, and whose.
type secretName struct {
	owner        Owner
	module, name string
}

// seal encrypts a secret for its place.
func (m *Module) seal(n secretName, text string) (json.RawMessage, error) {
	raw, err := json.Marshal(sealedValue{m.box.Seal(text, n.owner.place(n.module, n.name))})
	if err != nil {
		return nil, fmt.Errorf("seal %s of %s: %w", n.name, n.module, err)
	}
	return raw, nil
}

// open decrypts the secrets in settings as they are kept. Those that do not open
// are left out, as if nobody had set them, and named.
func (m *Module) open(o Owner, code, kept string) (raw string, lost []string) {
	if !strings.Contains(kept, sealedKey) {
		return kept, nil
	}
	v, err := readValues(kept)
	if err != nil {
		return kept, nil // what it is, its reader says
	}
	for name, value := range v {
		var s sealedValue
		if json.Unmarshal(value, &s) != nil || s.Text == "" {
			continue
		}
		text, err := m.box.Open(s.Text, o.place(code, name))
		if err != nil {
			delete(v, name)
			lost = append(lost, name)
			continue
		}
		if v[name], err = json.Marshal(text); err != nil {
			delete(v, name)
		}
	}
	slices.Sort(lost)
	raw, err = v.text()
	if err != nil {
		return "", lost
	}
	return raw, lost
}

// reseal encrypts anew what was encrypted with a key before.
func (m *Module) reseal(o Owner, code, kept string) (raw string, changed, lost int, err error) {
	if !strings.Contains(kept, sealedKey) {
		return kept, 0, 0, nil
	}
	v, err := readValues(kept)
	if err != nil {
		return kept, 0, 0, err
	}
	for name, value := range v {
		var s sealedValue
		if json.Unmarshal(value, &s) != nil || s.Text == "" || m.box.Current(s.Text) {
			continue
		}
		text, err := m.box.Open(s.Text, o.place(code, name))
		if err != nil {
			lost++
			continue
		}
		if v[name], err = m.seal(secretName{o, code, name}, text); err != nil {
			return kept, 0, 0, err
		}
		changed++
	}
	raw, err = v.text()
	return raw, changed, lost, err
}

// hide takes the secrets out of settings, for logs and those who look.
func hide(kept string) json.RawMessage {
	if !strings.Contains(kept, sealedKey) {
		if kept == "" {
			return nil
		}
		return json.RawMessage(kept)
	}
	v, err := readValues(kept)
	if err != nil {
		return nil
	}
	for name, value := range v {
		var s sealedValue
		if json.Unmarshal(value, &s) == nil && s.Text != "" {
			v[name] = json.RawMessage(`"` + unchanged + `"`)
		}
	}
	raw, err := v.text()
	if err != nil {
		return nil
	}
	return json.RawMessage(raw)
}
