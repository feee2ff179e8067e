package module

import "slices"

// Enabled tells whether a module works where switched tells what somebody chose:
// core and internal modules always do; an optional one while it and all
// that it requires are switched on. Unknown modules do not.
func (r *Registry) Enabled(code string, switched func(code string) bool) bool {
	i, ok := r.byCode[code]
	if !ok {
		return false
	}
	for _, need := range r.needs[i] {
		if !switched(need) {
			return false
		}
	}
	return true
}

// optionalNeeds are the optional modules that have to be switched on for each module to work.
func (r *Registry) optionalNeeds() [][]string {
	out := make([][]string, len(r.modules))
	for i, d := range r.modules {
		if d.Tier != Optional {
			continue
		}
		for _, code := range append(r.Requirements(d.Code), d.Code) {
			if n, _ := r.Find(code); n.Tier == Optional {
				out[i] = append(out[i], code)
			}
		}
	}
	return out
}

// Doubts are what is odd about what was switched: modules that this program does
// not have, and modules that are switched on and do not work, because one that they require is off.
func (r *Registry) Doubts(switched map[string]bool) []string {
	on := func(code string) bool {
		v, ok := switched[code]
		return v || !ok
	}
	var out []string
	for code := range switched {
		if _, ok := r.Find(code); !ok {
			out = append(out, "there is no module "+code)
		}
	}
	for _, d := range r.modules {
		if d.Tier == Optional && on(d.Code) && !r.Enabled(d.Code, on) {
			out = append(out, d.Code+" is on, but something that it requires is off")
		}
	}
	slices.Sort(out)
	return out
}
