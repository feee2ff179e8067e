-- +goose Up
-- How much there was of something on a day: the last count of the day stays.
CREATE TABLE monitoring_snapshots (
  day BIGINT NOT NULL, -- since 1970, UTC
  measure TEXT NOT NULL,
  value BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (day, measure)
);
