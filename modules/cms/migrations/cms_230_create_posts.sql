-- +goose Up
-- The blog of a store. A post is a page that has a date and stands in a list: what is
-- being written stands in the post, what is read in the version that it names.
CREATE TABLE cms_posts (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  slug TEXT NOT NULL,
  head JSON NOT NULL,
  body JSON NOT NULL,
  words TEXT NOT NULL, -- folded, for staff who search
  category_id BIGINT NOT NULL DEFAULT 0, -- of the draft
  revision BIGINT NOT NULL,
  edited_at BIGINT NOT NULL,
  editor TEXT NOT NULL,
  versions BIGINT NOT NULL DEFAULT 0,
  live BIGINT NOT NULL DEFAULT 0,
  live_revision BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT,
  due_by TEXT NOT NULL DEFAULT '',
  first_at BIGINT, -- when it was published first
  shown_in BIGINT NOT NULL DEFAULT 0, -- category of what is read
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, slug)
);
CREATE INDEX cms_posts_shown ON cms_posts (store_id, first_at, id);
CREATE INDEX cms_posts_shown_in ON cms_posts (store_id, shown_in, first_at, id);
CREATE INDEX cms_posts_category ON cms_posts (store_id, category_id, id);

CREATE TABLE cms_post_versions (
  store_id BIGINT NOT NULL,
  page_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  head JSON NOT NULL,
  body JSON NOT NULL,
  author TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, page_id, number),
  FOREIGN KEY (store_id, page_id) REFERENCES cms_posts (store_id, id)
);

CREATE TABLE cms_post_categories (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  slug TEXT NOT NULL,
  name JSON NOT NULL,
  place BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, slug)
);
