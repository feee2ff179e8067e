package catalog

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"

	"orion/kit/i18n"
)

// Version names the content of a product that people write. It differs when
// somebody changed that, and stays when stock moved, or a picture came or got ready.
type Version string

// Version is the version of the product's content.
func (p ProductInput) Version() Version {
	var alts []i18n.Text
	for _, img := range p.Images {
		if len(img.Alt) > 0 {
			alts = append(alts, img.Alt)
		}
	}
	rows := make([]variantText, len(p.Variants))
	for i, v := range p.Variants {
		rows[i] = textOfVariant(p.ID, i, v)
		rows[i].PricedAt, rows[i].Lowest = 0, 0
		rows[i].Image, rows[i].StockLeft, rows[i].Backorder, rows[i].Untracked = "", 0, false, false
	}
	text, err := json.Marshal([]any{
		p.Slug, p.Status, p.Title, p.Summary, p.Body, p.SEOTitle, p.SEODescription, p.Brand, p.Category.String(), p.Tags,
		p.Options, alts, p.TaxClass, p.Featured, p.MinQty, p.MaxQty, p.Step, rows,
	})
	if err != nil {
		panic(err) // texts and numbers can always be written
	}
	sum := sha256.Sum256(text)
	return Version(base64.RawURLEncoding.EncodeToString(sum[:12]))
}
