package app

import (
	"errors"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/catalog"
)

// Where the plan is full, a deleted product comes back only when another goes,
// and a file brings in none.
func plansLimitProducts(t *testing.T, a *App, in tenant.Store) {
	t.Helper()
	ctx, cat := t.Context(), a.modules.catalog
	rows, err := cat.Products(ctx, in, "en", catalog.Wanted{})
	if err != nil {
		t.Fatal(err)
	}
	gone := true
	change, err := cat.ChangeMany(ctx, in, auth.SystemActor, catalog.Many{Kind: catalog.ByDeleted, Patches: []catalog.Patch{{Product: rows.Items[0].ID, Deleted: &gone}}})
	if err != nil {
		t.Fatal(err)
	}
	file := "Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price\nyy,Y,,,,true,Title,Default Title,Y1,1.00\nzz,Z,,,,true,Title,Default Title,Z1,1.00\n"
	report, err := cat.Import(ctx, in, strings.NewReader(file), catalog.Options{Lang: i18n.En, Currency: "EUR"})
	if err != nil || report.Created != 1 || report.Failed != 1 || len(report.Problems) != 1 {
		t.Errorf("the plan has room for one of two: %+v, %v", report, err)
	}
	if _, err := cat.UndoMany(ctx, in, auth.SystemActor, change.ID, nil); !errors.Is(err, fault.New(fault.Rule, "catalog.products_full")) {
		t.Errorf("a product came back beyond the plan: %v", err)
	}
}
