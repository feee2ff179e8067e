-- +goose Up
-- What the order desk filters by, beside the state: where it goes, how, how the
-- money stands, and whether it is packed.
ALTER TABLE orders_orders ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE orders_orders ADD COLUMN method TEXT NOT NULL DEFAULT '';
ALTER TABLE orders_orders ADD COLUMN money TEXT NOT NULL DEFAULT 'unpaid';
ALTER TABLE orders_orders ADD COLUMN packed BOOLEAN NOT NULL DEFAULT FALSE; -- what is still to be shipped stands ready
UPDATE orders_orders SET
  country = COALESCE(delivery ->> 'country', ''),
  method = COALESCE(carrier ->> 'method', ''),
  money = CASE
    WHEN refunded_minor > 0 AND refunded_minor >= paid_minor THEN 'refunded'
    WHEN refunded_minor > 0 THEN 'partly_refunded'
    WHEN paid_minor >= total_minor THEN 'paid'
    WHEN CAST(payment ->> 'deferred' AS TEXT) IN ('1', 'true') THEN 'on_delivery'
    ELSE 'unpaid' END;
