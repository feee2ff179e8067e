-- +goose Up
-- One row a product, its rowid the product's. The store stands in scope as a
-- word of its own, so that a search reads the entries of one store only.
CREATE VIRTUAL TABLE catalog_search USING fts5(
  scope, title, words, body,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);
