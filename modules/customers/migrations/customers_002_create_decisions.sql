-- +goose Up
-- What visitors said about cookies. visitor is a pseudonym that only their
-- browser knows; allowed and refused are purposes with commas between them.
CREATE TABLE customers_decisions (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  visitor TEXT NOT NULL,
  version BIGINT NOT NULL,
  allowed TEXT NOT NULL,
  refused TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE INDEX customers_decisions_by_age ON customers_decisions (created_at);

-- How many there were on a day, so that nobody has to count the log.
CREATE TABLE customers_decision_days (
  store_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('all', 'some', 'none')),
  decisions BIGINT NOT NULL,
  PRIMARY KEY (store_id, day, answer)
);
