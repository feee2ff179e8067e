package orders

import (
	"time"

	"orion/kit/money"
	"orion/kit/page"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

// The examples of the OpenAPI description tell one purchase from cart to order.
var (
	exampleVariant = catalogapi.VariantID(7_301_444_403_200_001)
	exampleMethod  = MethodID(7_301_444_403_200_002)
	exampleTime    = time.Date(2026, 3, 2, 14, 2, 11, 0, time.UTC)
	exampleContact = Contact{Email: "lea.schmit@example.lu", Name: "Léa Schmit", Phone: "+352 621 123 456", Terms: true}
	exampleAddress = customersapi.Address{Name: "Léa Schmit", Line1: "12, rue des Roses", Postal: "L-2445", City: "Luxembourg", Country: "LU"}
	exampleSums    = apiSums{
		Goods: euros(4800), Delivery: euros(490), Total: euros(5290), Tax: euros(769), Regime: Domestic,
		Taxes: []apiTax{{Rate: 1700, Gross: euros(5290), Tax: euros(769)}},
	}
	exampleCart = apiCart{
		Token: CartID(exampleMethod).String() + ".MZXW6YTBOI5F2Q3TMNUW4ZDFPA", Count: 2, Goods: euros(4800), Ready: true,
		Items: []apiItem{{Variant: exampleVariant, Title: "Stoneware mug", Options: "Colour: ember", SKU: "KC-MUG-EM", Quantity: 2, Unit: euros(2400), Total: euros(4800)}},
	}
	exampleCheckout = apiCheckout{
		Contact: exampleContact, Address: exampleAddress, Delivery: exampleMethod, Payment: "bank_transfer", NeedsDelivery: true,
		DeliveryMethods: []apiChoice{{ID: exampleMethod, Name: "POST Luxembourg", Promise: "1 to 2 working days", Price: euros(490)}},
		PaymentMethods:  []apiPayment{{Code: "bank_transfer", Name: "Bank transfer"}}, Sums: exampleSums,
	}
	exampleOrder = apiOrder{
		ID: ordersapi.OrderID(7_301_444_403_200_003), Token: "AGXdXk8AAAAAAAAAAAAAAHk9", Number: "1048", Status: ordersapi.Processing, PlacedAt: exampleTime,
		Contact: exampleContact, Address: exampleAddress, Billing: exampleAddress, Delivery: Carrier{Method: exampleMethod, Name: "POST Luxembourg"},
		Payment: apiMoney{ID: paymentsapi.PaymentID(7_301_444_403_200_004), Method: "bank_transfer", Name: "Bank transfer", Paid: euros(5290), Refunded: euros(0)},
		Lines: []apiLine{{
			ID: LineID(7_301_444_403_200_005), Variant: exampleVariant, Product: catalogapi.ProductID(7_301_444_403_200_006), Title: "Stoneware mug",
			Options: "Colour: ember", SKU: "KC-MUG-EM", Quantity: 2, Unit: euros(2400), Total: euros(4800), Tax: euros(697), Rate: 1700,
		}},
		Sums: exampleSums, PaidAt: exampleTime,
	}
	exampleList = page.Page[apiRow]{Items: []apiRow{{
		ID: exampleOrder.ID, Number: "1048", Status: ordersapi.Processing, Name: "Léa Schmit", Email: "lea.schmit@example.lu",
		Pieces: 2, Total: euros(5290), Paid: euros(5290), Refunded: euros(0), PlacedAt: exampleTime,
	}}}
)

func euros(minor int64) money.Amount { return money.New(minor, "EUR") }
