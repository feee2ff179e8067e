package orders

import (
	"testing"

	"orion/kit/fault"
	"orion/kit/i18n"
)

func TestMethodPrice(t *testing.T) {
	t.Parallel()
	post := Method{Zones: []Zone{
		{Countries: []string{"FR"}, Postcodes: []string{"20", "97"}, Rates: []Rate{{0, 1990}}},
		{Countries: []string{"LU", "FR"}, Rates: []Rate{{0, 490}, {5000, 290}}, FreeFrom: 10000},
		{Countries: []string{"DE"}, ByWeight: true, Rates: []Rate{{0, 690}, {2000, 990}}, MaxGrams: 10000},
	}}
	for name, c := range map[string]struct {
		method Method
		to     Parcel
		want   int64 // -1 does not go there
	}{
		"at home":                       {post, Parcel{Country: "LU", Goods: eur(2000)}, 490},
		"cheaper for more":              {post, Parcel{Country: "LU", Goods: eur(5000)}, 290},
		"free from":                     {post, Parcel{Country: "LU", Goods: eur(10000)}, 0},
		"a postcode of its own":         {post, Parcel{Country: "FR", Postal: "20 000", Goods: eur(10000)}, 1990},
		"the rest of the country":       {post, Parcel{Country: "FR", Postal: "57000", Goods: eur(2000)}, 490},
		"by weight":                     {post, Parcel{Country: "DE", Goods: eur(90000), Grams: 1999}, 690},
		"by weight, from its boundary":  {post, Parcel{Country: "DE", Goods: eur(100), Grams: 2000}, 990},
		"too heavy":                     {post, Parcel{Country: "DE", Goods: eur(100), Grams: 10001}, -1},
		"a country that is not served":  {post, Parcel{Country: "PT", Goods: eur(2000)}, -1},
		"coming for it costs nothing":   {Method{Pickup: true}, Parcel{Country: "PT", Goods: eur(2000)}, 0},
		"a letter before the postcode":  {Method{Zones: []Zone{{Countries: []string{"LU"}, Postcodes: []string{"24"}, Rates: []Rate{{0, 1}}}}}, Parcel{Country: "LU", Postal: "L-2445", Goods: eur(1)}, 1},
		"another postcode than allowed": {Method{Zones: []Zone{{Countries: []string{"LU"}, Postcodes: []string{"24"}, Rates: []Rate{{0, 1}}}}}, Parcel{Country: "LU", Postal: "1111", Goods: eur(1)}, -1},
	} {
		got, ok := c.method.Price(c.to)
		if ok != (c.want >= 0) || ok && got != eur(c.want) {
			t.Errorf("%s: %v %v, want %d", name, got, ok, c.want)
		}
	}
}

func TestMethodCheck(t *testing.T) {
	t.Parallel()
	good := func() Method {
		return Method{Name: i18n.Text{"en": "Post"}, Zones: []Zone{{Countries: []string{"LU"}, Rates: []Rate{{0, 490}}}}}
	}
	if err := good().check(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Method){
		"name":      func(m *Method) { m.Name = nil },
		"zones":     func(m *Method) { m.Zones = nil },
		"countries": func(m *Method) { m.Zones[0].Countries = []string{"lu"} },
		"rates":     func(m *Method) { m.Zones[0].Rates = []Rate{{100, 490}} },
		"rates ":    func(m *Method) { m.Zones[0].Rates = []Rate{{0, -1}} },
		"rates  ":   func(m *Method) { m.Zones[0].Rates = []Rate{{0, 490}, {200, 1}, {100, 2}} },
	} {
		m := good()
		spoil(&m)
		if f := fault.As(m.check()); f == nil || len(f.Fields) != 1 {
			t.Errorf("%s is accepted, or noted twice: %v", name, f)
		}
	}
}
