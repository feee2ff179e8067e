package app

// kindBehind is what an identifier behind a word in an address names.
var kindBehind = map[string]string{
	"products": "prd", "orders": "ord", "customers": "cus", "notes": "not", "segments": "seg", "imports": "imp", "changes": "chg", "history": "prd", "views": "viw", "inventory": "var", "locations": "loc", "roles": "rol", "team": "usr", "staff": "usr",
	"payments": "pay", "addresses": "adr", "delivery": "dlm", "methods": "dlm", "categories": "cat", "stores": "sto", "switch": "sto", "merchants": "mer", "platforms": "plt",
	"users": "usr", "sessions": "usr", "reviews": "rev", "items": "var", "stock": "var", "confirm": "customers.confirm", "reset": "customers.reset", "pay": "payments.pay", "test": "payments.pay", "form": "payments.pay",
	"jobs": "job number", "events": "delivery", "messages": "thr", "contact": "messaging.thread", "newsletter": "sub", "join": "messaging.subscribe", "leave": "messaging.leave", "components": "component slug", "statements": "statement slug", "queries": "qry", "words": "word slug",
	"blog": "post", "blog-categories": "pca",
	"pages": "pag", areaOfTexts: "pag", "sent": "txi", "redirects": "rdr", "preview": "cms.preview", "media": "med", "files": "med", "stripe": "payments.hook", "differences": "pdi", "disputes": "pdp", "cards": "psm",
}
