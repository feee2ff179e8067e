-- +goose Up
-- The newest lines of the program's log, of all nodes. What must not be in a log
-- was masked before.
CREATE TABLE monitoring_logs (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  level BIGINT NOT NULL, -- -4 debug, 0 info, 4 warning, 8 error
  message TEXT NOT NULL,
  module TEXT NOT NULL, -- code, empty where the line tells none
  platform TEXT NOT NULL, -- code
  request TEXT NOT NULL,
  attrs TEXT NOT NULL, -- what else the line says, as name=value
  bytes BIGINT NOT NULL
);
CREATE INDEX monitoring_logs_size ON monitoring_logs (id, bytes);
CREATE INDEX monitoring_logs_request ON monitoring_logs (request, id);
