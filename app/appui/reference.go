// Package appui has the pages that belong to the program and to no module.
package appui

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Reference is the description of the REST interface as people read it.
type Reference struct {
	Title, About string
	Groups       []Group
}

// Group is the operations of one audience and module.
type Group struct {
	Name       string
	Operations []Operation
}

// Operation is one method on one path.
type Operation struct {
	ID, Method, Path, Summary, About string
	Params                           []Param
	Body                             bool
	Example                          string // of the answer, as JSON
}

// Param is a value in the path, the query or a header.
type Param struct {
	Name, In, About string
	Required        bool
}

// spec is the part of an OpenAPI description that the page shows.
type spec struct {
	Info struct {
		Title       string `json:"title"`
		Description string `json:"description"`
	} `json:"info"`
	Paths map[string]map[string]struct {
		ID          string          `json:"operationId"`
		Summary     string          `json:"summary"`
		Description string          `json:"description"`
		Tags        []string        `json:"tags"`
		Body        json.RawMessage `json:"requestBody"`
		Parameters  []struct {
			Name        string `json:"name"`
			In          string `json:"in"`
			Description string `json:"description"`
			Required    bool   `json:"required"`
		} `json:"parameters"`
		Responses map[string]struct {
			Content map[string]struct {
				Example json.RawMessage `json:"example"`
			} `json:"content"`
		} `json:"responses"`
	} `json:"paths"`
}

// NewReference reads an OpenAPI description.
func NewReference(text []byte) (Reference, error) {
	var s spec
	if err := json.Unmarshal(text, &s); err != nil {
		return Reference{}, fmt.Errorf("read the description: %w", err)
	}
	groups := map[string][]Operation{}
	for path, methods := range s.Paths {
		for method, o := range methods {
			op := Operation{ID: o.ID, Method: strings.ToUpper(method), Path: path, Summary: o.Summary, About: o.Description, Body: o.Body != nil}
			for _, p := range o.Parameters {
				op.Params = append(op.Params, Param{Name: p.Name, In: p.In, About: p.Description, Required: p.Required})
			}
			for status, r := range o.Responses {
				for _, c := range r.Content {
					if strings.HasPrefix(status, "2") && c.Example != nil {
						op.Example = indented(c.Example)
					}
				}
			}
			name := strings.Join(o.Tags, ", ")
			groups[name] = append(groups[name], op)
		}
	}
	r := Reference{Title: s.Info.Title, About: s.Info.Description}
	for name, ops := range groups {
		slices.SortFunc(ops, func(a, b Operation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
		r.Groups = append(r.Groups, Group{Name: name, Operations: ops})
	}
	slices.SortFunc(r.Groups, func(a, b Group) int { return strings.Compare(a.Name, b.Name) })
	return r, nil
}

func indented(raw json.RawMessage) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return string(raw)
	}
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return string(raw)
	}
	return string(out)
}
