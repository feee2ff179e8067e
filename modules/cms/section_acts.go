package cms

// sectionAct is what a button beside a section does. It names the section at hand
// behind that.
type sectionAct struct {
	do   func(all []Section, id string, at *string) ([]Section, error)
	undo bool // it is said, with a way back
	any  bool // it does whatever was seen
}

var sectionActs = map[string]sectionAct{
	"up":   {do: func(all []Section, id string, _ *string) ([]Section, error) { return step(all, id, -1) }},
	"down": {do: func(all []Section, id string, _ *string) ([]Section, error) { return step(all, id, 1) }},
	"copy": {do: func(all []Section, id string, at *string) ([]Section, error) { return double(id, at)(all) }},
	"hide": {do: func(all []Section, id string, _ *string) ([]Section, error) {
		return amend(all, id, func(s *Section) { s.Hidden = true })
	}},
	"show": {do: func(all []Section, id string, _ *string) ([]Section, error) {
		return amend(all, id, func(s *Section) { s.Hidden = false })
	}},
	"delete": {undo: true, do: func(all []Section, id string, at *string) ([]Section, error) {
		*at = neighbour(all, id)
		return amend(all, id, func(s *Section) { s.Gone = true })
	}},
	"back": {any: true, do: func(all []Section, id string, _ *string) ([]Section, error) {
		return amend(all, id, func(s *Section) { s.Gone = false })
	}},
}

// neighbour is the section that is at hand when another one is gone.
func neighbour(all []Section, id string) string {
	before, found := "", false
	for _, s := range all {
		switch {
		case s.Gone:
		case s.ID == id:
			found = true
		case found:
			return s.ID
		default:
			before = s.ID
		}
	}
	return before
}
