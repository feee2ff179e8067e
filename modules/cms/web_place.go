package cms

import (
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/tenant"
)

// place says whose pages a request is about.
type place[S tenant.Scope] struct {
	in     S
	base   string // path of the list
	tier   Tier   // of a page that is new
	langs  []i18n.Lang
	query  string // behind addresses, such as "?platform=plt_1"
	zone   *time.Location
	origin string // of what readers see, before the path
	drafts string // before the path of drafts as readers would see them; empty where nobody can
	// on is the platform whose modules bring sections.
	on tenant.PlatformID
	// library is the store whose pictures, categories and the like sections show; nil
	// where they are for many stores.
	library *tenant.Store
}

func (p place[S]) path(page PageID) string { return p.base + "/" + page.String() + p.query }

// sections is where the sections of a page are, with more behind the address.
func (p place[S]) sections(page PageID, more ...string) string {
	return sectionsPath(page) + p.behind(more...)
}

// behind is what stands behind an address: what the place needs there, and more.
func (p place[S]) behind(more ...string) string {
	all := strings.Join(append([]string{strings.TrimPrefix(p.query, "?")}, more...), "&")
	if all = strings.Trim(all, "&"); all == "" {
		return ""
	}
	return "?" + all
}

// clock is the time zone in which a day and a time are meant.
func (p place[S]) clock() *time.Location {
	if p.zone == nil {
		return time.UTC
	}
	return p.zone
}

// section is where a section of a page is written.
func (p place[S]) section(id PageID, section string) string {
	return sectionsPath(id) + "/" + section + p.query
}

// behindAct is the address of the list with a section at hand.
func (p place[S]) behindAct(id PageID, section string) string {
	if section == "" {
		return p.sections(id)
	}
	return p.sections(id, "at="+section)
}
