-- +goose Up
-- What the buyer's bank has taken back; it is not counted as refunded.
ALTER TABLE orders_orders ADD COLUMN lost_minor BIGINT NOT NULL DEFAULT 0 CHECK (lost_minor >= 0 AND refunded_minor + lost_minor <= paid_minor);
