-- name: locations
SELECT id, code, name, priority, active
FROM inventory_locations
WHERE store_id = :store_id
ORDER BY priority, id;

-- name: default_location
SELECT id, code, name, priority, active
FROM inventory_locations
WHERE store_id = :store_id AND active
ORDER BY priority, id
LIMIT 1;

-- name: find_location
SELECT id, code, name, priority, active
FROM inventory_locations
WHERE store_id = :store_id AND id = :id;

-- name: insert_location
INSERT INTO inventory_locations (store_id, id, code, name, priority, active, created_at)
VALUES (:store_id, :id, :code, :name, :priority, TRUE, :now);

-- name: insert_home
INSERT INTO inventory_locations (store_id, id, code, name, priority, active, created_at)
VALUES (:store_id, :id, :code, :name, :priority, TRUE, :now)
ON CONFLICT (store_id, code) DO NOTHING;

-- name: update_location
UPDATE inventory_locations
SET name = :name, priority = :priority
WHERE store_id = :store_id AND id = :id;

-- name: open_location
UPDATE inventory_locations
SET active = TRUE
WHERE store_id = :store_id AND id = :id;

-- name: close_location
UPDATE inventory_locations
SET active = FALSE
WHERE store_id = :store_id AND id = :id
  AND NOT EXISTS (
    SELECT 1 FROM inventory_levels l
    WHERE l.store_id = :store_id AND l.location_id = :id AND (l.on_hand > 0 OR l.reserved > 0)
  );
