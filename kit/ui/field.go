package ui

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"orion/kit/fault"
)

// Field is the state of one form control: what it is called, what is typed in
// it, and what is wrong with that. The controls are functions over it.
type Field struct {
	Name         string
	Label        string
	Value        string
	Values       []string // of tags and groups of checkboxes
	Checked      bool     // of a checkbox or switch
	Help         string   // below the control
	Error        string   // below the control, in words
	Required     bool
	Disabled     bool
	ReadOnly     bool
	Autofocus    bool
	HideLabel    bool // the label is for screen readers only
	Placeholder  string
	Autocomplete string // "email", "street-address", …
	InputMode    string // "numeric", "decimal", …
	Pattern      string
	Prefix       string // shown inside, before the value
	Suffix       string // shown inside, behind the value
	MaxLength    int
	ID           string // the name when empty
	Settled      bool   // there is always a value: to call it optional says nothing
	Attrs        templ.Attributes
}

// Must is the field as one that has to be filled in.
func (f Field) Must() Field { f.Required = true; return f }

// With is the field with another value.
func (f Field) With(value string) Field { f.Value = value; return f }

// On is the field of a checkbox or switch, ticked or not.
func (f Field) On(checked bool) Field { f.Checked = checked; return f }

// Hint is the field with a sentence of help.
func (f Field) Hint(help string) Field { f.Help = help; return f }

// Auto is the field with what the browser may fill in: "email".
func (f Field) Auto(autocomplete string) Field { f.Autocomplete = autocomplete; return f }

// Limit is the field with a greatest length in characters.
func (f Field) Limit(n int) Field { f.MaxLength = n; return f }

// Attr is the field with one more attribute on its control.
func (f Field) Attr(name string, value any) Field {
	attrs := templ.Attributes{name: value}
	for k, v := range f.Attrs {
		attrs[k] = v
	}
	f.Attrs = attrs
	return f
}

// idName makes a field's name fit into an id.
var idName = strings.NewReplacer(".", "-", "[", "-", "]", "")

func (f Field) id() string {
	return "f-" + idName.Replace(or(f.ID, f.Name))
}

// about are the ids of the texts that describe the control.
func (f Field) about() string {
	id := f.id()
	switch {
	case f.Help != "" && f.Error != "":
		return id + "-error " + id + "-help"
	case f.Error != "":
		return id + "-error"
	case f.Help != "":
		return id + "-help"
	}
	return ""
}

func (f Field) has(value string) bool {
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return f.Value == value && len(f.Values) == 0
}

// Option is one choice of a select, of radio buttons or of a group of checkboxes.
type Option struct {
	Value    string
	Label    string
	Detail   string // a quieter line, on cards
	Side     string // at the right end, like a price; on cards
	Disabled bool
}

// Form is the state of a form that came back: what was typed and what was
// wrong. The zero value is a form that nobody has sent yet.
type Form struct {
	Values url.Values   // nil when not sent
	Fault  *fault.Error // nil when there is nothing wrong
}

// Field is the field of that name. Its label is the word of the key, its help
// the word of the key + "_help" when there is one. It has the typed value, else
// the given one, and its error.
func (f Form) Field(ctx context.Context, name, key, value string) Field {
	words := Words(ctx)
	field := Field{Name: name, Label: words.T(key), Value: value, Error: f.Error(ctx, name)}
	if help := key + "_help"; words.Has(help) {
		field.Help = words.T(help)
	}
	if typed, ok := f.Values[name]; ok && len(typed) > 0 {
		field.Value, field.Values = typed[len(typed)-1], typed
		field.Checked = field.Value != "" && field.Value != "false"
	}
	return field
}

// Toggle is the field of a checkbox or switch, on or off before it was sent.
func (f Form) Toggle(ctx context.Context, name, key string, on bool) Field {
	field := f.Field(ctx, name, key, "")
	if f.Values == nil {
		field.Checked = on
	}
	return field
}

// Error is what is wrong with the field of that name, in words.
func (f Form) Error(ctx context.Context, name string) string {
	if f.Fault == nil {
		return ""
	}
	for _, e := range f.Fault.Fields {
		if e.Name == name {
			return Words(ctx).FaultField(e)
		}
	}
	return ""
}

// choosing is the field of a list of choices. Only one of which a choice may be
// left open is optional.
func choosing(f Field, options []Option) Field {
	f.Settled = f.Placeholder == "" && !slices.ContainsFunc(options, func(o Option) bool { return o.Value == "" })
	return f
}

// counting is the field of a number, which is optional as long as it is empty.
func counting(f Field) Field {
	f.Settled = f.Value != ""
	return f
}
