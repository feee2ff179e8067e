-- +goose Up
-- The sections of pages, in their order, with what is written in them.
ALTER TABLE cms_pages ADD COLUMN sections JSON NOT NULL DEFAULT '[]';
ALTER TABLE cms_versions ADD COLUMN sections JSON NOT NULL DEFAULT '[]';
ALTER TABLE cms_platform_pages ADD COLUMN sections JSON NOT NULL DEFAULT '[]';
ALTER TABLE cms_platform_versions ADD COLUMN sections JSON NOT NULL DEFAULT '[]';
