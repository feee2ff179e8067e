-- name: insert_movements
INSERT INTO inventory_movements (store_id, id, variant_id, location_id, kind, on_hand, reserved, on_hand_after, reserved_after,
  reason, cause_kind, cause_id, cause_name, actor, at)
SELECT :store_id, w.id, w.variant, w.location, w.kind, w.on_hand, w.reserved, w.on_hand_after, w.reserved_after,
  w.reason, w.cause_kind, w.cause_id, w.cause_name, w.actor, :at
FROM json_to_recordset(CAST(:movements AS json)) AS w (id BIGINT, variant BIGINT, location BIGINT, kind TEXT, on_hand BIGINT,
  reserved BIGINT, on_hand_after BIGINT, reserved_after BIGINT, reason TEXT, cause_kind TEXT, cause_id BIGINT, cause_name TEXT, actor TEXT);
