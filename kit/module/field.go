package module

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"orion/kit/config"
	"orion/kit/money"
)

// Level is who may choose a setting. What a lower level did not choose is what
// the one above has.
type Level string

// The levels, highest first.
const (
	AtPlatform Level = "platform" // the operator only
	AtMerchant Level = "merchant" // the operator, and a merchant for all stores
	AtStore    Level = "store"    // everybody: what a setting is that says nothing
)

// Chooses tells whether somebody on this level may choose a setting of another.
func (l Level) Chooses(setting Level) bool {
	depth := map[Level]int{AtPlatform: 0, AtMerchant: 1, AtStore: 2}
	return depth[l] <= depth[setting]
}

// Kind is how a setting is typed and shown.
type Kind string

// The kinds of settings.
const (
	KindText     Kind = "text"
	KindSwitch   Kind = "switch"
	KindNumber   Kind = "number"
	KindDuration Kind = "duration" // typed as 15m, 12h or 30d
	KindChoice   Kind = "choice"
	KindMoney    Kind = "money"
	KindSecret   Kind = "secret" // config.Secret: encrypted where it is kept, and never shown
	KindOther    Kind = ""       // stands in no form
)

// Field is one setting of a module, as the tags of its struct say it: json
// names it; label and help are translation keys; options are the values of a
// choice; min and max limit a number or an amount, max also the length of a
// text; at is the lowest level that chooses it. Without a label it stands in no form.
type Field struct {
	Name, Label, Help string
	Kind              Kind
	Options           []string
	Min, Max          *int64
	At                Level
	Index             int // in the struct
	kind              reflect.Type
}

// Fields are the settings of a module, in their order.
func (c Config) Fields() []Field {
	if c.Defaults == nil {
		return nil
	}
	t := reflect.TypeOf(c.Defaults)
	if t.Kind() != reflect.Struct {
		return nil
	}
	var out []Field
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		x := Field{
			Name: name, Label: f.Tag.Get("label"), Help: f.Tag.Get("help"), Kind: kindOf(f), At: Level(f.Tag.Get("at")), Index: i, kind: f.Type,
			Min: number(f.Tag.Get("min")), Max: number(f.Tag.Get("max")),
		}
		if x.At == "" {
			x.At = AtStore
		}
		if options := f.Tag.Get("options"); options != "" {
			x.Options = strings.Split(options, ",")
		}
		out = append(out, x)
	}
	return out
}

// Secrets are the names of the settings that nobody may read.
func (c Config) Secrets() []string {
	var out []string
	for _, f := range c.Fields() {
		if f.Kind == KindSecret {
			out = append(out, f.Name)
		}
	}
	return out
}

var (
	durationType = reflect.TypeFor[time.Duration]()
	moneyType    = reflect.TypeFor[money.Amount]()
	secretType   = reflect.TypeFor[config.Secret]()
)

func kindOf(f reflect.StructField) Kind {
	switch {
	case f.Type == durationType:
		return KindDuration
	case f.Type == moneyType:
		return KindMoney
	case f.Type == secretType:
		return KindSecret
	case f.Type.Kind() == reflect.Bool:
		return KindSwitch
	case f.Type.Kind() >= reflect.Int && f.Type.Kind() <= reflect.Int64:
		return KindNumber
	case f.Type.Kind() == reflect.String && f.Tag.Get("options") != "":
		return KindChoice
	case f.Type.Kind() == reflect.String:
		return KindText
	}
	return KindOther
}

func number(tag string) *int64 {
	n, err := strconv.ParseInt(tag, 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// checkFields tells what a programmer wrote wrong in the tags of settings.
func (c Config) checkFields() (wrong []error) {
	seen := map[string]bool{}
	for _, f := range c.Fields() {
		if seen[f.Name] {
			wrong = append(wrong, fmt.Errorf("setting %s is there twice", f.Name))
		}
		seen[f.Name] = true
		if f.At != AtPlatform && f.At != AtMerchant && f.At != AtStore {
			wrong = append(wrong, fmt.Errorf("setting %s is chosen by %q, which is no level", f.Name, f.At))
		}
		if f.Label != "" && f.Kind == KindOther {
			wrong = append(wrong, fmt.Errorf("setting %s is of type %s, for which there is no field", f.Name, f.kind))
		}
	}
	if c.Defaults != nil && c.Check != nil {
		raw, err := json.Marshal(c.Defaults)
		if err == nil {
			err = c.Check(raw)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("its own defaults do not fit its settings: %w", err))
		}
	}
	return wrong
}
