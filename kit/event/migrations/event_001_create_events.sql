-- +goose Up
CREATE TABLE event_events (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  entity BIGINT NOT NULL,
  payload JSON NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE INDEX event_events_entity ON event_events (store_id, entity, id);

CREATE TABLE event_deliveries (
  store_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  subscriber TEXT NOT NULL,
  entity BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'dead', 'skipped')),
  attempts BIGINT NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL,
  PRIMARY KEY (store_id, event_id, subscriber),
  FOREIGN KEY (store_id, event_id) REFERENCES event_events (store_id, id)
);
CREATE INDEX event_deliveries_pending ON event_deliveries (store_id, subscriber, entity, event_id) WHERE state = 'pending';
CREATE INDEX event_deliveries_dead ON event_deliveries (store_id, event_id) WHERE state = 'dead';
