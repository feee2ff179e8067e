package catalog

import (
	"context"
	"fmt"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

var (
	sqlHoldCategories = db.Must[tenant.Store](files, "hold_categories")
	sqlCategories     = db.Must[tenant.Store](files, "categories")
	sqlInsertCategory = db.Must[tenant.Store](files, "insert_category")
	sqlUpdateCategory = db.Must[tenant.Store](files, "update_category")
	sqlDeleteCategory = db.Must[tenant.Store](files, "delete_category")
	sqlChoices        = db.Must[tenant.Store](files, "choices")
	sqlPutChoices     = db.Must[tenant.Store](files, "put_choices")
)

func loadCategories(ctx context.Context, tx tx) ([]Category, error) {
	return db.All(ctx, tx, sqlCategories, nil, func(r db.Row) (Category, error) {
		var c Category
		var parent *int64
		err := r.Scan(&c.ID, &parent, &c.Slug, db.JSON(&c.Name), db.JSON(&c.About), &c.Place)
		if parent != nil {
			c.Parent = CategoryID(*parent)
		}
		return c, err
	})
}

// holdCategories lets nobody else put categories elsewhere meanwhile: two who put
// each into the other would leave both without a root.
func holdCategories(ctx context.Context, tx tx) error {
	_, err := db.Exec(ctx, tx, sqlHoldCategories, nil)
	return err
}

func categoryArgs(c Category) db.Args {
	return db.Args{
		"id": c.ID, "parent_id": orNull(int64(c.Parent)), "slug": c.Slug, "name": db.JSON(c.Name), "about": db.JSON(c.About),
		"place": c.Place,
	}
}

func insertCategory(ctx context.Context, tx tx, c Category) error {
	if _, err := db.Exec(ctx, tx, sqlInsertCategory, categoryArgs(c)); err != nil {
		return fmt.Errorf("insert category: %w", err)
	}
	return nil
}

func updateCategory(ctx context.Context, tx tx, c Category) error {
	n, err := db.Exec(ctx, tx, sqlUpdateCategory, categoryArgs(c))
	if err != nil {
		return fmt.Errorf("update category: %w", err)
	}
	if n == 0 {
		return ErrNoCategory
	}
	return nil
}

func deleteCategory(ctx context.Context, tx tx, c CategoryID) error {
	n, err := db.Exec(ctx, tx, sqlDeleteCategory, db.Args{"id": c})
	if db.IsForeignKey(err) {
		return ErrCategoryUsed.Because(err)
	}
	if err != nil {
		return fmt.Errorf("delete category: %w", err)
	}
	if n == 0 {
		return ErrNoCategory
	}
	return nil
}

func loadChoices(ctx context.Context, tx tx) (map[choiceKey]choice, error) {
	type row struct {
		key choiceKey
		choice
	}
	rows, err := db.All(ctx, tx, sqlChoices, nil, func(r db.Row) (row, error) {
		out := row{choice: choice{name: i18n.Text{}}}
		err := r.Scan(&out.key.option, &out.key.value, db.JSON(&out.name), &out.swatch)
		return out, err
	})
	if err != nil {
		return nil, err
	}
	all := make(map[choiceKey]choice, len(rows))
	for _, r := range rows {
		all[r.key] = r.choice
	}
	return all, nil
}

// choiceText is a choice as the statement reads it: many in one text.
type choiceText struct {
	Code   string    `json:"code"`
	Value  string    `json:"value"`
	Name   i18n.Text `json:"name"`
	Swatch string    `json:"swatch"`
}

func putChoices(ctx context.Context, tx tx, rows []choiceText) error {
	if len(rows) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, sqlPutChoices, db.Args{"rows": db.JSON(rows)}); err != nil {
		return fmt.Errorf("put choices: %w", err)
	}
	return nil
}
