// Package monitoringapi is the contract of monitoring, which nobody calls: it
// looks at what all others do.
package monitoringapi

// Code is the module's code.
const Code = "monitoring"
