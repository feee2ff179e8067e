package inventory

import (
	"strings"
	"unicode/utf8"

	"orion/kit/module"
)

// Config are a store's settings for its stock.
type Config struct {
	LowAt        int64  `json:"low_at" label:"inventory.config.low_at" help:"inventory.config.low_at_help"`
	LocationCode string `json:"location_code" label:"inventory.config.location_code" help:"inventory.config.location_code_help"`
	LocationName string `json:"location_name" label:"inventory.config.location_name" help:"inventory.config.location_name_help"`
}

var defaults = Config{LowAt: 3, LocationCode: "main", LocationName: "Main warehouse"}

func (c Config) validate() error {
	bad := module.ErrSettings
	if c.LowAt < 0 || c.LowAt > MaxQuantity {
		bad = bad.Field("low_at", "inventory.bad_quantity", "max", int64(MaxQuantity))
	}
	if !locationCode.MatchString(c.LocationCode) {
		bad = bad.Field("location_code", "inventory.bad_code")
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(c.LocationName)); n == 0 || n > 80 {
		bad = bad.Field("location_name", "form.required")
	}
	return bad.OrNil()
}
