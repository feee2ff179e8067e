-- +goose Up
-- How far the things of a store are translated: a row for each of them and each
-- language. known has, of each text that is translated, marks of what it said and of
-- what the translation said when that was made.
CREATE TABLE cms_texts (
  store_id BIGINT NOT NULL,
  lang TEXT NOT NULL,
  area TEXT NOT NULL,
  thing TEXT NOT NULL,
  title TEXT NOT NULL,
  total BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  known JSON NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, lang, area, thing)
);

CREATE INDEX cms_texts_thing ON cms_texts (store_id, area, thing);

-- When all texts of a store were last looked through.
CREATE TABLE cms_text_scans (
  store_id BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  ended_at BIGINT,
  things BIGINT NOT NULL,
  PRIMARY KEY (store_id)
);

-- Files with translations that staff sent: what they would change, and what came of it.
CREATE TABLE cms_text_imports (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  file TEXT NOT NULL,
  blob TEXT NOT NULL,
  lang TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('reading', 'ready', 'writing', 'done', 'failed')),
  total BIGINT NOT NULL DEFAULT 0,
  position BIGINT NOT NULL DEFAULT 0,
  report JSON NOT NULL,
  actor TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (store_id, id)
);
