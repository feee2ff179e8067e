-- name: insert_deliveries
INSERT INTO event_deliveries (store_id, event_id, subscriber, entity, state, at)
SELECT :store_id, :event, value, :entity, 'pending', :at
FROM json_array_elements_text(CAST(:subscribers AS json))
