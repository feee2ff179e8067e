package reviews

// Config is what a store can choose for its reviews.
type Config struct {
	Moderate   bool `json:"moderate" label:"reviews.setting_moderate" help:"reviews.setting_moderate_help"`
	OnlyBuyers bool `json:"only_buyers" label:"reviews.setting_only_buyers" help:"reviews.setting_only_buyers_help"`
}

// defaults show nothing that nobody has read.
var defaults = Config{Moderate: true}
