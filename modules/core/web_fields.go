package core

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/ui"
	"orion/kit/web/form"
	"orion/modules/core/coreui"
)

// settingsView is the form of an owner's settings of a module, with its history.
func (m *Module) settingsView(w i18n.Words, d module.Definition, o Owner, changes []Change) (coreui.ModuleSettings, error) {
	of := m.layers(d, o)
	fields, err := fieldsOf(d.Config, o.Level, of)
	if err != nil {
		return coreui.ModuleSettings{}, err
	}
	v := coreui.ModuleSettings{Code: d.Code, Name: nameOf(w, d), Level: string(o.Level)}
	for _, f := range fields {
		v.Fields = append(v.Fields, coreui.Setting{
			Name: f.Name, Label: f.Label, Help: f.Help, Kind: string(f.Kind), Value: f.value, On: f.on, Set: f.set, Options: f.Options,
			Currency: string(f.currency), Above: f.above, Remove: f.Name + removeSuffix,
		})
	}
	for _, c := range changes {
		v.Changes = append(v.Changes, coreui.SettingsChange{
			ID: strconv.FormatInt(c.ID, 10), Who: byName(w, c.By.Name), When: w.Ago(c.At, m.clock.Now()), Exact: w.DateTime(c.At), Lines: changed(w, d.Config, c),
		})
	}
	return v, nil
}

func byName(w i18n.Words, name string) string {
	if name == "" {
		return w.T("core.by_program")
	}
	return name
}

// layers are an owner's settings of a module.
func (m *Module) layers(d module.Definition, o Owner) layers {
	c := m.chosen.Load()
	above, own := c.inherited(o, d.Code), c.by[o.key(d.Code)]
	return layers{all: over(above, own), above: above, own: own}
}

// typedSettings is what was typed into an owner's form, as JSON.
func (m *Module) typedSettings(d module.Definition, o Owner, f *form.Form, lang string) (json.RawMessage, error) {
	of := m.layers(d, o)
	fields, err := fieldsOf(d.Config, o.Level, of)
	if err != nil {
		return nil, err
	}
	v, err := readValues(of.all)
	if err != nil {
		return nil, err
	}
	for _, name := range d.Config.Secrets() {
		delete(v, name)
	}
	shown, err := v.text()
	if err != nil {
		return nil, err
	}
	return read(fields, shown, f, lang)
}

// changed are the settings that a change changed, by their names.
func changed(w i18n.Words, config module.Config, c Change) []ui.Change {
	before, err := readValues(c.before)
	after, err2 := readValues(c.after)
	if err != nil || err2 != nil {
		return nil
	}
	fields := map[string]module.Field{}
	for _, f := range config.Fields() {
		fields[f.Name] = f
	}
	names := maps.Clone(before)
	maps.Copy(names, after)
	var out []ui.Change
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if f, known := fields[name]; known && !same(before[name], after[name]) {
			label := name
			if f.Label != "" {
				label = w.T(f.Label)
			}
			out = append(out, ui.Change{Label: label, Before: valueText(w, config, f, before[name]), After: valueText(w, config, f, after[name])})
		}
	}
	return out
}

// valueText is a value of a setting as people read it; a secret only says that there is one.
func valueText(w i18n.Words, config module.Config, f module.Field, raw json.RawMessage) string {
	switch {
	case raw == nil:
		return w.T("core.inherited")
	case f.Kind == module.KindSecret:
		return w.T("core.secret_set")
	case f.Kind == module.KindOther:
		return string(raw)
	}
	v, err := valueOf(config, `{`+strconv.Quote(f.Name)+`:`+string(raw)+`}`)
	if err != nil {
		return string(raw)
	}
	x := fieldOf(f, v.Field(f.Index))
	switch f.Kind {
	case module.KindSwitch:
		if x.on {
			return w.T("core.on")
		}
		return w.T("core.off")
	case module.KindChoice:
		if key := f.Label + "_" + x.value; w.Has(key) {
			return w.T(key)
		}
	}
	return x.value
}
