package app

import "testing"

func TestForStaff(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"/": false, "": false, "/store": true, "/store/": true, "/store/orders": true, "/stores": false, "/admin/users": true, "/merchants/login": true,
		"/products/store": false, "/platforms": false, "/platforms/oms": false, "/platforms/oms/": false, "/platforms/oms/admin/x": true, "/platforms/oms/storefront/s/store": false,
	} {
		if got := forStaff(path); got != want {
			t.Errorf("%q is for staff: %t, want %t", path, got, want)
		}
	}
}
