-- +goose Up
-- What nobody heard of yet. Subscribers have a delivery of their own only when
-- telling them all together failed; the event is parked here until these ended.
CREATE TABLE event_waiting (
  store_id BIGINT NOT NULL,
  entity BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  subscribers TEXT NOT NULL, -- with spaces between them
  parked BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (store_id, entity, event_id)
);
DROP INDEX event_deliveries_pending;
CREATE INDEX event_deliveries_pending ON event_deliveries (store_id, entity, subscriber, event_id) WHERE state = 'pending';
