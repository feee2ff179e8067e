-- +goose Up
-- What buyers think of a product, kept here by whoever keeps their opinions, so
-- that lists and pages read it with the rest.
ALTER TABLE catalog_products ADD COLUMN rating_stars BIGINT NOT NULL DEFAULT 0 CHECK (rating_stars >= 0);
ALTER TABLE catalog_products ADD COLUMN rating_count BIGINT NOT NULL DEFAULT 0 CHECK (rating_count >= 0);
