-- name: lowest_prices
SELECT variant_id, MIN(price)
FROM catalog_prices
WHERE store_id = :store_id AND variant_id IN (:ids...) AND until > :after
GROUP BY variant_id;
