package catalog

import (
	"strconv"

	"orion/kit/db"
	"orion/modules/catalog/catalogapi"
)

// parseProduct reads a public identifier; none is as wrong as a malformed one.
func parseProduct(s string) (catalogapi.ProductID, error) {
	var p catalogapi.ProductID
	if err := p.UnmarshalText([]byte(s)); err != nil || p == 0 {
		return 0, db.ErrNoRow
	}
	return p, nil
}

func parseVariant(s string) (catalogapi.VariantID, error) {
	var v catalogapi.VariantID
	err := v.UnmarshalText([]byte(s))
	return v, err
}

func parseCategory(s string) (CategoryID, error) {
	var c CategoryID
	err := c.UnmarshalText([]byte(s))
	return c, err
}

func itoa(n int) string { return strconv.Itoa(n) }
