package paypal_test

import "orion/kit/auth"

var boss = auth.Actor{Name: "Claire Thill"}
