package catalog

import (
	"context"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// SaveCategory makes a category, or changes the one that it names.
func (m *Module) SaveCategory(ctx context.Context, in tenant.Store, c Category) (CategoryID, error) {
	return db.Write(ctx, m.db, in, func(tx tx) (CategoryID, error) {
		if err := holdCategories(ctx, tx); err != nil {
			return 0, err
		}
		return m.SaveCategoryIn(ctx, tx, c)
	})
}

// SaveCategoryIn is SaveCategory in the caller's transaction.
func (m *Module) SaveCategoryIn(ctx context.Context, tx tx, c Category) (CategoryID, error) {
	rows, err := loadCategories(ctx, tx)
	if err != nil {
		return 0, err
	}
	return m.saveCategory(ctx, tx, newTree(rows), c)
}

func (m *Module) saveCategory(ctx context.Context, tx tx, t *Tree, c Category) (CategoryID, error) {
	c.Name, c.About = tidy(c.Name, squeeze), tidy(c.About, squeeze)
	if c.Slug == "" {
		c.Slug = slugify(c.Name.In(i18n.En))
	}
	if err := checkCategory(c, t); err != nil {
		return 0, err
	}
	m.changed(tx)
	if c.ID == 0 {
		c.ID = CategoryID(tx.NewID())
		return c.ID, insertCategory(ctx, tx, c)
	}
	return c.ID, updateCategory(ctx, tx, c)
}

// DeleteCategory removes a category that has neither products nor children.
func (m *Module) DeleteCategory(ctx context.Context, in tenant.Store, c CategoryID) error {
	return db.Do(ctx, m.db, in, func(tx tx) error {
		m.changed(tx)
		return deleteCategory(ctx, tx, c)
	})
}

// Tree is the store's categories.
func (m *Module) Tree(ctx context.Context, in tenant.Store) (*Tree, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (*Tree, error) {
		f, err := m.facts(ctx, tx)
		if err != nil {
			return nil, err
		}
		return f.tree, nil
	})
}
