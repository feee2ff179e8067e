package mail

import (
	"orion/kit/i18n"
	"orion/kit/slot"
)

// Sampling is for whom samples are made: a store that does not exist, and a
// language that its people read.
type Sampling struct {
	Lang   i18n.Lang
	Shop   string // its name
	Email  string // its address
	Origin string // absolute address of its storefront, without a slash at its end
	Footer string // lines, such as its postal address
}

// Samples is where modules show the mails that they send: one of each kind, made by
// what makes the real ones, of made-up people and things. Their keys are the kinds.
var Samples = slot.Define[Sampling, []Message]("mail.samples")
