// Package gallery shows every component with things in it: for the eye, for the
// tests of the components, and for the component library of the developer tools.
package gallery

import (
	"embed"

	"github.com/a-h/templ"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/ui/layout"
)

//go:embed img
var pictures embed.FS

// Sources are the templates of the pages, for those who show how components are written.
//
//go:embed *.templ
var Sources embed.FS

// Page is one page of the gallery.
type Page struct {
	Name string
	Body templ.Component
	From []string // names of the templates that it is drawn from
}

// Pages are all pages: the components, and the frames with examples in them.
func Pages() []Page {
	return []Page{
		{"staff-list", staff("Orders", list()), []string{"list", "bulk", "orders"}},
		{"staff-detail", staff("1048", detail()), []string{"detail", "detailMain", "detailFacts"}},
		{"staff-form", staff("Stoneware mug, ember", form()), []string{"form"}},
		{"staff-parts", staff("Components", parts()), []string{"parts"}},
		{"staff-fields", staff("Fields", fields()), []string{"fields", "priceSheet"}},
		{"staff-lists", staff("Lists", lists()), []string{"lists"}},
		{"auth", signIn(), []string{"signInForm"}},
		{"bare", layout.BarePage{Title: "Not found", Lang: i18n.En, Body: lost()}, []string{"lost"}},
		{"platform", platform(), []string{"platformHome"}},
		{"shop-home", Shop(ui.Atelier, home()), []string{"home"}},
		{"shop-product", Shop(ui.Atelier, product()), []string{"product"}},
		{"shop-cart", Shop(ui.Atelier, cart()), []string{"cart"}},
		{"shop-checkout", checkoutPage(), []string{"checkout"}},
		{"shop-studio", Shop(ui.Studio, home()), nil},
		{"shop-market", Shop(ui.Market, home()), nil},
		{"shop-almanac", Shop(ui.Almanac, home()), nil},
		{"shop-nocturne", Shop(ui.Nocturne, home()), nil},
	}
}

// In is the page in a language and in light or dark; its examples stay in English.
func (p Page) In(l i18n.Lang, s layout.Scheme) templ.Component {
	worn := layout.Prefs{Lang: l, Langs: i18n.Langs, Scheme: s, Action: prefs.Action, Back: prefs.Back}
	switch v := p.Body.(type) {
	case layout.StaffPage:
		v.Prefs = worn
		return v
	case layout.ShopPage:
		v.Prefs = worn
		return v
	case layout.PlatformPage:
		v.Prefs = worn
		return v
	case layout.AuthPage:
		v.Prefs = worn
		return v
	case layout.BarePage:
		v.Lang = l
		return v
	}
	return p.Body
}

// Shop is an example storefront around a body.
func Shop(theme ui.Theme, body templ.Component) layout.ShopPage {
	return layout.ShopPage{
		Meta: layout.Meta{
			Title: "Maison Kirchberg", Description: "Ceramics, linen and pantry from forty makers.",
			Canonical: "https://shop.example/", SiteName: "Maison Kirchberg",
			JSONLD: []any{map[string]string{"@context": "https://schema.org", "@type": "Organization", "name": "Maison Kirchberg"}},
		},
		Shop: layout.Shop{
			Name: "Maison Kirchberg", Theme: theme, Announcement: layout.Announcement{Text: "Delivered in Luxembourg tomorrow when ordered before 15:00", Href: "#", Close: "#", Mark: "1"},
			Nav: links("New", "Table", "Home", "Pantry", "Journal"), Search: "/search", Account: "/account", Wishlist: "/wishlist", Hearts: ui.ReadHearts("", false).With("mug"),
			Cart: "/cart", CartCount: 2, Drawer: true, Signup: ui.Signup{Action: "/newsletter", Title: "News", Text: "One letter a month.", Label: "Subscribe"}, Legal: "© Maison Kirchberg Sàrl, Luxembourg. Prices include VAT.",
			Footer: []layout.Section{
				{Title: "Help", Items: links("Delivery", "Returns", "Contact", "Questions")},
				{Title: "Shop", Items: links("New", "Gift cards", "Loyalty", "Makers")},
				{Title: "House", Items: links("About us", "Journal", "Opening hours")},
			},
			LegalLinks: links("Terms", "Privacy", "Imprint", "Withdrawal"),
		},
		Prefs: prefs, Browsing: true,
		Consent: ui.Consent{Purposes: []string{"preferences", "statistics"}, Action: "/cookies", Back: "/"},
		Body:    body,
	}
}

var prefs = layout.Prefs{Lang: i18n.En, Langs: i18n.Langs, Action: "/preferences", Back: "/"}

func links(labels ...string) []layout.Item {
	items := make([]layout.Item, len(labels))
	for i, l := range labels {
		items[i] = layout.Item{Label: l, Href: "/c/" + l, Active: i == 1 && l == "Table"}
	}
	return items
}

