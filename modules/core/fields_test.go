package core

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	conf "orion/kit/config"
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
	Key    conf.Secret   `json:"key" label:"h"`
	Limit  int           `json:"limit" label:"i" at:"platform"`
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
	got, err := fieldsOf(config(), module.AtStore, layers{`{"on":true,"count":3,"key":"sk_1"}`, `{"count":7}`, `{"on":true,"count":3}`})
	if err != nil {
		t.Fatal(err)
	}
	type shown struct {
		Name, Value, Above string
		On, Set, Own       bool
	}
	var have []shown
	for _, f := range got {
		have = append(have, shown{f.Name, f.value, f.above, f.on, f.set, f.own})
	}
	want := []shown{
		{Name: "name", Value: "x"},
		{Name: "on", On: true, Own: true},
		{Name: "count", Value: "3", Above: "7", Own: true},
		{Name: "hold", Value: "2d"},
		{Name: "mode", Value: "fast"},
		{Name: "fee", Value: "2.50"},
		{Name: "key", Set: true},
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	above, err := fieldsOf(config(), module.AtPlatform, layers{})
	if err != nil || len(above) != len(want)+1 {
		t.Errorf("the operator chooses %d settings, want one more than a store: %v", len(above), err)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	fields, err := fieldsOf(config(), module.AtStore, layers{})
	if err != nil {
		t.Fatal(err)
	}
	form := &sent{values: map[string]string{"name": "y", "on": "on", "count": "xxxx", "hold": "15m", "mode": "slow", "fee": "3.10"}}
	raw, err := read(fields, `{"secret":"kept"}`, form, "en")
	if err != nil {
		t.Fatal(err)
	}
	want := `{"count":4,"fee":{"amount":310,"currency":"EUR"},"hold":900000000000,"key":"(secret)","mode":"slow","name":"y","on":true,"secret":"kept"}`
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
