package module_test

import (
	"errors"
	"testing"

	"orion/kit/module"
	"orion/kit/tenant"
)

// kept is what somebody stored.
type kept string

func (k kept) Raw(string, tenant.Store) string { return string(k) }

// What only has to hold when somebody saves is asked then, and takes nothing away
// from what is stored.
func TestSettingsWhenSaved(t *testing.T) {
	t.Parallel()
	type till struct {
		Open bool   `json:"open"`
		Key  string `json:"key"`
		Lock string `json:"lock"`
	}
	apart := errors.New("a key without its lock")
	s := module.NewSettings("till", kept(`{"open":false,"key":"k"}`), till{Open: true}, nil).WhenSaved(func(t till) error {
		if (t.Key == "") != (t.Lock == "") {
			return apart
		}
		return nil
	})
	if got := s.Of(tenant.Store{}); got != (till{Key: "k"}) {
		t.Errorf("stored is %+v", got)
	}
	check := s.Config().Check
	if err := check([]byte(`{"key":"k"}`)); !errors.Is(err, apart) {
		t.Errorf("saving it: %v", err)
	}
	if err := check([]byte(`{"key":"k","lock":"l"}`)); err != nil {
		t.Errorf("saving both: %v", err)
	}
}
