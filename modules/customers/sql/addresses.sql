-- name: addresses
SELECT id, is_default, name, company, line1, line2, postal, city, country, phone
FROM customers_addresses
WHERE store_id = :store_id AND customer_id = :customer_id
ORDER BY is_default DESC, id;

-- name: insert_address
INSERT INTO customers_addresses (
  store_id, id, customer_id, is_default, name, company, line1, line2, postal, city, country, phone, created_at
)
VALUES (
  :store_id, :id, :customer_id, :is_default, :name, :company, :line1, :line2, :postal, :city, :country, :phone, :now
);

-- name: update_address
UPDATE customers_addresses
SET name = :name, company = :company, line1 = :line1, line2 = :line2, postal = :postal, city = :city,
  country = :country, phone = :phone
WHERE store_id = :store_id AND id = :id AND customer_id = :customer_id;

-- name: delete_address
DELETE FROM customers_addresses
WHERE store_id = :store_id AND id = :id AND customer_id = :customer_id;

-- name: clear_default
UPDATE customers_addresses
SET is_default = FALSE
WHERE store_id = :store_id AND customer_id = :customer_id AND is_default;

-- name: set_default
UPDATE customers_addresses
SET is_default = TRUE
WHERE store_id = :store_id AND customer_id = :customer_id AND id = :id;

-- name: delete_addresses
DELETE FROM customers_addresses
WHERE store_id = :store_id AND customer_id = :customer_id;
