package module_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/config"
	"orion/kit/module"
)

func TestSchema(t *testing.T) {
	t.Parallel()
	type till struct {
		Days  int64         `json:"days" label:"till.days" help:"till.days_help" min:"1" max:"30"`
		Mode  string        `json:"mode" options:"test,live" at:"platform"`
		Open  bool          `json:"open"`
		Key   config.Secret `json:"key" max:"80"`
		Inner int           `json:"-"`
	}
	var got map[string]any
	if err := json.Unmarshal(module.Config{Defaults: till{Days: 7, Mode: "test"}}.Schema(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false,
		"properties": map[string]any{
			"days": map[string]any{
				"type": "integer", "title": "till.days", "description": "till.days_help", "minimum": 1.0, "maximum": 30.0, "default": 7.0, "x-level": "store",
			},
			"mode": map[string]any{"type": "string", "enum": []any{"test", "live"}, "default": "test", "x-level": "platform"},
			"open": map[string]any{"type": "boolean", "default": false, "x-level": "store"},
			"key":  map[string]any{"type": "string", "writeOnly": true, "maxLength": 80.0, "x-level": "store"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
