-- +goose Up
-- Sentences that super admins put in the place of the program's own, with the
-- plural forms where the program has some.
CREATE TABLE dev_tools_words (
  key TEXT NOT NULL,
  lang TEXT NOT NULL,
  sentence TEXT NOT NULL,
  forms JSON NOT NULL,
  author TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (key, lang)
);
