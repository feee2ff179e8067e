package messaging

// Config is what a store can choose for its messages.
type Config struct {
	Notify     bool `json:"notify" label:"messaging.setting_notify" help:"messaging.setting_notify_help"`
	Newsletter bool `json:"newsletter" label:"messaging.setting_newsletter" help:"messaging.setting_newsletter_help"`
}

// defaults let nobody miss a message.
var defaults = Config{Notify: true, Newsletter: true}
