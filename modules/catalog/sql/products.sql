-- name: update_pictures
UPDATE catalog_products
SET images = :images, cover = :cover, updated_at = :now
WHERE store_id = :store_id AND id = :id AND updated_at = :read_at;

-- name: hold_product
UPDATE catalog_products
SET slug = slug
WHERE store_id = :store_id AND id = :id;

-- name: update_status
UPDATE catalog_products
SET status = :status, updated_at = :now
WHERE store_id = :store_id AND id = :id;

-- name: products
-- columns: p.id, p.slug, p.status, p.deleted, p.found_by, p.category_id, p.brand, p.facets, p.in_stock
SELECT p.id, p.slug, p.status, p.title, p.summary, p.body, p.seo_title, p.seo_description, p.brand, p.category_id,
  p.tags, p.options, p.images, p.extra, p.currency, p.tax_class, p.digital, p.featured, p.min_qty, p.max_qty, p.qty_step,
  p.price, p.price_max, p.compare_at, p.in_stock, p.deleted, p.created_at, p.updated_at
FROM catalog_products p
WHERE p.store_id = :store_id
-- where
-- order

-- name: page_product
SELECT id, slug, title, summary, body, seo_title, seo_description, brand, category_id, tags, options, images,
  currency, tax_class, digital, min_qty, max_qty, qty_step, price, price_max, compare_at, lowest, in_stock, updated_at, rating_stars, rating_count
FROM catalog_products
WHERE store_id = :store_id AND slug = :slug AND status = 'active';

-- name: slug_moved
SELECT p.slug
FROM catalog_redirects r
JOIN catalog_products p ON p.store_id = r.store_id AND p.id = r.product_id
WHERE r.store_id = :store_id AND r.slug = :slug AND p.status = 'active';

-- name: slug_holder
SELECT id
FROM catalog_products
WHERE store_id = :store_id AND slug = :slug;

-- name: staff_products
-- columns: id, status, found_by, category_id, deleted, brand, facets, in_stock, price, updated_at
SELECT id, slug, status, title, brand, category_id, cover, currency, price, price_max, compare_at, variants, in_stock, updated_at
FROM catalog_products
WHERE store_id = :store_id
-- where
-- order

-- name: cards
SELECT id, slug, title, brand, cover, currency, price, price_max, compare_at, lowest, content, unit, variants, in_stock, featured, rating_stars, rating_count
FROM catalog_products
WHERE store_id = :store_id AND id IN (:ids...) AND status = 'active';

-- name: related_cards
SELECT id, slug, title, brand, cover, currency, price, price_max, compare_at, lowest, content, unit, variants, in_stock, featured, rating_stars, rating_count
FROM (
  SELECT * FROM (
    SELECT id, slug, title, brand, cover, currency, price, price_max, compare_at, lowest, content, unit, variants, in_stock, featured, rating_stars, rating_count, 0 AS way
    FROM catalog_products
    WHERE store_id = :store_id AND category_id = :category_id AND status = 'active' AND id <> :id
    ORDER BY in_stock DESC, featured DESC, id DESC
    LIMIT 4
  ) c
  UNION ALL
  SELECT * FROM (
    SELECT id, slug, title, brand, cover, currency, price, price_max, compare_at, lowest, content, unit, variants, in_stock, featured, rating_stars, rating_count, CASE WHEN brand = :brand THEN 1 ELSE 2 END AS way
    FROM catalog_products
    WHERE store_id = :store_id AND status = 'active' AND id <> :id
      AND 4 > (
        SELECT COUNT(*)
        FROM (
          SELECT 1
          FROM catalog_products
          WHERE store_id = :store_id AND category_id = :category_id AND status = 'active' AND id <> :id
          LIMIT 4
        ) n
      )
    ORDER BY featured DESC, id DESC
    LIMIT 16
  ) o
) r
ORDER BY way, in_stock DESC, featured DESC, id DESC;

-- name: home_cards
SELECT id, slug, title, brand, cover, currency, price, price_max, compare_at, lowest, content, unit, variants, in_stock, featured, rating_stars, rating_count
FROM catalog_products
WHERE store_id = :store_id AND status = 'active'
ORDER BY featured DESC, id DESC
LIMIT 12;

-- name: category_cards
-- The plus makes SQLite go by the category instead of by the order.
SELECT id, slug, title, brand, cover, currency, price, price_max, compare_at, lowest, content, unit, variants, in_stock, featured, rating_stars, rating_count
FROM catalog_products
WHERE store_id = :store_id AND category_id IN (:categories...) AND status = 'active'
ORDER BY featured DESC, +id DESC
LIMIT 12;

-- name: hits_all
SELECT COALESCE(string_agg(line, '' ORDER BY id DESC), '')
FROM (
  SELECT p.id, p.id || ' ' || p.price || CASE WHEN p.in_stock THEN ' 1' ELSE ' 0' END || p.facets AS line
  FROM catalog_products p
  WHERE p.store_id = :store_id AND p.status = 'active'
  ORDER BY p.id DESC
  LIMIT 20000
) h;

-- name: hits_in
-- The plus makes SQLite go by the category instead of by the order.
SELECT COALESCE(string_agg(line, '' ORDER BY id DESC), '')
FROM (
  SELECT p.id, p.id || ' ' || p.price || CASE WHEN p.in_stock THEN ' 1' ELSE ' 0' END || p.facets AS line
  FROM catalog_products p
  WHERE p.store_id = :store_id AND p.category_id IN (:categories...) AND p.status = 'active'
  ORDER BY +p.id DESC
  LIMIT 20000
) h;

-- name: rate_product
UPDATE catalog_products
SET rating_stars = rating_stars + :stars, rating_count = rating_count + :count
WHERE store_id = :store_id AND id = :id;

-- name: product_references
SELECT p.id, p.slug, p.title, p.cover, p.rating_stars, p.rating_count, COALESCE((
    SELECT string_agg(CAST(v.id AS TEXT), ' ' ORDER BY v.place)
    FROM catalog_variants v
    WHERE v.store_id = :store_id AND v.product_id = p.id AND NOT v.gone AND p.status = 'active'
  ), '')
FROM catalog_products p
WHERE p.store_id = :store_id AND p.id IN (:ids...);

-- name: product_by_slug
SELECT id, slug, title, cover, rating_stars, rating_count, ''
FROM catalog_products
WHERE store_id = :store_id AND slug = :slug AND status = 'active';

-- name: vocabulary
SELECT COALESCE(string_agg(found_by, ' '), '')
FROM (
  SELECT p.found_by
  FROM catalog_products p
  WHERE p.store_id = :store_id AND p.status = 'active'
  ORDER BY p.id DESC
  LIMIT 20000
) v;

-- name: count_products
SELECT COUNT(*)
FROM catalog_products
WHERE store_id = :store_id AND NOT deleted;

-- name: products_naming
-- What stands in the texts that people write, as a picture's address does.
SELECT id, title
FROM catalog_products
WHERE store_id = :store_id AND CAST(body AS TEXT) LIKE :like
ORDER BY id
LIMIT 200;
