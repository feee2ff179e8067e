package core

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/module"
	"orion/kit/money"
)

type shape struct {
	Name   string        `json:"name" label:"a"`
	On     bool          `json:"on" label:"b" help:"c"`
	Count  int64         `json:"count" label:"d"`
	Hold   time.Duration `json:"hold" label:"e"`
	Mode   string        `json:"mode" label:"f" options:"fast,slow"`
	Fee    money.Amount  `json:"fee" label:"g"`
	Secret string        `json:"secret"`
}

// sent is a form as it was typed.
type sent struct {
	values map[string]string
	faults []string
}

func (s *sent) Text(name string) string          { return s.values[name] }
func (s *sent) Bool(name string) bool            { return s.values[name] == "on" }
func (s *sent) Int(name string) int64            { return int64(len(s.values[name])) }
func (s *sent) Fail(name, code string, _ ...any) { s.faults = append(s.faults, name+" "+code) }

func config() module.Config {
	return module.Config{Defaults: shape{Name: "x", Hold: 48 * time.Hour, Mode: "fast", Fee: money.New(250, "EUR"), Secret: "s"}}
}

func TestFieldsOf(t *testing.T) {
	t.Parallel()
	got, err := fieldsOf(config(), `{"on":true,"count":3}`)
	if err != nil {
		t.Fatal(err)
	}
	want := []field{
		{name: "name", label: "a", kind: kindText, value: "x"},
		{name: "on", label: "b", help: "c", kind: kindSwitch, on: true},
		{name: "count", label: "d", kind: kindNumber, value: "3"},
		{name: "hold", label: "e", kind: kindDuration, value: "2d"},
		{name: "mode", label: "f", kind: kindChoice, options: []string{"fast", "slow"}, value: "fast"},
		{name: "fee", label: "g", kind: kindMoney, value: "2.50", currency: "EUR"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(field{})); diff != "" {
		t.Error(diff)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	fields, err := fieldsOf(config(), "")
	if err != nil {
		t.Fatal(err)
	}
	form := &sent{values: map[string]string{"name": "y", "on": "on", "count": "xxxx", "hold": "15m", "mode": "slow", "fee": "3.10"}}
	raw, err := read(fields, `{"secret":"kept"}`, form, "en")
	if err != nil {
		t.Fatal(err)
	}
	want := `{"count":4,"fee":{"amount":310,"currency":"EUR"},"hold":900000000000,"mode":"slow","name":"y","on":true,"secret":"kept"}`
	if diff := cmp.Diff(want, string(raw)); diff != "" {
		t.Error(diff)
	}
	wrong := &sent{values: map[string]string{"hold": "soon", "mode": "odd", "fee": "much"}}
	if _, err := read(fields, "", wrong, "en"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"hold core.bad_duration", "mode form.choose", "fee money.malformed"}, wrong.faults); diff != "" {
		t.Error(diff)
	}
}
