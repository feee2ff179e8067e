package core

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/money"
)

// The kinds of fields that a settings form knows.
const (
	kindText     = "text"
	kindSwitch   = "switch"
	kindNumber   = "number"
	kindDuration = "duration" // typed as 15m, 12h or 30d
	kindChoice   = "choice"
	kindMoney    = "money"
)

// field is one setting of a module: what the form shows and how it is read.
type field struct {
	name     string // in the form and in JSON
	label    string // translation key
	help     string // translation key
	kind     string
	options  []string
	currency money.Currency
	value    string // as typed
	on       bool   // of a switch
}

var (
	durationType = reflect.TypeFor[time.Duration]()
	moneyType    = reflect.TypeFor[money.Amount]()
)

// fieldsOf are a module's settings with the values of raw, which may be empty.
func fieldsOf(c module.Config, raw string) ([]field, error) {
	v := reflect.New(reflect.TypeOf(c.Defaults)).Elem()
	v.Set(reflect.ValueOf(c.Defaults))
	if raw != "" {
		if err := json.Unmarshal([]byte(raw), v.Addr().Interface()); err != nil {
			return nil, fmt.Errorf("read settings: %w", err)
		}
	}
	var out []field
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if label := f.Tag.Get("label"); label == "" || name == "" || name == "-" {
			continue
		}
		out = append(out, fieldOf(f, name, v.Field(i)))
	}
	return out, nil
}

func fieldOf(f reflect.StructField, name string, v reflect.Value) field {
	out := field{name: name, label: f.Tag.Get("label"), help: f.Tag.Get("help"), kind: kindText}
	if options := f.Tag.Get("options"); options != "" {
		out.kind, out.options = kindChoice, strings.Split(options, ",")
	}
	switch {
	case v.Type() == durationType:
		out.kind, out.value = kindDuration, showDuration(time.Duration(v.Int()))
	case v.Type() == moneyType:
		a, _ := v.Interface().(money.Amount)
		out.kind, out.value, out.currency = kindMoney, a.Decimal(), a.Currency
	case v.Kind() == reflect.Bool:
		out.kind, out.on = kindSwitch, v.Bool()
	case v.CanInt():
		out.kind, out.value = kindNumber, strconv.FormatInt(v.Int(), 10)
	case v.Kind() == reflect.String:
		out.value = v.String()
	}
	return out
}

// typed is how a form gives a field's value.
type typed interface {
	Text(name string) string
	Bool(name string) bool
	Int(name string) int64
	Fail(name, code string, kv ...any)
}

// read gives the JSON of what was typed. What cannot be read is noted with the
// form. Settings that the form does not show keep their value.
func read(fields []field, raw string, f typed, lang string) (json.RawMessage, error) {
	out := map[string]any{}
	if raw != "" {
		if err := json.Unmarshal([]byte(raw), &out); err != nil {
			return nil, fmt.Errorf("read settings: %w", err)
		}
	}
	for _, x := range fields {
		out[x.name] = x.read(f, lang)
	}
	text, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("write settings: %w", err)
	}
	return text, nil
}

func (x field) read(f typed, lang string) any {
	switch x.kind {
	case kindSwitch:
		return f.Bool(x.name)
	case kindNumber:
		return f.Int(x.name)
	case kindDuration:
		d, err := readDuration(f.Text(x.name))
		if err != nil {
			f.Fail(x.name, "core.bad_duration")
		}
		return int64(d)
	case kindMoney:
		a, err := money.Parse(f.Text(x.name), x.currency, lang)
		if err != nil {
			f.Fail(x.name, "money.malformed")
		}
		return a
	case kindChoice:
		v := f.Text(x.name)
		for _, o := range x.options {
			if o == v {
				return v
			}
		}
		f.Fail(x.name, "form.choose")
		return v
	}
	return f.Text(x.name)
}

var errDuration = fault.New(fault.Invalid, "core.bad_duration")

func readDuration(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 0 || n > 36500 {
			return 0, errDuration
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, errDuration
	}
	return d, nil
}

func showDuration(d time.Duration) string {
	if d > 0 && d%(24*time.Hour) == 0 {
		return strconv.Itoa(int(d/(24*time.Hour))) + "d"
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
