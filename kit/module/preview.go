package module

import (
	"slices"
	"strings"

	"orion/kit/tenant"
)

// Preview is what switching a module would do; nothing is changed by looking.
type Preview struct {
	Module   Definition
	On       bool         // what it would become
	Already  bool         // it is that already
	Switched []Definition // all that would be switched, in the order in which it happens
	Blockers []Definition // modules that need it and are on; they have to go first, or along
	Menu     []MenuItem   // appears or goes
	Jobs     []string     // begin, or pause for the stores of the platform
	Events   []string     // are heard or no longer; what happens meanwhile is not told later
	Slots    []string     // what it adds to pages of other modules appears or goes
	Settings []string     // modules whose settings are kept
	Tables   []string     // prefixes of the tables whose rows are kept
}

// Codes are those of the modules that would be switched.
func (v Preview) Codes() []string { return codes(v.Switched) }

// Preview tells what switching a module for a platform would do.
func (b *Board) Preview(p tenant.PlatformID, code string, on bool) (Preview, error) {
	return b.registry.preview(code, on, func(code string) bool { return b.ledger.Switched(p, code) })
}

func (r *Registry) preview(code string, on bool, switched func(string) bool) (Preview, error) {
	d, ok := r.Find(code)
	switch {
	case !ok:
		return Preview{}, ErrUnknown.With("module", code)
	case d.Tier != Optional:
		return Preview{}, ErrAlwaysOn.With("module", d.Name)
	}
	v := Preview{Module: d, On: on, Already: r.Enabled(code, switched) == on && switched(code) == on}
	others := r.Dependents(code)
	if on {
		others = r.Requirements(code)
	}
	for _, c := range append(others, code) {
		other, _ := r.Find(c)
		if other.Tier != Optional || switched(c) == on {
			continue
		}
		v.Switched = append(v.Switched, other)
		if !on && c != code {
			v.Blockers = append(v.Blockers, other)
		}
	}
	for _, s := range v.Switched {
		v.add(s)
	}
	return v, nil
}

func (v *Preview) add(d Definition) {
	v.Menu = append(v.Menu, d.Menu...)
	for _, j := range d.Jobs {
		v.Jobs = append(v.Jobs, j.Kind())
	}
	for _, h := range d.Events {
		if !slices.Contains(v.Events, h.Event()) {
			v.Events = append(v.Events, h.Event())
		}
	}
	for _, f := range d.Fills {
		if !slices.Contains(v.Slots, f.Slot()) {
			v.Slots = append(v.Slots, f.Slot())
		}
	}
	if d.Config.Defaults != nil {
		v.Settings = append(v.Settings, d.Code)
	}
	v.Tables = append(v.Tables, strings.ReplaceAll(d.Code, "-", "_")+"_")
}

// refusal is why it may not be done, unless what needs it goes along.
func (v Preview) refusal(cascade bool) error {
	if len(v.Blockers) == 0 || cascade {
		return nil
	}
	names := make([]string, len(v.Blockers))
	for i, d := range v.Blockers {
		names[i] = d.Name
	}
	return ErrDependents.With("module", v.Module.Name).With("modules", strings.Join(names, ", "))
}
