package module

import (
	"encoding/json"
	"reflect"
)

// Schema describes the settings as JSON Schema (2020-12): what may be kept, for
// tools and for people who write settings by hand. A secret has no default.
func (c Config) Schema() json.RawMessage {
	properties := map[string]any{}
	for _, f := range c.Fields() {
		properties[f.Name] = f.schema(c.Defaults)
	}
	raw, err := json.MarshalIndent(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": properties, "additionalProperties": false,
	}, "", "  ")
	if err != nil {
		return nil // only for a default that is no JSON, which the registry refuses
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
		out["type"], out["minimum"], out["x-unit"] = "integer", 0, "nanoseconds"
	case KindMoney:
		out["type"] = "object"
		out["properties"] = map[string]any{"amount": map[string]any{"type": "integer"}, "currency": map[string]any{"type": "string"}}
		return out // the limits are of the amount, whatever its currency
	}
	if f.Min != nil {
		out[low] = *f.Min
	}
	if f.Max != nil {
		out[high] = *f.Max
	}
	return out
}