func staff(title string, body templ.Component) templ.Component {
	item := func(label string, i icon.Icon, count string) layout.Item {
		return layout.Item{Label: label, Href: "/" + label, Icon: i, Count: count, Active: label == "Orders"}
	}
	return layout.StaffPage{
		Title: title, Brand: layout.Brand{Name: "Maison Kirchberg", Sub: "OMS · store"},
		Switch: []ui.MenuItem{{Label: "Boulangerie du Nord", Icon: icon.Store, Href: "/2"}, {Label: "All stores", Href: "~/stores", Line: true}},
		Menu: []layout.Section{
			{Items: []layout.Item{
				item("Home", icon.House, ""), item("Orders", icon.ShoppingBag, "12"), item("Products", icon.Package, ""),
				item("Inventory", icon.Warehouse, ""), item("Customers", icon.Users, ""), item("Messages", icon.MessageCircle, "3"),
			}},
			{Title: "Sell", Items: []layout.Item{
				item("Storefront", icon.Store, ""), item("Letzshop", icon.RadioTower, ""), item("Promotions", icon.BadgePercent, ""), item("Loyalty", icon.Heart, ""),
			}},
			{Title: "Run", Items: []layout.Item{
				item("Analytics", icon.ChartLine, ""), item("Payments", icon.CreditCard, ""), item("Invoices", icon.FileText, ""), item("Settings", icon.Settings, ""),
			}},
		},
		Search: "/search", Notices: "/notifications", Unread: 2, Help: "/help",
		User: layout.User{Name: "Léa Schmit", Email: "lea@kirchberg.example", Role: "Store owner"}, SignOut: "/sign-out",
		Prefs: prefs, Body: body,
	}
}

func platform() layout.PlatformPage {
	return layout.PlatformPage{
		Meta: layout.Meta{Title: "Orion"}, Brand: layout.Brand{Name: "Orion"}, Nav: links("Product", "Prices", "Docs"),
		Actions: []ui.Button{{Label: "Sign in", Href: "/login", Kind: ui.Quiet}, {Label: "Open a shop", Href: "/start", Kind: ui.Primary}},
		Theme:   ui.Studio, Prefs: prefs, Legal: "© Orion", Footer: []layout.Section{{Title: "Product", Items: links("Orders", "Loyalty")}},
		Body: platformHome(),
	}
}

type order struct {
	number, placed, customer, channel string
	payment, fulfilment               ui.Badge
	items                             string
	total                             money.Amount
}

func orders() []order {
	paid, shipped := ui.Badge{Label: "Paid", Tone: ui.OK}, ui.Badge{Label: "Shipped", Tone: ui.Info}
	return []order{
		{"1048", "Today 14:02", "Léa Schmit", "Direct", paid, ui.Badge{Label: "To ship", Tone: ui.Warn}, "3", eur(6475)},
		{"1047", "Today 13:47", "Marc Weber", "Letzshop", paid, shipped, "1", eur(12900)},
		{"1046", "Today 12:20", "Ana Ferreira", "Direct", ui.Badge{Label: "Checking"}, ui.Badge{Label: "Reserved"}, "2", eur(4650)},
		{"1045", "Today 11:58", "Jean Hoffmann", "Letzshop", paid, ui.Badge{Label: "Part shipped", Tone: ui.Warn}, "6", eur(21240)},
		{"1044", "Today 09:31", "Sophie Muller", "Direct", ui.Badge{Label: "Refunded", Tone: ui.Bad}, ui.Badge{Label: "Returned"}, "1", eur(3990)},
		{"1043", "Yesterday 19:12", "Tom Kieffer", "Direct", paid, ui.Badge{Label: "Delivered", Tone: ui.OK}, "1", eur(1800)},
		{"1041", "Yesterday 16:05", "Boulangerie du Nord Sàrl", "Direct", ui.Badge{Label: "Unpaid", Tone: ui.Warn}, ui.Badge{Label: "Draft"}, "24", eur(124000)},
	}
}

func eur(minor int64) money.Amount { return money.New(minor, "EUR") }

// Products are things to sell, as many as asked for.
func Products(n int) []ui.Product {
	things := []ui.Product{
		{Title: "Stoneware mug, ember", Brand: "Kiln & Co", Tag: "3 colours", Price: ui.Price{Amount: eur(2400), CompareAt: eur(2800)}, Image: picture("mug")},
		{Title: "Olive oil, first press", Brand: "Domaine Azur", Tag: "New", Price: ui.Price{Amount: eur(1850)}, Image: picture("oil")},
		{Title: "Alpine candle", Brand: "Lueur", Price: ui.Price{Amount: eur(3200)}, Image: picture("candle"), Sold: true},
		{Title: "Market tote", Brand: "Atelier Nord", Tag: "4 colours", Price: ui.Price{Amount: eur(4500), From: true}, Image: picture("tote")},
	}
	out := make([]ui.Product, n)
	for i := range out {
		out[i] = things[i%len(things)]
		out[i].Href = "/p/thing"
	}
	return out
}

func picture(name string) ui.Image {
	return ui.Image{Src: Picture(name), Alt: "Picture of a " + name, Width: 300, Height: 340}
}

// wrong is a form that came back.
func wrong() ui.Form {
	return ui.Form{
		Values: map[string][]string{"title": {""}, "price": {"abc"}},
		Fault:  fault.New(fault.Invalid, "gallery.invalid").Field("title", "form.required").Field("price", "money.malformed"),
	}
}
