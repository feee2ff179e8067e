package tenant_test

import (
	"testing"

	"orion/kit/tenant"
)

func TestBind(t *testing.T) {
	t.Parallel()
	g := tenant.NewGate()
	if b := tenant.Bind(g.Store(3, 2, 1)); b != (tenant.Binding{Column: "store_id", Store: 3, Merchant: 2, Platform: 1, Valid: true}) {
		t.Errorf("store: %+v", b)
	}
	if b := tenant.Bind(g.Merchant(2, 1)); b != (tenant.Binding{Column: "merchant_id", Merchant: 2, Platform: 1, Valid: true}) {
		t.Errorf("merchant: %+v", b)
	}
	if b := tenant.Bind(g.Platform(1)); b != (tenant.Binding{Column: "platform_id", Platform: 1, Valid: true}) {
		t.Errorf("platform: %+v", b)
	}
	if b := tenant.Bind(g.System()); !b.Valid || b.Column != "" {
		t.Errorf("system: %+v", b)
	}
}

func TestTheZeroGateMintsNothing(t *testing.T) {
	t.Parallel()
	var g tenant.Gate
	if tenant.Bind(g.Store(3, 2, 1)).Valid || tenant.Bind(g.Merchant(2, 1)).Valid ||
		tenant.Bind(g.Platform(1)).Valid || tenant.Bind(g.System()).Valid {
		t.Error("a gate that nobody opened minted a scope")
	}
}

func TestZeroScopesOpenNothing(t *testing.T) {
	t.Parallel()
	if tenant.Bind(tenant.Store{}).Valid || tenant.Bind(tenant.Merchant{}).Valid ||
		tenant.Bind(tenant.Platform{}).Valid || tenant.Bind(tenant.System{}).Valid {
		t.Error("a scope that nobody minted is valid")
	}
}
