-- name: set_tags
UPDATE customers_customers
SET tags = :tags
WHERE store_id = :store_id AND id = :id;

-- name: count_tag
INSERT INTO customers_tags (store_id, tag, customers)
VALUES (:store_id, :tag, :by)
ON CONFLICT (store_id, tag) DO UPDATE SET customers = customers_tags.customers + excluded.customers
WHERE customers_tags.store_id = :store_id;

-- name: tags
SELECT tag
FROM customers_tags
WHERE store_id = :store_id AND customers > 0
ORDER BY tag
LIMIT 100;

-- name: notes
SELECT id, author, text, created_at
FROM customers_notes
WHERE store_id = :store_id AND customer_id = :customer_id
ORDER BY id DESC
LIMIT 200;

-- name: insert_note
INSERT INTO customers_notes (store_id, id, customer_id, author, text, created_at)
VALUES (:store_id, :id, :customer_id, :author, :text, :now);

-- name: note_of
SELECT customer_id
FROM customers_notes
WHERE store_id = :store_id AND id = :id;

-- name: delete_note
DELETE FROM customers_notes
WHERE store_id = :store_id AND id = :id;

-- name: segments
SELECT id, name, rules
FROM customers_segments
WHERE store_id = :store_id
ORDER BY name
LIMIT 50;

-- name: insert_segment
INSERT INTO customers_segments (store_id, id, name, rules, created_at)
VALUES (:store_id, :id, :name, :rules, :now)
ON CONFLICT (store_id, name) DO UPDATE SET rules = excluded.rules
WHERE customers_segments.store_id = :store_id;

-- name: delete_segment
DELETE FROM customers_segments
WHERE store_id = :store_id AND id = :id;

-- name: delete_notes
DELETE FROM customers_notes
WHERE store_id = :store_id AND customer_id = :customer_id;
