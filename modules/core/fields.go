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

// field is one setting of a module as a form shows it.
type field struct {
	module.Field
	currency money.Currency
	value    string // as typed; a secret has none
	on       bool   // of a switch
	set      bool   // of a secret: there is one
	own      bool   // it was chosen here, and is not inherited
	above    string // as typed, what it is without being chosen here
}

// layers are an owner's settings as JSON, with secrets open: whole, without its
// own, and its own. All three may be empty.
type layers struct{ all, above, own string }

// fieldsOf are a module's settings that somebody on a level chooses.
func fieldsOf(c module.Config, level module.Level, of layers) ([]field, error) {
	now, err := valueOf(c, of.all)
	if err != nil {
		return nil, err
	}
	without, err := valueOf(c, of.above)
	if err != nil {
		return nil, err
	}
	chosen, err := readValues(of.own)
	if err != nil {
		return nil, err
	}
	var out []field
	for _, f := range c.Fields() {
		if f.Label == "" || f.Kind == module.KindOther || !level.Chooses(f.At) {
			continue
		}
		x := fieldOf(f, now.Field(f.Index))
		if _, x.own = chosen[f.Name]; x.own {
			y := fieldOf(f, without.Field(f.Index))
			x.above = y.value
		}
		out = append(out, x)
	}
	return out, nil
}

func valueOf(c module.Config, raw string) (reflect.Value, error) {
	v := reflect.New(reflect.TypeOf(c.Defaults)).Elem()
	v.Set(reflect.ValueOf(c.Defaults))
	if raw != "" {
		if err := json.Unmarshal([]byte(raw), v.Addr().Interface()); err != nil {
			return v, fmt.Errorf("read settings: %w", err)
		}
	}
	return v, nil
}

func fieldOf(f module.Field, v reflect.Value) field {
	out := field{Field: f}
	switch f.Kind {
	case module.KindDuration:
		out.value = showDuration(time.Duration(v.Int()))
	case module.KindMoney:
		a, _ := v.Interface().(money.Amount)
		out.value, out.currency = a.Decimal(), a.Currency
	case module.KindSwitch:
		out.on = v.Bool()
	case module.KindNumber:
		out.value = strconv.FormatInt(v.Int(), 10)
	case module.KindSecret:
		out.set = v.String() != ""
	case module.KindText, module.KindChoice:
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
		out[x.Name] = x.read(f, lang)
	}
	text, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("write settings: %w", err)
	}
	return text, nil
}

// removeSuffix names the switch that takes a secret away.
const removeSuffix = "_remove"

func (x field) read(f typed, lang string) any {
	switch x.Kind {
	case module.KindSecret:
		if text := strings.TrimSpace(f.Text(x.Name)); text != "" || f.Bool(x.Name+removeSuffix) {
			return text
		}
		return unchanged
	case module.KindSwitch:
		return f.Bool(x.Name)
	case module.KindNumber:
		return f.Int(x.Name)
	case module.KindDuration:
		d, err := readDuration(f.Text(x.Name))
		if err != nil {
			f.Fail(x.Name, "core.bad_duration")
		}
		return int64(d)
	case module.KindMoney:
		a, err := money.Parse(f.Text(x.Name), x.currency, lang)
		if err != nil {
			f.Fail(x.Name, "money.malformed")
		}
		return a
	case module.KindChoice:
		v := f.Text(x.Name)
		for _, o := range x.Options {
			if o == v {
				return v
			}
		}
		f.Fail(x.Name, "form.choose")
		return v
	}
	return f.Text(x.Name)
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
