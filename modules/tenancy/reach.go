package tenancy

import (
	"slices"

	"orion/kit/tenant"
)

// Reach is how far an administrator sees: everything, or some platforms with
// their stores and merchants. The zero Reach sees nothing.
type Reach struct {
	Every     bool
	Platforms []tenant.PlatformID
}

// Everywhere is the reach of super administrators and of the program itself.
var Everywhere = Reach{Every: true}

// ReachOf is the reach of an administrator who is limited to platforms; nil is
// not limited.
func ReachOf(platforms []tenant.PlatformID) Reach {
	if platforms == nil {
		return Everywhere
	}
	return Reach{Platforms: platforms}
}

func (r Reach) has(p tenant.PlatformID) bool { return r.Every || slices.Contains(r.Platforms, p) }

// args are the parameters that limit a statement to the reach.
func (r Reach) args(a map[string]any) map[string]any {
	ids := make([]int64, len(r.Platforms))
	for i, p := range r.Platforms {
		ids[i] = int64(p)
	}
	a["every"], a["platforms"] = r.Every, ids
	return a
}
