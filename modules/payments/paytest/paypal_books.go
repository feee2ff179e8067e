package paytest

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// searchTransactions lists what moved in a span of at most 31 days, the oldest first.
func (p *PayPal) searchTransactions(e errand) (result, *Refusal) {
	from, err1 := time.Parse(time.RFC3339, e.query("start_date"))
	to, err2 := time.Parse(time.RFC3339, e.query("end_date"))
	size, err3 := strconv.Atoi(e.query("page_size"))
	page, err4 := strconv.Atoi(e.query("page"))
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil || size < 1 || size > 500 || page < 1 || to.Sub(from) > 31*24*time.Hour || to.Before(from) {
		return result{}, invalidRequest("INVALID_REQUEST")
	}
	found := []any{}
	for _, l := range e.a.ledger {
		if t := l.transaction(); t != nil && !l.At.Before(from) && !l.At.After(to) {
			found = append(found, map[string]any{"transaction_info": t})
		}
	}
	all := len(found)
	if page > 1 && (page-1)*size >= all {
		found = nil
	} else {
		found = slices.Clone(found[(page-1)*size : min(page*size, all)])
	}
	return result{http.StatusOK, func(bool) any {
		out := map[string]any{
			"page": page, "total_items": all, "total_pages": max(1, (all+size-1)/size),
			"start_date": e.query("start_date"), "end_date": e.query("end_date"), "last_refreshed_datetime": p.now(),
		}
		if len(found) > 0 {
			out["transaction_details"] = found
		}
		return out
	}}, nil
}

// transaction is a line as the search shows it; nil is one that is not in it.
func (l PayPalEntry) transaction() map[string]any {
	out := map[string]any{
		"transaction_id": l.piece.ID, "transaction_initiation_date": l.At.UTC().Format(time.RFC3339), "transaction_status": "S",
	}
	if key := l.piece.order.CustomID; key != "" {
		out["custom_field"] = key
	}
	sum := spell(l.Amount)
	switch l.Move {
	case Capture:
		out["transaction_event_code"] = "T0006"
	case GiveBack:
		sum.Value = "-" + sum.Value
		out["transaction_event_code"], out["paypal_reference_id"], out["paypal_reference_id_type"] = "T1107", l.piece.Of, "TXN"
	default:
		return nil
	}
	out["transaction_amount"] = sum
	return out
}
