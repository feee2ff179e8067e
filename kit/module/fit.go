package module

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/money"
)

// Fit tells what in a JSON of settings does not fit its fields, field by field.
// Settings that nobody knows any more are no fault; they are not read.
func (c Config) Fit(raw []byte) error {
	values := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &values); err != nil {
		return ErrSettings.Because(fmt.Errorf("settings are no JSON object: %w", err))
	}
	bad := ErrSettings
	for _, f := range c.Fields() {
		if value, ok := values[f.Name]; ok {
			bad = f.fit(bad, value)
		}
	}
	return bad.OrNil()
}

func (f Field) fit(bad *fault.Error, raw json.RawMessage) *fault.Error {
	v := reflect.New(f.kind)
	if err := json.Unmarshal(raw, v.Interface()); err != nil {
		return bad.Field(f.Name, "form.invalid")
	}
	v = v.Elem()
	switch f.Kind {
	case KindChoice:
		if !slices.Contains(f.Options, v.String()) {
			return bad.Field(f.Name, "form.choose")
		}
	case KindText, KindSecret:
		if f.Max != nil && int64(utf8.RuneCountInString(v.String())) > *f.Max {
			return bad.Field(f.Name, "form.too_long", "max", *f.Max)
		}
	case KindNumber, KindDuration:
		return f.between(bad, v.Int())
	case KindMoney:
		a, _ := v.Interface().(money.Amount)
		return f.between(bad, a.Minor)
	}
	return bad
}

func (f Field) between(bad *fault.Error, n int64) *fault.Error {
	switch {
	case f.Min != nil && n < *f.Min:
		return bad.Field(f.Name, "form.too_small", "min", *f.Min)
	case f.Max != nil && n > *f.Max:
		return bad.Field(f.Name, "form.too_large", "max", *f.Max)
	case f.Kind == KindDuration && n < 0:
		return bad.Field(f.Name, "form.too_small", "min", 0)
	}
	return bad
}
