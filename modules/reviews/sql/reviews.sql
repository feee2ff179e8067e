-- name: insert_review
INSERT INTO reviews_reviews (store_id, id, product_id, customer_id, state, stars, bought, author, lang, title, body, created_at, changed_at)
VALUES (:store_id, :id, :product, :customer, :state, :stars, :bought, :author, :lang, :title, :body, :now, :now)
ON CONFLICT DO NOTHING;

-- name: update_review
UPDATE reviews_reviews
SET state = :state, stars = :stars, bought = :bought, author = :author, lang = :lang, title = :title, body = :body,
  reply = :reply, replied_at = :replied_at, changed_at = :changed_at
WHERE store_id = :store_id AND id = :id;

-- name: hold_review
-- Nobody else changes the review before the transaction ends.
UPDATE reviews_reviews
SET state = state
WHERE store_id = :store_id AND id = :id;

-- name: hold_own_review
UPDATE reviews_reviews
SET state = state
WHERE store_id = :store_id AND customer_id = :customer AND product_id = :product;

-- name: delete_review
DELETE FROM reviews_reviews
WHERE store_id = :store_id AND id = :id;

-- name: list_reviews
-- columns: r.id, r.product_id, r.customer_id, r.state, r.stars, r.author, r.title, r.body
SELECT r.id, r.product_id, r.customer_id, r.state, r.stars, r.bought, r.author, r.lang, r.title, r.body, r.reply, r.replied_at, r.created_at, r.changed_at
FROM reviews_reviews r
WHERE r.store_id = :store_id
-- where
-- order

-- name: spread
SELECT stars, COUNT(*)
FROM reviews_reviews
WHERE store_id = :store_id AND product_id = :product AND state = 'approved'
GROUP BY stars;

-- name: count_waiting
SELECT COUNT(*)
FROM (SELECT 1 FROM reviews_reviews WHERE store_id = :store_id AND state = 'waiting' LIMIT :most) w;
