-- +goose Up
-- Staff look through what gateways told, and go from there to the payment.
CREATE INDEX payments_events_by_status ON payments_events (store_id, status, id);
CREATE INDEX payments_attempts_by_external ON payments_attempts (store_id, external);
