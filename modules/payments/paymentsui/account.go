package paymentsui

import (
	"orion/kit/i18n"
	"orion/kit/ui"
)

// Account is how a store's account under its platform's stands at a gateway.
type Account struct {
	Gateway, Service string
	Status           string // "none", "asked", "begun", "checked", "active" or "left"
	External         string // the gateway's name of it
	Fee              string // what the platform keeps of each payment, in words; empty is nothing
	Payouts          bool
	Wanted           int    // how many things the gateway wants to know yet
	WantedBy         string // until when, in words; empty is no time
	Stopped          string // the gateway's code of why it takes nothing
	Open, Look       string // where it is opened or gone on with, and looked at again
	Check            string // where all of the connection is checked
}

// Onboarding leads an account's owner on to the gateway.
type Onboarding struct{ Service, To, Back string }

func (v Account) tone() ui.Tone {
	switch v.Status {
	case "active":
		return ui.OK
	case "left":
		return ui.Bad
	case "begun", "checked", "asked":
		return ui.Warn
	}
	return ui.Neutral
}

// goesOn tells whether there is something for its owner to do.
func (v Account) goesOn() bool {
	return v.Status != "checked" && (v.Status != "active" || v.Wanted > 0)
}

// step is the word on the button that leads on to the gateway.
func (v Account) step() string {
	switch v.Status {
	case "none", "left", "asked":
		return "payments.account_open"
	}
	return "payments.account_go_on"
}

func (v Account) until(w i18n.Words) string {
	if v.WantedBy == "" {
		return w.T("payments.account_wanted_help", "service", v.Service)
	}
	return w.T("payments.account_wanted_by", "service", v.Service, "day", v.WantedBy)
}

func (v Account) facts(w i18n.Words) []ui.Fact {
	out := []ui.Fact{{Label: w.T("payments.account_state"), Value: ui.Badge{Label: w.T("payments.account_is_" + v.Status), Tone: v.tone()}}}
	if v.External != "" {
		out = append(out, ui.Fact{Label: w.T("payments.account_name"), Value: ui.Copy{Text: v.External, Show: true}})
	}
	if v.Fee != "" {
		out = append(out, ui.Fact{Label: w.T("payments.account_fee"), Text: v.Fee})
	}
	return out
}

// sub is what a card says below its name.
func (v Connection) sub() string {
	if v.Account != nil && (v.Mode == "" || v.Account.Status != "active") {
		return "payments.account_sub"
	}
	return "payments.connection_" + v.state()
}
