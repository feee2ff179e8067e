package customers

import (
	"strconv"
	"strings"
	"time"

	"orion/kit/db"
)

// Filter chooses customers. The zero value is all.
type Filter struct {
	Query   string `json:"query,omitempty"` // part of a name or address, or a number such as C1042
	Status  Status `json:"status,omitempty"`
	Consent bool   `json:"consent,omitempty"` // only who agreed to marketing mail
	Tag     string `json:"tag,omitempty"`
	Spent   int64  `json:"spent,omitempty"`  // at least so much, in minor units
	Orders  int64  `json:"orders,omitempty"` // at least so many
	Days    int    `json:"days,omitempty"`   // in which Spent and Orders count; zero is ever
	Idle    int    `json:"idle,omitempty"`   // bought, but not for so many days
	Known   int    `json:"known,omitempty"`  // not known for longer than so many days
}

// Sort is the order of the list.
type Sort string

// The orders of the list.
const (
	Newest Sort = ""
	Best   Sort = "-spent" // who spent most comes first
)

// maxDays is how far back a filter looks at most.
const maxDays = 3650

// tidy is the filter with what means nothing taken for none.
func (f Filter) tidy() Filter {
	f.Query = strings.TrimSpace(f.Query)
	if f.Status != Guest && f.Status != Active && f.Status != Blocked {
		f.Status = ""
	}
	f.Spent, f.Orders = max(f.Spent, 0), max(f.Orders, 0)
	for _, days := range []*int{&f.Days, &f.Idle, &f.Known} {
		*days = min(max(*days, 0), maxDays)
	}
	if tags, err := tidyTags([]string{f.Tag}); err == nil {
		f.Tag = strings.Join(tags, "")
	} else {
		f.Tag = ""
	}
	return f
}

// lately tells that only the last days count.
func (f Filter) lately() bool { return f.Days > 0 }

func (f Filter) where(now time.Time) []db.Cond {
	var where []db.Cond
	if f.Query != "" {
		any := []db.Cond{db.Contains("email_key", f.Query), db.Contains("name", f.Query), db.Contains("phone", f.Query)}
		if n, err := strconv.ParseInt(strings.TrimPrefix(strings.ToUpper(f.Query), "C"), 10, 64); err == nil {
			any = append(any, db.Eq("number", n))
		}
		where = append(where, db.Any(any...))
	}
	if f.Status != "" {
		where = append(where, db.Eq("status", string(f.Status)))
	}
	if f.Consent {
		where = append(where, db.Eq("consent", true))
	}
	if f.Tag != "" {
		where = append(where, db.Contains("tags", ","+f.Tag+","))
	}
	if f.Idle > 0 {
		where = append(where, db.Lt("last_order_at", now.AddDate(0, 0, -f.Idle)))
	}
	if f.Known > 0 {
		where = append(where, db.Ge("created_at", now.AddDate(0, 0, -f.Known)))
	}
	return append(where, f.bought()...)
}

// bought is what the filter says of orders and money.
func (f Filter) bought() []db.Cond {
	orders, spent := "orders", "spent"
	if f.lately() {
		orders, spent = "recent_orders", "recent_spent"
	}
	var where []db.Cond
	if least := f.Orders; least > 0 || f.lately() {
		where = append(where, db.Ge(orders, max(least, 1)))
	}
	if f.Spent > 0 {
		where = append(where, db.Ge(spent, f.Spent))
	}
	return where
}
