-- +goose Up
-- Sentences that super admins put in the place of the program's own. A sentence
-- is a JSON text, or a JSON object of plural forms, as in the locale files.
CREATE TABLE dev_tools_words (
  key TEXT NOT NULL,
  lang TEXT NOT NULL,
  sentence TEXT NOT NULL,
  author TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (key, lang)
);
