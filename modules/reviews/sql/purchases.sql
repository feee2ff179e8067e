-- name: insert_purchase
INSERT INTO reviews_purchases (store_id, order_id, product_id, customer_id, paid)
VALUES (:store_id, :order, :product, :customer, FALSE)
ON CONFLICT DO NOTHING;

-- name: pay_purchases
UPDATE reviews_purchases
SET paid = TRUE
WHERE store_id = :store_id AND order_id = :order;

-- name: mark_bought
UPDATE reviews_reviews
SET bought = TRUE
WHERE store_id = :store_id AND NOT bought AND EXISTS (
  SELECT 1 FROM reviews_purchases p
  WHERE p.store_id = :store_id AND p.order_id = :order AND p.customer_id = reviews_reviews.customer_id AND p.product_id = reviews_reviews.product_id
);

-- name: delete_purchases
DELETE FROM reviews_purchases
WHERE store_id = :store_id AND order_id = :order;

-- name: has_bought
SELECT COUNT(*)
FROM reviews_purchases
WHERE store_id = :store_id AND customer_id = :customer AND product_id = :product AND paid;

-- name: forget_buyer
DELETE FROM reviews_purchases
WHERE store_id = :store_id AND customer_id = :customer;
