-- name: insert_events
INSERT INTO event_events (store_id, id, name, entity, payload, at)
SELECT :store_id, r.id, r.name, r.entity, CAST(r.payload AS json), :at
FROM json_to_recordset(CAST(:rows AS json)) AS r(id BIGINT, name TEXT, entity BIGINT, payload TEXT)

-- name: insert_waiting
INSERT INTO event_waiting (store_id, entity, event_id, subscribers)
SELECT :store_id, r.entity, r.event, r.subscribers
FROM json_to_recordset(CAST(:rows AS json)) AS r(event BIGINT, entity BIGINT, subscribers TEXT)

-- name: insert_deliveries
INSERT INTO event_deliveries (store_id, event_id, subscriber, entity, state, at)
SELECT :store_id, r.event, r.subscriber, r.entity, 'pending', :at
FROM json_to_recordset(CAST(:rows AS json)) AS r(event BIGINT, subscriber TEXT, entity BIGINT)
