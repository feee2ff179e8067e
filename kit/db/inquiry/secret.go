package inquiry

import (
	"slices"
	"strings"
)

// secrets are columns that open something: what stands in them is a password, a
// token or what becomes of one. A table has its own before the dot.
var secrets = []string{
	"hash", "salt", "seal", "secret", "password", "password_hash", "token", "fingerprint",
	"mail_messages.body_text", "mail_messages.body_html", "mail_messages.unsubscribe", // links that open accounts
	"core_settings.value", "core_merchant_settings.value", "core_platform_settings.value", // keys of services, sealed
	"core_settings_changes.before", "core_settings_changes.after",
	"payments_attempts.redirect",
	"river_job.args", "river_job.metadata", "river_job.errors",
}

// IsSecret tells that nobody reads a column by hand.
func IsSecret(table, column string) bool {
	table, column = strings.ToLower(table), strings.ToLower(column)
	for _, word := range []string{"password", "secret", "token"} {
		if strings.Contains(column, word) {
			return true
		}
	}
	return slices.Contains(secrets, column) || slices.Contains(secrets, table+"."+column)
}
