package module

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"orion/kit/web"
)

// Registry is the modules of a program, in dependency order.
type Registry struct {
	modules []Definition
	byCode  map[string]int
	needs   [][]string // by place: the optional modules without which one does not work
}

var (
	codePattern    = regexp.MustCompile(`^[a-z][a-z-]{1,30}$`)
	versionPattern = regexp.MustCompile(`^\d+\.\d+\.\d+$`)
)

// NewRegistry checks the modules against each other and orders them. Its error
// lists everything that is wrong.
func NewRegistry(defs ...Definition) (*Registry, error) {
	r := &Registry{byCode: map[string]int{}}
	var wrong []error
	index := map[string]Definition{}
	for _, d := range defs {
		if _, twice := index[d.Code]; twice {
			wrong = append(wrong, fmt.Errorf("module %s is registered twice", d.Code))
		}
		index[d.Code] = d
		wrong = append(wrong, checkOne(d)...)
	}
	wrong = append(wrong, checkNeeds(defs, index)...)
	wrong = append(wrong, checkUnique(defs)...)
	ordered, err := order(defs, index)
	if err := errors.Join(append(wrong, err)...); err != nil {
		return nil, err
	}
	r.modules = ordered
	for i, d := range ordered {
		r.byCode[d.Code] = i
	}
	r.needs = r.optionalNeeds()
	return r, nil
}

func checkOne(d Definition) (wrong []error) {
	if !codePattern.MatchString(d.Code) {
		wrong = append(wrong, fmt.Errorf("module %q: a code is lower-case letters and hyphens", d.Code))
	}
	if !versionPattern.MatchString(d.Version) {
		wrong = append(wrong, fmt.Errorf("module %s: version %q is not semantic", d.Code, d.Version))
	}
	prefix := strings.ReplaceAll(d.Code, "-", "_") + "."
	for _, p := range d.Permissions {
		if !strings.HasPrefix(p.Code, prefix) {
			wrong = append(wrong, fmt.Errorf("module %s: permission %s does not begin with %s", d.Code, p.Code, prefix))
		}
	}
	for _, f := range d.Features {
		if !strings.HasPrefix(f.Code, prefix) {
			wrong = append(wrong, fmt.Errorf("module %s: feature %s does not begin with %s", d.Code, f.Code, prefix))
		}
	}
	for _, c := range d.Cookies {
		if c.Name == "" || c.Label == "" || c.Purpose != web.Necessary && !slices.Contains(web.Purposes, c.Purpose) {
			wrong = append(wrong, fmt.Errorf("module %s: cookie %q needs a name, a label and a purpose", d.Code, c.Name))
		}
	}
	for _, err := range d.Config.checkFields() {
		wrong = append(wrong, fmt.Errorf("module %s: %w", d.Code, err))
	}
	for _, m := range d.Menu {
		if m.Need.Code == "" && !m.Mandatory {
			wrong = append(wrong, fmt.Errorf("module %s: menu entry %s needs no permission", d.Code, m.Label))
		}
		if m.Feature != "" && !slices.ContainsFunc(d.Features, func(f Feature) bool { return f.Code == m.Feature }) {
			wrong = append(wrong, fmt.Errorf("module %s: menu entry %s names the feature %s, which it does not have", d.Code, m.Label, m.Feature))
		}
	}
	return wrong
}

func checkNeeds(defs []Definition, index map[string]Definition) (wrong []error) {
	for _, d := range defs {
		for _, need := range d.Requires {
			other, ok := index[need]
			switch {
			case !ok:
				wrong = append(wrong, fmt.Errorf("module %s requires %s, which does not exist", d.Code, need))
			case d.Tier == Core && other.Tier != Core:
				wrong = append(wrong, fmt.Errorf("module %s is core and requires %s, which is not", d.Code, need))
			case d.Tier == Optional && other.Tier == Internal:
				wrong = append(wrong, fmt.Errorf("module %s requires %s, which is the operator's only", d.Code, need))
			}
		}
	}
	return wrong
}

