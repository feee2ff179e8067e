-- +goose Up
-- Pages of stores. What is being written stands in the page, what shoppers read in
-- the version that it names; 0 shows none.
CREATE TABLE cms_pages (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  slug TEXT NOT NULL,
  head JSON NOT NULL,
  body JSON NOT NULL,
  revision BIGINT NOT NULL,
  edited_at BIGINT NOT NULL,
  editor TEXT NOT NULL,
  versions BIGINT NOT NULL DEFAULT 0,
  live BIGINT NOT NULL DEFAULT 0,
  live_revision BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT,
  due_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, slug)
);

CREATE TABLE cms_versions (
  store_id BIGINT NOT NULL,
  page_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  head JSON NOT NULL,
  body JSON NOT NULL,
  author TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, page_id, number),
  FOREIGN KEY (store_id, page_id) REFERENCES cms_pages (store_id, id)
);

-- Pages of platforms: those of its own site, and those that all of its stores have
-- unless they have one of their own.
CREATE TABLE cms_platform_pages (
  platform_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('site', 'default')),
  slug TEXT NOT NULL,
  head JSON NOT NULL,
  body JSON NOT NULL,
  revision BIGINT NOT NULL,
  edited_at BIGINT NOT NULL,
  editor TEXT NOT NULL,
  versions BIGINT NOT NULL DEFAULT 0,
  live BIGINT NOT NULL DEFAULT 0,
  live_revision BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT,
  due_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (platform_id, id),
  UNIQUE (platform_id, tier, slug)
);

CREATE TABLE cms_platform_versions (
  platform_id BIGINT NOT NULL,
  page_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  head JSON NOT NULL,
  body JSON NOT NULL,
  author TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (platform_id, page_id, number),
  FOREIGN KEY (platform_id, page_id) REFERENCES cms_platform_pages (platform_id, id)
);
