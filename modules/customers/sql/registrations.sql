-- name: insert_registration
INSERT INTO customers_registrations (store_id, id, email, email_key, name, lang, consent, created_at)
VALUES (:store_id, :id, :email, :email_key, :name, :lang, :consent, :now);

-- name: find_registration
SELECT id, email, name, lang, consent, created_at
FROM customers_registrations
WHERE store_id = :store_id AND id = :id;

-- name: registration_of
SELECT id, email, name, lang, consent, created_at
FROM customers_registrations
WHERE store_id = :store_id AND email_key = :email_key;

-- name: delete_registrations
DELETE FROM customers_registrations
WHERE store_id = :store_id AND (email_key = :email_key OR created_at < :before);
