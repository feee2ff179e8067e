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

// Schema describes the settings as JSON Schema (2020-12): what may be kept, for
// tools and for people who write settings by hand.
func (c Config) Schema() json.RawMessage {
	properties := map[string]any{}
	for _, f := range c.Fields() {
		properties[f.Name] = f.schema(c.Defaults)
	}
	raw, err := json.MarshalIndent(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": properties, "additionalProperties": false,
	}, "", "  ")
	if err != nil {
		return nil // only for a value that is no JSON, which the registry refuses
	}
	return raw
}

func (f Field) schema(defaults any) map[string]any {
	out := map[string]any{"x-level": f.At}
	if f.Kind != KindSecret {
		out["default"] = reflect.ValueOf(defaults).Field(f.Index).Interface()
	}
	if f.Label != "" {
		out["title"] = f.Label
	}
	if f.Help != "" {
		out["description"] = f.Help
	}
	low, high := "minimum", "maximum"
	switch f.Kind {
	case KindText:
		out["type"], high = "string", "maxLength"
	case KindSecret:
		out["type"], out["writeOnly"], high = "string", true, "maxLength"
	case KindChoice:
		out["type"], out["enum"] = "string", f.Options
	case KindSwitch:
		out["type"] = "boolean"
	case KindNumber:
		out["type"] = "integer"
	case KindDuration:
		out["type"], out["minimum"], out["description"] = "integer", 0, f.Help+" (nanoseconds)"
	case KindMoney:
		out["type"], out["properties"] = "object", map[string]any{"amount": map[string]any{"type": "integer"}, "currency": map[string]any{"type": "string"}}
	}
	if f.Min != nil {
		out[low] = *f.Min
	}
	if f.Max != nil {
		out[high] = *f.Max
	}
	return out
}

// Fit tells what in a JSON of settings breaks the schema, field by field.
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
