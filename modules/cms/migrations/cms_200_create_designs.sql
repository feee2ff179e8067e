-- +goose Up
-- How stores look. What is being made stands in the design, what shoppers see in the
-- version that it names; 0 shows the preset that the store chose.
CREATE TABLE cms_designs (
  store_id BIGINT NOT NULL,
  design TEXT NOT NULL,
  revision BIGINT NOT NULL,
  edited_at BIGINT NOT NULL,
  editor TEXT NOT NULL,
  versions BIGINT NOT NULL DEFAULT 0,
  live BIGINT NOT NULL DEFAULT 0,
  live_revision BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id)
);

CREATE TABLE cms_design_versions (
  store_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  design TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, number),
  FOREIGN KEY (store_id) REFERENCES cms_designs (store_id)
);
