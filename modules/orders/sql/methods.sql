-- name: methods
SELECT id, name, promise, pickup, active, position, zones
FROM orders_methods
WHERE store_id = :store_id
ORDER BY position, id;

-- name: save_method
INSERT INTO orders_methods (store_id, id, name, promise, pickup, active, position, zones)
VALUES (:store_id, :id, :name, :promise, :pickup, :active, :position, :zones)
ON CONFLICT (store_id, id) DO UPDATE
SET name = excluded.name, promise = excluded.promise, pickup = excluded.pickup, active = excluded.active, position = excluded.position, zones = excluded.zones
WHERE orders_methods.store_id = :store_id;

-- name: delete_method
DELETE FROM orders_methods
WHERE store_id = :store_id AND id = :id;
