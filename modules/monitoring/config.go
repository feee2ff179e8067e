package monitoring

import (
	"orion/kit/module"
	"orion/kit/tenant"
)

// Config is what the operator chooses for the whole program.
type Config struct {
	StoresWarning     int64 `json:"stores_warning" label:"monitoring.config.stores_warning" at:"platform" min:"1"`
	StoresCritical    int64 `json:"stores_critical" label:"monitoring.config.stores_critical" at:"platform" min:"1"`
	MerchantsWarning  int64 `json:"merchants_warning" label:"monitoring.config.merchants_warning" at:"platform" min:"1"`
	MerchantsCritical int64 `json:"merchants_critical" label:"monitoring.config.merchants_critical" at:"platform" min:"1"`
	CustomersWarning  int64 `json:"customers_warning" label:"monitoring.config.customers_warning" at:"platform" min:"1"`
	CustomersCritical int64 `json:"customers_critical" label:"monitoring.config.customers_critical" at:"platform" min:"1"`
	ProductsWarning   int64 `json:"products_warning" label:"monitoring.config.products_warning" at:"platform" min:"1"`
	ProductsCritical  int64 `json:"products_critical" label:"monitoring.config.products_critical" at:"platform" min:"1"`
	OrdersWarning     int64 `json:"orders_warning" label:"monitoring.config.orders_warning" at:"platform" min:"1"`
	OrdersCritical    int64 `json:"orders_critical" label:"monitoring.config.orders_critical" at:"platform" min:"1"`
	MediaWarning      int64 `json:"media_warning" label:"monitoring.config.media_warning" at:"platform" min:"1" max:"1000000"`
	MediaCritical     int64 `json:"media_critical" label:"monitoring.config.media_critical" at:"platform" min:"1" max:"1000000"`
	DatabaseWarning   int64 `json:"database_warning" label:"monitoring.config.database_warning" at:"platform" min:"1" max:"1000000"`
	DatabaseCritical  int64 `json:"database_critical" label:"monitoring.config.database_critical" at:"platform" min:"1" max:"1000000"`
	DiskWarning       int64 `json:"disk_warning" label:"monitoring.config.disk_warning" at:"platform" min:"1" max:"99"`
	DiskCritical      int64 `json:"disk_critical" label:"monitoring.config.disk_critical" at:"platform" min:"1" max:"99"`
	LogDays           int64 `json:"log_days" label:"monitoring.config.log_days" at:"platform" min:"1" max:"90"`
	LogMegabytes      int64 `json:"log_megabytes" label:"monitoring.config.log_megabytes" at:"platform" min:"1" max:"1000"`
}

var defaults = Config{
	StoresWarning: 500, StoresCritical: 2_000, MerchantsWarning: 500, MerchantsCritical: 2_000,
	CustomersWarning: 1_000_000, CustomersCritical: 5_000_000, ProductsWarning: 500_000, ProductsCritical: 2_000_000,
	OrdersWarning: 1_000_000, OrdersCritical: 5_000_000, MediaWarning: 50, MediaCritical: 200,
	DatabaseWarning: 10, DatabaseCritical: 50, DiskWarning: 20, DiskCritical: 10,
	LogDays: 7, LogMegabytes: 50,
}

const gigabyte = 1_000_000_000

// limits are those of all measures, in their own units.
func (c Config) limits() map[Measure]Limit {
	return map[Measure]Limit{
		Stores: {c.StoresWarning, c.StoresCritical}, Merchants: {c.MerchantsWarning, c.MerchantsCritical},
		Customers: {c.CustomersWarning, c.CustomersCritical}, Products: {c.ProductsWarning, c.ProductsCritical},
		Orders: {c.OrdersWarning, c.OrdersCritical}, Media: {c.MediaWarning * gigabyte, c.MediaCritical * gigabyte},
		Database: {c.DatabaseWarning * gigabyte, c.DatabaseCritical * gigabyte}, Disk: {c.DiskWarning, c.DiskCritical},
	}
}

// validate wants the last limit of each measure behind the first.
func (c Config) validate() error {
	bad := module.ErrSettings
	for _, m := range Measures {
		l := c.limits()[m]
		if behind := l.Critical > l.Warning; behind == (m == Disk) || l.Critical == l.Warning {
			bad = bad.Field(string(m)+"_critical", "monitoring.limits_crossed")
		}
	}
	return bad.OrNil()
}

// config is what was chosen. It is nobody's but the program's, so it stands
// with the platform that is none.
func (m *Module) config() Config { return m.settings.Of(tenant.Store{}) }
