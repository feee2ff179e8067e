package orders

import (
	"regexp"
	"time"

	"orion/kit/i18n"
	"orion/kit/module"
)

// Config is what a store can choose for its orders.
type Config struct {
	Prefix        string `json:"prefix" label:"orders.setting_prefix" help:"orders.setting_prefix_help"`
	TermsPath     string `json:"terms_path" label:"orders.setting_terms" help:"orders.setting_terms_help"`
	ShowNet       bool   `json:"show_net" label:"orders.setting_show_net" help:"orders.setting_show_net_help"`
	UnpaidDays    int    `json:"unpaid_days" label:"orders.setting_unpaid_days" help:"orders.setting_unpaid_days_help"`
	Cutoff        string `json:"cutoff" label:"orders.setting_cutoff" help:"orders.setting_cutoff_help"`
	BackorderDays int    `json:"backorder_days" label:"orders.setting_backorder_days" help:"orders.setting_backorder_days_help"`
	Country       string `json:"country" label:"orders.setting_country" help:"orders.setting_country_help"`
	Franchise     bool   `json:"franchise" label:"orders.setting_franchise" help:"orders.setting_franchise_help"`
	OSS           bool   `json:"oss" label:"orders.setting_oss" help:"orders.setting_oss_help"`
	OverThreshold bool   `json:"over_threshold" label:"orders.setting_over_threshold" help:"orders.setting_over_threshold_help"`
}

// defaults suit a shop that sells to consumers at home.
var defaults = Config{UnpaidDays: 14}

var (
	prefixShape = regexp.MustCompile(`^[A-Z0-9-]{0,8}$`)
	pathShape   = regexp.MustCompile(`^(/[a-z0-9/_-]*)?$`)
)

func (c Config) validate() error {
	bad := module.ErrSettings
	if !prefixShape.MatchString(c.Prefix) {
		bad = bad.Field("prefix", "orders.bad_prefix")
	}
	if !pathShape.MatchString(c.TermsPath) {
		bad = bad.Field("terms_path", "orders.bad_path")
	}
	if c.UnpaidDays < 1 || c.UnpaidDays > 90 {
		bad = bad.Field("unpaid_days", "orders.bad_days")
	}
	if _, err := time.Parse(clock, c.Cutoff); c.Cutoff != "" && err != nil {
		bad = bad.Field("cutoff", "orders.bad_cutoff")
	}
	if c.BackorderDays < 0 || c.BackorderDays > 365 {
		bad = bad.Field("backorder_days", "orders.bad_backorder_days")
	}
	if _, ok := vatTable[c.Country]; c.Country != "" && !ok {
		bad = bad.Field("country", "orders.not_in_union")
	}
	return bad.OrNil()
}

// clock is how the settings write a time of day.
const clock = "15:04"

// hours are those of a store in a country.
func (c Config) hours(country string) hours {
	h := hours{zone: i18n.ZoneOf(country)}
	if t, err := time.Parse(clock, c.Cutoff); err == nil {
		h.cutoff = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
	return h
}

// seller is who sells as far as taxes go; without a country of its own it is
// where the shop is.
func (c Config) seller(shop Shop) Seller {
	out := Seller{Country: c.Country, Franchise: c.Franchise, OSS: c.OSS, OverThreshold: c.OverThreshold}
	if out.Country == "" {
		out.Country = shop.Country
	}
	return out
}
