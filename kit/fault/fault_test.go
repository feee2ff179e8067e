package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
)

var errEmpty = fault.New(fault.Rule, "orders.empty_cart")

func ExampleError_Field() {
	check := fault.New(fault.Invalid, "orders.invalid_checkout")
	check = check.Field("email", "form.bad_email")
	check = check.Field("name", "form.too_long", "max", 100)
	fmt.Println(check.OrNil())
	// Output: orders.invalid_checkout email=form.bad_email name=form.too_long
}

func TestCopiesLeaveTheOriginalAlone(t *testing.T) {
	t.Parallel()
	a := errEmpty.With("n", 1).Field("x", "y", "max", 3).Because(io.EOF)
	if errEmpty.Args != nil || errEmpty.Fields != nil || errEmpty.Unwrap() != nil {
		t.Errorf("the variable changed: %+v", errEmpty)
	}
	if diff := cmp.Diff([]fault.Field{{Name: "x", Code: "y", Args: map[string]any{"max": 3}}}, a.Fields); diff != "" {
		t.Error(diff)
	}
	if !errors.Is(a, errEmpty) || !errors.Is(a, io.EOF) {
		t.Error("a refined fault is neither its code nor its cause")
	}
	if errors.Is(errEmpty, fault.New(fault.Rule, "orders.other")) {
		t.Error("two codes compare equal")
	}
}

func TestAs(t *testing.T) {
	t.Parallel()
	if fault.As(nil) != nil {
		t.Error("nil is a fault")
	}
	wrapped := fmt.Errorf("place: %w", errEmpty)
	if got := fault.As(wrapped); got != errEmpty {
		t.Errorf("As = %v", got)
	}
	if got := fault.As(io.EOF); got.Kind != fault.Internal || !errors.Is(got, io.EOF) {
		t.Errorf("As(EOF) = %v", got)
	}
	if fault.New(fault.Invalid, "x").OrNil() != nil {
		t.Error("a check without field errors is an error")
	}
}
