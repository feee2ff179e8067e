package app

// samples are what the demo leaves out of columns of JSON.
var samples = map[string]string{
	"catalog_categories.about":         `{"de":"Über sie","en":"About it","fr":"A propos","lb":"Driwwer"}`,
	"catalog_products.extra":           `{"handle":"Some words"}`,
	"cms_media.alt":                    `{"de":"Ein Bild","en":"A picture","fr":"Une image","lb":"E Bild"}`,
	"catalog_imports.problems":         `[{"line":2,"product":"A name","field":"price","code":"catalog.import.bad_price"}]`,
	"catalog_products.seo_title":       `{"de":"Ein Titel","en":"A title","fr":"Un titre","lb":"En Titel"}`,
	"catalog_products.seo_description": `{"de":"Ein Satz","en":"A sentence","fr":"Une phrase","lb":"E Saz"}`,
}
