-- +goose Up
-- Sitemaps are cut in the order in which products were made, and say when the
-- last of a part changed: all of it stands here.
CREATE INDEX catalog_products_by_age ON catalog_products (store_id, id, updated_at) WHERE status = 'active';
