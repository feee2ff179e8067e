-- +goose Up
CREATE TABLE inventory_locations (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  priority INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, code)
);

-- What a store knows about keeping a variant; no row means never heard of it.
CREATE TABLE inventory_items (
  store_id BIGINT NOT NULL,
  variant_id BIGINT NOT NULL,
  tracked BOOLEAN NOT NULL,
  backorder_limit BIGINT NOT NULL CHECK (backorder_limit >= 0),
  PRIMARY KEY (store_id, variant_id)
);

-- The CHECK is the promise that nothing is sold twice, whatever a program does.
CREATE TABLE inventory_levels (
  store_id BIGINT NOT NULL,
  variant_id BIGINT NOT NULL,
  location_id BIGINT NOT NULL,
  bin TEXT NOT NULL,
  on_hand BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  backorder_limit BIGINT NOT NULL CHECK (backorder_limit >= 0),
  low_at BIGINT NOT NULL,
  low INTEGER GENERATED ALWAYS AS (CASE WHEN on_hand - reserved <= low_at THEN 1 ELSE 0 END) STORED,
  PRIMARY KEY (store_id, variant_id, location_id),
  FOREIGN KEY (store_id, variant_id) REFERENCES inventory_items (store_id, variant_id),
  FOREIGN KEY (store_id, location_id) REFERENCES inventory_locations (store_id, id),
  CHECK (reserved >= 0 AND on_hand >= 0 AND reserved <= on_hand + backorder_limit)
);
CREATE INDEX inventory_levels_low ON inventory_levels (store_id, variant_id, location_id) WHERE low = 1;
CREATE INDEX inventory_levels_by_location ON inventory_levels (store_id, location_id, variant_id);

-- A reservation is read and changed whole, so its lines stand in it.
CREATE TABLE inventory_reservations (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id BIGINT NOT NULL,
  cause_name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'released', 'expired', 'shipped')),
  lines JSON NOT NULL,
  expires_at BIGINT,
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX inventory_reservations_open ON inventory_reservations (store_id, cause_kind, cause_id) WHERE status = 'open';
CREATE INDEX inventory_reservations_by_cause ON inventory_reservations (store_id, cause_kind, cause_id, id);
CREATE INDEX inventory_reservations_due ON inventory_reservations (expires_at, store_id) WHERE status = 'open' AND expires_at IS NOT NULL;

CREATE TABLE inventory_movements (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  variant_id BIGINT NOT NULL,
  location_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  on_hand BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  on_hand_after BIGINT NOT NULL,
  reserved_after BIGINT NOT NULL,
  reason TEXT NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id BIGINT NOT NULL,
  cause_name TEXT NOT NULL,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, variant_id, location_id) REFERENCES inventory_levels (store_id, variant_id, location_id)
);
CREATE INDEX inventory_movements_by_level ON inventory_movements (store_id, variant_id, location_id, id);
