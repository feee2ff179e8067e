-- +goose Up
-- Products are never taken out: old orders name them. One that staff deleted is
-- archived, gives its address back, and is in no list.
ALTER TABLE catalog_products ADD COLUMN deleted BOOLEAN NOT NULL DEFAULT FALSE;

-- Changes of many products at once, with what is needed to take them back:
-- lines are what each product had before and has since.
CREATE TABLE catalog_bulk_changes (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  products BIGINT NOT NULL,
  fields TEXT NOT NULL,
  lines JSON NOT NULL,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL,
  undone_by TEXT NOT NULL,
  undone_at BIGINT,
  PRIMARY KEY (store_id, id)
);
