package catalog

import (
	"context"
	"fmt"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	sqlInsertPrices = db.Must[tenant.Store](files, "insert_prices")
	sqlLowestPrices = db.Must[tenant.Store](files, "lowest_prices")
)

// priceRow is a pastPrice as the statement reads it.
type priceRow struct {
	Variant int64 `json:"variant"`
	Since   int64 `json:"since"`
	Until   int64 `json:"until"`
	Price   int64 `json:"price"`
}

func insertPrices(ctx context.Context, tx tx, ended []pastPrice) error {
	if len(ended) == 0 {
		return nil
	}
	rows := make([]priceRow, len(ended))
	for i, p := range ended {
		rows[i] = priceRow{int64(p.Variant), p.Since.UnixMicro(), p.Until.UnixMicro(), p.Price}
	}
	if _, err := db.Exec(ctx, tx, sqlInsertPrices, db.Args{"rows": db.JSON(rows)}); err != nil {
		return fmt.Errorf("insert prices: %w", err)
	}
	return nil
}

// lowestPrices are the lowest prices that held after a moment and have ended.
func lowestPrices(ctx context.Context, tx tx, ids []catalogapi.VariantID, after time.Time) (map[catalogapi.VariantID]int64, error) {
	type low struct {
		id    catalogapi.VariantID
		price int64
	}
	rows, err := db.All(ctx, tx, sqlLowestPrices, db.Args{"ids": numbers(ids), "after": after}, func(r db.Row) (low, error) {
		var l low
		err := r.Scan(&l.id, &l.price)
		return l, err
	})
	out := make(map[catalogapi.VariantID]int64, len(rows))
	for _, l := range rows {
		out[l.id] = l.price
	}
	return out, err
}
