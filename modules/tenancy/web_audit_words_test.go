package tenancy

import (
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// The log is read in words: of the module that did it where it has them, and as
// it was written down where nobody has.
func TestAuditWords(t *testing.T) {
	t.Parallel()
	bundle, err := i18n.Load(Files, fstest.MapFS{"locales/en.json": {Data: []byte(`{"orders.status_shipped": "Sent", "orders.status_processing": "To ship", "orders.story_shipped": "Parcel shipped, {n} pieces", "permissions.orders.view": "See orders"}`)}})
	if err != nil {
		t.Fatal(err)
	}
	w := saying{bundle.In(i18n.En), "orders.ship"}
	got := changes(w, json.RawMessage(`{"status": "processing", "same": 1}`),
		json.RawMessage(`{"status": "shipped", "same": 1, "active": true, "permissions": ["orders.view", "x.y"], "detail": {"pieces": 2}, "odd_thing": "as it is"}`))
	want := []ui.Change{
		{Label: "Active", After: "Yes"},
		{Label: "Details", After: "Pieces: 2"},
		{Label: "odd thing", After: "as it is"},
		{Label: "Permissions", After: "See orders, x.y"},
		{Label: "Status", Before: "To ship", After: "Sent"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