func checkUnique(defs []Definition) (wrong []error) {
	seen := map[string]string{}
	claim := func(what, name, module string) {
		key := what + " " + name
		if other, taken := seen[key]; taken {
			wrong = append(wrong, fmt.Errorf("%s is claimed by %s and %s", key, other, module))
		}
		seen[key] = module
	}
	for _, d := range defs {
		claim("table prefix", strings.ReplaceAll(d.Code, "-", "_"), d.Code)
		for _, p := range d.Permissions {
			claim("permission", p.Code, d.Code)
		}
		for _, j := range d.Jobs {
			claim("job", j.Kind(), d.Code)
		}
		for _, h := range d.Events {
			claim("subscriber", h.Subscriber(), d.Code)
		}
		for _, c := range d.Cookies {
			claim("cookie", c.Name, d.Code)
		}
		for _, f := range d.Features {
			claim("feature", f.Code, d.Code)
		}
	}
	return wrong
}

// order puts every module behind those that it requires, keeping the given
// order otherwise.
func order(defs []Definition, index map[string]Definition) ([]Definition, error) {
	const visiting, done = 1, 2
	state := map[string]int{}
	var out []Definition
	var visit func(code string, path []string) error
	visit = func(code string, path []string) error {
		if state[code] == done {
			return nil
		}
		if state[code] == visiting {
			return fmt.Errorf("modules require each other in a circle: %s", strings.Join(append(path, code), " → "))
		}
		state[code] = visiting
		for _, need := range index[code].Requires {
			if _, ok := index[need]; !ok {
				continue
			}
			if err := visit(need, append(path, code)); err != nil {
				return err
			}
		}
		state[code] = done
		out = append(out, index[code])
		return nil
	}
	for _, d := range defs {
		if err := visit(d.Code, nil); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// All are the modules, each behind those that it requires.
func (r *Registry) All() []Definition { return slices.Clone(r.modules) }

// Find gives the module with a code.
func (r *Registry) Find(code string) (Definition, bool) {
	i, ok := r.byCode[code]
	if !ok {
		return Definition{}, false
	}
	return r.modules[i], true
}

func (r *Registry) tier(t Tier) []Definition {
	var out []Definition
	for _, d := range r.modules {
		if d.Tier == t {
			out = append(out, d)
		}
	}
	return out
}

// Core are the modules that cannot be switched off.
func (r *Registry) Core() []Definition { return r.tier(Core) }

// Optional are the modules that are switched per platform.
func (r *Registry) Optional() []Definition { return r.tier(Optional) }

// Internal are the operator's own modules.
func (r *Registry) Internal() []Definition { return r.tier(Internal) }

// OptionalCodes are the codes of the optional modules.
func (r *Registry) OptionalCodes() []string { return codes(r.Optional()) }

// InternalCodes are the codes of the internal modules.
func (r *Registry) InternalCodes() []string { return codes(r.Internal()) }

// IsCore tells that a module cannot be switched off.
func (r *Registry) IsCore(code string) bool {
	d, ok := r.Find(code)
	return ok && d.Tier == Core
}

// IsInternal tells that a module is the operator's only.
func (r *Registry) IsInternal(code string) bool {
	d, ok := r.Find(code)
	return ok && d.Tier == Internal
}

// ByTier groups the modules.
func (r *Registry) ByTier() map[Tier][]Definition {
	return map[Tier][]Definition{Core: r.Core(), Optional: r.Optional(), Internal: r.Internal()}
}

// TierOf is a module's tier, and false for unknown codes.
func (r *Registry) TierOf(code string) (Tier, bool) {
	d, ok := r.Find(code)
	return d.Tier, ok
}

// Dependents are the modules that require code, directly or through others, in
// the order in which they would have to be switched off.
func (r *Registry) Dependents(code string) []string {
	need := map[string]bool{code: true}
	var out []string
	for _, d := range r.modules { // dependency order, so one pass is enough
		if slices.ContainsFunc(d.Requires, func(c string) bool { return need[c] }) {
			need[d.Code] = true
			out = append(out, d.Code)
		}
	}
	slices.Reverse(out)
	return out
}

// Requirements are the modules that code requires, directly or through others,
// in the order in which they would have to be switched on.
func (r *Registry) Requirements(code string) []string {
	need := map[string]bool{}
	var collect func(string)
	collect = func(c string) {
		d, _ := r.Find(c)
		for _, n := range d.Requires {
			if !need[n] {
				need[n] = true
				collect(n)
			}
		}
	}
	collect(code)
	var out []string
	for _, d := range r.modules {
		if need[d.Code] {
			out = append(out, d.Code)
		}
	}
	return out
}

func codes(defs []Definition) []string {
	out := make([]string, len(defs))
	for i, d := range defs {
		out[i] = d.Code
	}
	return out
}
