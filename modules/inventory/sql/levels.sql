-- name: lock_levels
-- All levels of some variants, in the one order in which everybody locks them.
SELECT l.variant_id, l.location_id, l.on_hand, l.reserved, l.backorder_limit, p.priority
FROM inventory_levels l
JOIN inventory_locations p ON p.store_id = l.store_id AND p.id = l.location_id
WHERE l.store_id = :store_id AND l.variant_id IN (:variants...)
ORDER BY l.variant_id, l.location_id;

-- name: move_levels
-- The guarded path: a change that would oversell changes no row. MATERIALIZED
-- makes SQLite look up each level of the list instead of walking over all.
WITH w AS MATERIALIZED (
  SELECT json_extract(value, '$.variant') AS variant_id,
         json_extract(value, '$.location') AS location_id,
         json_extract(value, '$.on_hand') AS on_hand,
         json_extract(value, '$.reserved') AS reserved
  FROM json_each(:changes)
)
UPDATE inventory_levels
SET on_hand = inventory_levels.on_hand + w.on_hand,
    reserved = inventory_levels.reserved + w.reserved
FROM w
WHERE inventory_levels.store_id = :store_id
  AND inventory_levels.variant_id = w.variant_id
  AND inventory_levels.location_id = w.location_id
  AND inventory_levels.on_hand + w.on_hand >= 0
  AND inventory_levels.reserved + w.reserved BETWEEN 0 AND inventory_levels.on_hand + w.on_hand + inventory_levels.backorder_limit;

-- name: insert_items
INSERT INTO inventory_items (store_id, variant_id, tracked, backorder_limit)
SELECT :store_id, json_extract(value, '$.variant'), json_extract(value, '$.tracked'), json_extract(value, '$.backorder')
FROM json_each(:items)
WHERE TRUE
ON CONFLICT (store_id, variant_id) DO NOTHING
RETURNING variant_id;

-- name: insert_levels
INSERT INTO inventory_levels (store_id, variant_id, location_id, bin, on_hand, reserved, backorder_limit, low_at)
SELECT :store_id, i.variant_id, :location_id, '', 0, 0,
       CASE WHEN EXISTS (SELECT 1 FROM inventory_levels o WHERE o.store_id = :store_id AND o.variant_id = i.variant_id) THEN 0 ELSE i.backorder_limit END,
       :low_at
FROM inventory_items i
WHERE i.store_id = :store_id AND i.variant_id IN (:variants...) AND i.tracked
ON CONFLICT (store_id, variant_id, location_id) DO NOTHING;

-- name: open_levels
INSERT INTO inventory_levels (store_id, variant_id, location_id, bin, on_hand, reserved, backorder_limit, low_at)
SELECT :store_id, json_extract(value, '$.variant'), json_extract(value, '$.location'), '', json_extract(value, '$.on_hand'), 0,
       json_extract(value, '$.backorder'), :low_at
FROM json_each(:levels);

-- name: untracked
SELECT variant_id
FROM inventory_items
WHERE store_id = :store_id AND variant_id IN (:variants...) AND NOT tracked;

-- name: available
SELECT i.variant_id, i.tracked, i.backorder_limit,
       COALESCE((SELECT SUM(l.on_hand - l.reserved + l.backorder_limit) FROM inventory_levels l
                 WHERE l.store_id = i.store_id AND l.variant_id = i.variant_id), 0)
FROM inventory_items i
WHERE i.store_id = :store_id AND i.variant_id IN (:variants...);

-- name: on_hand
SELECT i.variant_id, COALESCE(l.location_id, 0), COALESCE(l.on_hand, 0)
FROM inventory_items i
LEFT JOIN inventory_levels l ON l.store_id = i.store_id AND l.variant_id = i.variant_id
WHERE i.store_id = :store_id AND i.variant_id IN (:variants...) AND i.tracked;

-- name: find_item
SELECT variant_id, tracked, backorder_limit
FROM inventory_items
WHERE store_id = :store_id AND variant_id = :variant_id;

-- name: update_item
UPDATE inventory_items
SET tracked = :tracked, backorder_limit = :backorder_limit
WHERE store_id = :store_id AND variant_id = :variant_id;

-- name: update_shelf
UPDATE inventory_levels
SET bin = :bin, low_at = :low_at
WHERE store_id = :store_id AND variant_id = :variant_id AND location_id = :location_id;

-- name: update_backorder
UPDATE inventory_levels
SET backorder_limit = :backorder_limit
WHERE store_id = :store_id AND variant_id = :variant_id AND location_id = :location_id
  AND reserved <= on_hand + :backorder_limit;

-- name: count_low
SELECT COUNT(*)
FROM (SELECT 1 FROM inventory_levels WHERE store_id = :store_id AND low = 1 LIMIT :most) few;

-- name: list_levels
-- columns: l.variant_id, l.location_id, l.low, l.on_hand
SELECT l.variant_id, l.location_id, p.name, l.bin, l.on_hand, l.reserved, l.backorder_limit, l.low_at
FROM inventory_levels l
JOIN inventory_locations p ON p.store_id = l.store_id AND p.id = l.location_id
WHERE l.store_id = :store_id
-- where
-- order

-- name: unbalanced
-- Levels that differ from the sum of their movements, or whose reserved part
-- differs from what open reservations hold.
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
  SELECT json_extract(j.value, '$.variant') AS variant_id, json_extract(j.value, '$.location') AS location_id,
         SUM(json_extract(j.value, '$.quantity') - json_extract(j.value, '$.shipped')) AS held
  FROM inventory_reservations r, json_each(r.lines) j
  WHERE r.store_id = :store_id AND r.status = 'open'
  GROUP BY 1, 2
) h ON h.variant_id = l.variant_id AND h.location_id = l.location_id
WHERE l.store_id = :store_id
  AND (l.on_hand <> COALESCE(m.on_hand, 0) OR l.reserved <> COALESCE(m.reserved, 0) OR l.reserved <> COALESCE(h.held, 0))
ORDER BY l.variant_id, l.location_id
LIMIT 100;
