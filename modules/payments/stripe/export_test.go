package stripe

import "orion/modules/payments"

// Element is where browsers find the form.
func (g *Gateway) Element() payments.Form { return g.element() }
