package cms

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"orion/kit/fault"
)

// Section is one section of a page as it is kept.
type Section struct {
	ID     string          `json:"id"`   // unique on its page
	Kind   string          `json:"kind"` // by its whole name: "cms.hero"
	Hidden bool            `json:"hidden,omitempty"`
	Gone   bool            `json:"gone,omitempty"` // deleted; it can come back until the page is published
	Value  json.RawMessage `json:"value"`
}

const (
	maxSections     = 200     // of one page, those that can come back included
	maxSectionBytes = 2 << 20 // that the sections of a page take
)

var (
	errNoSection   = fault.New(fault.NotFound, "cms.section_unknown")
	errNoKind      = fault.New(fault.NotFound, "cms.section_kind_unknown")
	errSectionFull = fault.New(fault.Rule, "cms.section_full")
	errSectionHuge = fault.New(fault.Rule, "cms.section_huge")
	errUnfinished  = fault.New(fault.Rule, "cms.section_unfinished")
)

// seenSections are those that readers of the page get to see.
func seenSections(all []Section) []Section {
	out := make([]Section, 0, len(all))
	for _, s := range all {
		if !s.Hidden && !s.Gone {
			out = append(out, s)
		}
	}
	return out
}

// kept are the sections without those that were deleted.
func kept(all []Section) []Section {
	return slices.DeleteFunc(slices.Clone(all), func(s Section) bool { return s.Gone })
}

func sectionAt(all []Section, id string) (int, error) {
	i := slices.IndexFunc(all, func(s Section) bool { return s.ID == id })
	if i < 0 {
		return 0, errNoSection
	}
	return i, nil
}

// freeID is an identifier that no section of the page has.
func freeID(all []Section) string {
	most := 0
	for _, s := range all {
		if n, err := strconv.Atoi(s.ID); err == nil {
			most = max(most, n)
		}
	}
	return strconv.Itoa(most + 1)
}

// placeSection puts a section behind another; behind none is at the end.
func placeSection(all []Section, s Section, behind string) []Section {
	at := len(all)
	if i, err := sectionAt(all, behind); err == nil {
		at = i + 1
	}
	return slices.Insert(slices.Clone(all), at, s)
}

// amend changes the section of that name.
func amend(all []Section, id string, fn func(s *Section)) ([]Section, error) {
	i, err := sectionAt(all, id)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(all)
	fn(&out[i])
	return out, nil
}

// step moves a section up or down among those that are not deleted.
func step(all []Section, id string, by int) ([]Section, error) {
	i, err := sectionAt(all, id)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(all)
	for to := i + by; to >= 0 && to < len(out); to += by {
		if !out[to].Gone {
			s := out[i]
			out = slices.Insert(slices.Delete(out, i, i+1), to, s)
			break
		}
	}
	return out, nil
}

// arrangeSections puts the sections into the order of ids. Those that are not named
// stay behind the one that they stood behind.
func arrangeSections(all []Section, ids []string) []Section {
	out := make([]Section, 0, len(all))
	for _, id := range ids {
		if i, err := sectionAt(all, id); err == nil && !slices.ContainsFunc(out, func(s Section) bool { return s.ID == id }) {
			out = append(out, all[i])
		}
	}
	for i, s := range all {
		if slices.ContainsFunc(out, func(o Section) bool { return o.ID == s.ID }) {
			continue
		}
		at := 0
		if i > 0 {
			at, _ = sectionAt(out, all[i-1].ID)
			at++
		}
		out = slices.Insert(out, at, s)
	}
	return out
}

// checkSections tells whether a page has room for its sections.
func checkSections(all []Section) error {
	if len(all) > maxSections {
		return errSectionFull
	}
	size := 0
	for _, s := range all {
		size += len(s.Value)
	}
	if size > maxSectionBytes {
		return errSectionHuge
	}
	return nil
}

// room forgets the deleted sections that went first, where a page has too many.
func room(all []Section) []Section {
	for len(all) > maxSections {
		i := slices.IndexFunc(all, func(s Section) bool { return s.Gone })
		if i < 0 {
			break
		}
		all = slices.Delete(slices.Clone(all), i, i+1)
	}
	return all
}

func sameSections(a, b []Section) bool {
	return slices.EqualFunc(a, b, func(x, y Section) bool {
		return x.ID == y.ID && x.Kind == y.Kind && x.Hidden == y.Hidden && x.Gone == y.Gone && bytes.Equal(x.Value, y.Value)
	})
}
