-- name: lock_levels
SELECT l.variant_id, l.location_id, l.on_hand, l.reserved, l.backorder_limit, p.priority
FROM inventory_levels l
JOIN inventory_locations p ON p.store_id = l.store_id AND p.id = l.location_id
WHERE l.store_id = :store_id AND l.variant_id IN (:variants...)
ORDER BY l.variant_id, l.location_id
FOR UPDATE OF l;

-- name: move_levels
UPDATE inventory_levels
SET on_hand = inventory_levels.on_hand + w.on_hand,
    reserved = inventory_levels.reserved + w.reserved
FROM json_to_recordset(CAST(:changes AS json)) AS w (variant BIGINT, location BIGINT, on_hand BIGINT, reserved BIGINT)
WHERE inventory_levels.store_id = :store_id
  AND inventory_levels.variant_id = w.variant
  AND inventory_levels.location_id = w.location
  AND inventory_levels.on_hand + w.on_hand >= 0
  AND inventory_levels.reserved + w.reserved BETWEEN 0 AND inventory_levels.on_hand + w.on_hand + inventory_levels.backorder_limit;

-- name: insert_items
INSERT INTO inventory_items (store_id, variant_id, tracked, backorder_limit)
SELECT :store_id, w.variant, w.tracked, w.backorder
FROM json_to_recordset(CAST(:items AS json)) AS w (variant BIGINT, tracked BOOLEAN, backorder BIGINT)
ON CONFLICT (store_id, variant_id) DO NOTHING
RETURNING variant_id;

-- name: open_levels
INSERT INTO inventory_levels (store_id, variant_id, location_id, bin, on_hand, reserved, backorder_limit, low_at)
SELECT :store_id, w.variant, w.location, '', w.on_hand, 0, w.backorder, CAST(:low_at AS BIGINT)
FROM json_to_recordset(CAST(:levels AS json)) AS w (variant BIGINT, location BIGINT, on_hand BIGINT, backorder BIGINT);

-- name: unbalanced
SELECT l.variant_id, l.location_id, l.on_hand, l.reserved,
       COALESCE(m.on_hand, 0), COALESCE(m.reserved, 0), COALESCE(h.held, 0)
FROM inventory_levels l
LEFT JOIN (
  SELECT variant_id, location_id, SUM(on_hand) AS on_hand, SUM(reserved) AS reserved
  FROM inventory_movements
  WHERE store_id = :store_id
  GROUP BY variant_id, location_id
) m ON m.variant_id = l.variant_id AND m.location_id = l.location_id
LEFT JOIN (
  SELECT j.variant AS variant_id, j.location AS location_id, SUM(j.quantity - j.shipped) AS held
  FROM inventory_reservations r,
       json_to_recordset(r.lines) AS j (variant BIGINT, location BIGINT, quantity BIGINT, shipped BIGINT)
  WHERE r.store_id = :store_id AND r.status = 'open'
  GROUP BY 1, 2
) h ON h.variant_id = l.variant_id AND h.location_id = l.location_id
WHERE l.store_id = :store_id
  AND (l.on_hand <> COALESCE(m.on_hand, 0) OR l.reserved <> COALESCE(m.reserved, 0) OR l.reserved <> COALESCE(h.held, 0))
ORDER BY l.variant_id, l.location_id
LIMIT 100;
