-- name: insert_store
-- scope: system
INSERT INTO tenancy_stores (merchant_id, id, code, name, texts, currency, lang, langs, staff_lang, country, email, phone,
  address, theme, logo, hero_image, status, active, created_at, updated_at)
VALUES (:merchant_id, :id, :code, :name, :texts, :currency, :lang, :langs, :staff_lang, :country, :email, :phone,
  :address, :theme, :logo, :hero_image, :status, :active, :now, :now);

-- name: update_store
-- scope: system
UPDATE tenancy_stores
SET name = :name, texts = :texts, lang = :lang, langs = :langs, staff_lang = :staff_lang, country = :country,
  email = :email, phone = :phone, address = :address, theme = :theme, logo = :logo, hero_image = :hero_image,
  status = :status, active = :active, updated_at = :now
WHERE id = :id;

-- name: update_own_store
UPDATE tenancy_stores
SET name = :name, texts = :texts, lang = :lang, langs = :langs, staff_lang = :staff_lang, country = :country,
  email = :email, phone = :phone, address = :address, theme = :theme, logo = :logo, hero_image = :hero_image,
  status = :status, updated_at = :now
WHERE merchant_id = :merchant_id AND id = :store_id;

-- name: own_store
SELECT s.id, s.merchant_id, m.name, s.code, s.name, s.texts, s.currency, s.lang, s.langs, s.staff_lang,
  s.country, s.email, s.phone, s.address, s.theme, s.logo, s.hero_image, s.status
FROM tenancy_stores s
JOIN tenancy_merchants m ON m.id = s.merchant_id
WHERE s.merchant_id = :merchant_id AND s.id = :store_id;

-- name: store
-- scope: system
SELECT s.id, s.merchant_id, m.name, s.code, s.name, s.texts, s.currency, s.lang, s.langs, s.staff_lang,
  s.country, s.email, s.phone, s.address, s.theme, s.logo, s.hero_image, s.status, s.active, s.created_at
FROM tenancy_stores s
JOIN tenancy_merchants m ON m.id = s.merchant_id
WHERE s.id = :id AND s.deletion = 0
  AND (:every OR EXISTS (SELECT 1 FROM tenancy_store_platforms sp
    WHERE sp.store_id = s.id AND sp.platform_id IN (:platforms...)));

-- name: list_stores
-- scope: system
-- columns: s.name, s.id, s.code, s.status, s.active, s.merchant_id, m.name
SELECT s.id, s.merchant_id, m.name, s.code, s.name, s.texts, s.currency, s.lang, s.langs, s.staff_lang,
  s.country, s.email, s.phone, s.address, s.theme, s.logo, s.hero_image, s.status, s.active, s.created_at
FROM tenancy_stores s
JOIN tenancy_merchants m ON m.id = s.merchant_id
WHERE s.deletion = 0
  AND (:every OR EXISTS (SELECT 1 FROM tenancy_store_platforms sp
    WHERE sp.store_id = s.id AND sp.platform_id IN (:platforms...)))
-- where
-- order

-- name: stores_of_merchant
SELECT s.id, s.merchant_id, m.name, s.code, s.name, s.texts, s.currency, s.lang, s.langs, s.staff_lang,
  s.country, s.email, s.phone, s.address, s.theme, s.logo, s.hero_image, s.status
FROM tenancy_stores s
JOIN tenancy_merchants m ON m.id = s.merchant_id
WHERE s.merchant_id = :merchant_id AND s.active AND s.deletion = 0
ORDER BY s.name, s.id;

-- name: join_platform
-- scope: system
INSERT INTO tenancy_store_platforms (store_id, platform_id, subdomain, active, joined_at)
VALUES (:store_id, :platform_id, :subdomain, :active, :now)
ON CONFLICT (store_id, platform_id) DO UPDATE
SET subdomain = excluded.subdomain, active = excluded.active;

-- name: platforms_of_store
-- scope: system
SELECT store_id, platform_id, COALESCE(subdomain, '')
FROM tenancy_store_platforms
WHERE store_id = :store_id AND active AND deletion = 0
ORDER BY joined_at, platform_id;

-- name: insert_domain
-- scope: system
INSERT INTO tenancy_domains (domain, store_id, merchant_id, platform_id, is_primary, proof, verified_at, created_at)
VALUES (:domain, :store_id, :merchant_id, :platform_id, :is_primary, :proof, :verified_at, :now);

-- name: domains
-- scope: system
SELECT domain, COALESCE(store_id, 0), COALESCE(merchant_id, 0), platform_id, is_primary, proof, verified_at, checked_at, trouble
FROM tenancy_domains
WHERE store_id = :store_id OR merchant_id = :merchant_id
  OR (store_id IS NULL AND merchant_id IS NULL AND platform_id = :platform_id)
ORDER BY domain;

-- name: domain
-- scope: system
SELECT domain, COALESCE(store_id, 0), COALESCE(merchant_id, 0), platform_id, is_primary, proof, verified_at, checked_at, trouble
FROM tenancy_domains
WHERE domain = :domain;

-- name: waiting_domains
-- scope: system
SELECT domain, COALESCE(store_id, 0), COALESCE(merchant_id, 0), platform_id, is_primary, proof, verified_at, checked_at, trouble
FROM tenancy_domains
WHERE verified_at IS NULL AND created_at >= :since
ORDER BY COALESCE(checked_at, 0), domain
LIMIT :limit;

-- name: note_domain
-- scope: system
UPDATE tenancy_domains
SET checked_at = :now, trouble = :trouble
WHERE domain = :domain AND verified_at IS NULL;

-- name: domains_of_merchant
-- scope: system
SELECT d.domain, COALESCE(d.store_id, 0), COALESCE(d.merchant_id, 0), d.platform_id, d.is_primary, d.proof, d.verified_at, d.checked_at, d.trouble
FROM tenancy_domains d
JOIN tenancy_stores s ON s.id = d.store_id AND s.merchant_id = :merchant
ORDER BY d.domain;

-- name: list_domains
-- scope: system
-- columns: d.domain
SELECT d.domain, COALESCE(d.store_id, 0), COALESCE(d.merchant_id, 0), d.platform_id, d.is_primary, d.proof, d.verified_at, d.checked_at, d.trouble,
  COALESCE(s.name, m.name, p.name), p.name
FROM tenancy_domains d
JOIN tenancy_platforms p ON p.id = d.platform_id
LEFT JOIN tenancy_stores s ON s.id = d.store_id
LEFT JOIN tenancy_merchants m ON m.id = d.merchant_id
WHERE (:every OR d.platform_id IN (:platforms...))
  AND (CAST(:state AS TEXT) = '' OR (CAST(:state AS TEXT) = 'verified') = (d.verified_at IS NOT NULL))
-- where
-- order

-- name: verify_domain
-- scope: system
UPDATE tenancy_domains
SET verified_at = :now, checked_at = :now, trouble = ''
WHERE domain = :domain AND verified_at IS NULL;

-- name: delete_domain
-- scope: system
DELETE FROM tenancy_domains
WHERE domain = :domain;

-- name: store_count
-- scope: system
SELECT COUNT(*)
FROM tenancy_stores
WHERE merchant_id = :merchant_id AND deletion = 0;
