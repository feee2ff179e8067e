package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"orion/kit/web"
)

type schema struct {
	Ref        string            `json:"$ref"`
	Type       any               `json:"type"`
	Enum       []any             `json:"enum"`
	Properties map[string]schema `json:"properties"`
	Items      *schema           `json:"items"`
}

// spec is what the description of the REST interface says about bodies.
type spec struct {
	Paths map[string]map[string]struct {
		ID          string `json:"operationId"`
		Summary     string `json:"summary"`
		RequestBody struct {
			Content map[string]struct {
				Schema schema `json:"schema"`
			} `json:"content"`
		} `json:"requestBody"`
		Responses map[string]struct {
			Content map[string]struct {
				Example any `json:"example"`
			} `json:"content"`
		} `json:"responses"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

func specOf(t *testing.T, a *App) (s spec) {
	t.Helper()
	raw, err := a.site.Spec()
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// body makes a value that a schema accepts, with the identifiers of ids.
func (s spec) body(of schema, name string, ids map[string]string) any {
	if ref, ok := strings.CutPrefix(of.Ref, "#/components/schemas/"); ok {
		return s.body(s.Components.Schemas[ref], name, ids)
	}
	if len(of.Enum) > 0 {
		return of.Enum[0]
	}
	types := fmt.Sprint(of.Type)
	switch {
	case strings.Contains(types, "object"):
		out := map[string]any{}
		for key, p := range of.Properties {
			if key != "$schema" {
				out[key] = s.body(p, key, ids)
			}
		}
		return out
	case strings.Contains(types, "array") && of.Items != nil:
		return []any{s.body(*of.Items, strings.TrimSuffix(name, "s"), ids)}
	case strings.Contains(types, "integer"), strings.Contains(types, "number"):
		return 1
	case strings.Contains(types, "boolean"):
		return true
	}
	if kind, ok := kindOfField[name]; ok {
		return ids[kind]
	}
	return "EUR"
}

// bodyOf is what to send to a route.
func (s spec) bodyOf(r web.Route, ids map[string]string) (kind, text string) {
	if !r.API {
		return "", formOf(ids)
	}
	op := s.Paths[web.APIRoot+"/"+string(r.Audience)+r.Pattern][strings.ToLower(r.Method)]
	content, ok := op.RequestBody.Content["application/json"]
	if !ok {
		return "application/json", ""
	}
	raw, _ := json.Marshal(s.body(content.Schema, "", ids)) // cannot fail
	return "application/json", string(raw)
}
