-- name: next_number
INSERT INTO customers_counters (store_id, last_number)
VALUES (:store_id, 1001)
ON CONFLICT (store_id) DO UPDATE SET last_number = customers_counters.last_number + 1
WHERE customers_counters.store_id = :store_id
RETURNING last_number;

-- name: insert_customer
INSERT INTO customers_customers (
  store_id, id, number, email, email_key, name, phone, lang, status,
  password_hash, password_version, consent, consent_at, registered_at, created_at
)
VALUES (
  :store_id, :id, :number, :email, :email_key, :name, :phone, :lang, :status,
  :password_hash, :password_version, :consent, :consent_at, :registered_at, :created_at
)
ON CONFLICT (store_id, email_key) DO NOTHING;

-- name: find_customer
SELECT id, number, email, name, phone, lang, status, consent, consent_at, orders, spent, last_order_at,
  registered_at, created_at, returned, tags, COALESCE(password_hash, ''), password_version, erased_at
FROM customers_customers
WHERE store_id = :store_id AND id = :id;

-- name: find_by_email
SELECT id, number, email, name, phone, lang, status, consent, consent_at, orders, spent, last_order_at,
  registered_at, created_at, returned, tags, COALESCE(password_hash, ''), password_version, erased_at
FROM customers_customers
WHERE store_id = :store_id AND email_key = :email_key;

-- name: list_customers
-- columns: id, status, email_key, name, phone, number, consent, orders, spent, last_order_at, created_at, tags
SELECT id, number, email, name, phone, lang, status, consent, consent_at, orders, spent, last_order_at,
  registered_at, created_at, returned, tags, '', password_version, erased_at
FROM customers_customers
WHERE store_id = :store_id AND erased_at IS NULL
-- where
-- order

-- name: list_recent_buyers
-- columns: id, status, email_key, name, phone, number, consent, orders, spent, last_order_at, created_at, tags, recent_orders, recent_spent
SELECT id, number, email, name, phone, lang, status, consent, consent_at, orders, spent, last_order_at,
  registered_at, created_at, returned, tags, '', password_version, erased_at
FROM customers_customers
JOIN (
  SELECT customer_id, SUM(orders) AS recent_orders, SUM(spent) AS recent_spent
  FROM customers_days
  WHERE store_id = :store_id AND day >= :since
  GROUP BY customer_id
) recent ON recent.customer_id = id
WHERE store_id = :store_id AND erased_at IS NULL
-- where
-- order

-- name: update_profile
UPDATE customers_customers
SET name = :name, phone = :phone, lang = :lang, consent = :consent, consent_at = :consent_at
WHERE store_id = :store_id AND id = :id;

-- name: set_password
UPDATE customers_customers
SET password_hash = :password_hash, password_version = password_version + 1, status = :status,
  registered_at = COALESCE(registered_at, :now)
WHERE store_id = :store_id AND id = :id;

-- name: set_status
UPDATE customers_customers
SET status = :status
WHERE store_id = :store_id AND id = :id;

-- name: add_purchase
UPDATE customers_customers
SET orders = orders + :orders, spent = spent + :minor, returned = returned + :returned,
  last_order_at = COALESCE(:last_order_at, last_order_at)
WHERE store_id = :store_id AND id = :id;

-- name: add_day
INSERT INTO customers_days (store_id, day, customer_id, orders, spent)
VALUES (:store_id, :day, :id, :orders, :minor)
ON CONFLICT (store_id, day, customer_id) DO UPDATE
SET orders = customers_days.orders + excluded.orders, spent = customers_days.spent + excluded.spent
WHERE customers_days.store_id = :store_id;

-- name: erase_customer
-- The address becomes one that nobody can have, so that theirs is free again.
UPDATE customers_customers
SET email = '', email_key = :nobody, name = '', phone = '', status = 'guest', password_hash = NULL, password_version = password_version + 1,
  consent = FALSE, consent_at = NULL, registered_at = NULL, tags = '', erased_at = :now
WHERE store_id = :store_id AND id = :id AND erased_at IS NULL;
