-- name: insert_prices
INSERT INTO catalog_prices (store_id, variant_id, since, until, price)
SELECT CAST(:store_id AS BIGINT), r.variant, r.since, r.until, r.price
FROM json_to_recordset(CAST(:rows AS json)) AS r(variant BIGINT, since BIGINT, until BIGINT, price BIGINT);
