-- +goose Up
-- What super admins ask the database again and again, under a name.
CREATE TABLE dev_tools_queries (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  saved_at BIGINT NOT NULL
);
