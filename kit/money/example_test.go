package money_test

import (
	"fmt"

	"orion/kit/money"
)

// A gross price of 19.99 at 17 %: the tax is rounded once, net is the rest.
func ExampleAmount_Included() {
	gross := money.New(1999, money.EUR)
	tax, _ := gross.Included(1700)
	net, _ := gross.Sub(tax)
	fmt.Println(net, "+", tax)
	// Output: 17.09 EUR + 2.90 EUR
}

// A discount of 10.00 over three lines: the parts add up to the cent.
func ExampleAmount_Split() {
	parts, _ := money.New(1000, money.EUR).Split(1999, 1999, 500)
	fmt.Println(parts)
	// Output: [4.45 EUR 4.44 EUR 1.11 EUR]
}

func ExampleParse() {
	a, err := money.Parse("1.234,50 €", money.EUR, "lb")
	fmt.Println(a, err)
	// Output: 1234.50 EUR <nil>
}
