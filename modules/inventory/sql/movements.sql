-- name: insert_movements
INSERT INTO inventory_movements (store_id, id, variant_id, location_id, kind, on_hand, reserved, on_hand_after, reserved_after,
  reason, cause_kind, cause_id, cause_name, actor, at)
SELECT :store_id, json_extract(value, '$.id'), json_extract(value, '$.variant'), json_extract(value, '$.location'),
  json_extract(value, '$.kind'), json_extract(value, '$.on_hand'), json_extract(value, '$.reserved'),
  json_extract(value, '$.on_hand_after'), json_extract(value, '$.reserved_after'), json_extract(value, '$.reason'),
  json_extract(value, '$.cause_kind'), json_extract(value, '$.cause_id'), json_extract(value, '$.cause_name'),
  json_extract(value, '$.actor'), :at
FROM json_each(:movements);

-- name: form_used
-- Of the level's latest movements, as a form is sent again soon or never.
SELECT COUNT(*) FROM (
  SELECT cause_kind, cause_id FROM inventory_movements
  WHERE store_id = :store_id AND variant_id = :variant AND location_id = :location
  ORDER BY id DESC
  LIMIT 500
) AS latest
WHERE cause_kind = 'form' AND cause_id = :key;

-- name: list_movements
-- columns: m.id, m.variant_id, m.location_id, m.kind
SELECT m.id, m.variant_id, m.location_id, p.name, m.kind, m.on_hand, m.reserved, m.on_hand_after, m.reserved_after,
  m.reason, m.cause_kind, m.cause_id, m.cause_name, m.actor, m.at
FROM inventory_movements m
JOIN inventory_locations p ON p.store_id = m.store_id AND p.id = m.location_id
WHERE m.store_id = :store_id
-- where
-- order
