-- name: insert_prices
INSERT INTO catalog_prices (store_id, variant_id, since, until, price)
SELECT CAST(:store_id AS BIGINT), CAST(json_extract(r.value, '$.variant') AS BIGINT), json_extract(r.value, '$.since'),
  json_extract(r.value, '$.until'), json_extract(r.value, '$.price')
FROM json_each(:rows) r;
