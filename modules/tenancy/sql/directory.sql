-- name: directory_version
-- scope: system
SELECT version
FROM tenancy_versions
WHERE name = 'directory';

-- name: directory_platforms
-- scope: system
SELECT id, code, name, tagline, lang, picture, deletion
FROM tenancy_platforms
WHERE active
ORDER BY id;

-- name: directory_stores
-- scope: system
SELECT s.id, s.merchant_id, m.name, s.code, s.name, s.texts, s.currency, s.lang, s.langs, s.staff_lang,
  s.country, s.email, s.phone, s.address, s.theme, s.logo, s.hero_image, s.status, s.deletion
FROM tenancy_stores s
JOIN tenancy_merchants m ON m.id = s.merchant_id
WHERE s.active AND m.active
ORDER BY s.id;

-- name: directory_members
-- scope: system
SELECT store_id, platform_id, COALESCE(subdomain, '')
FROM tenancy_store_platforms
WHERE active
ORDER BY store_id, joined_at, platform_id;

-- name: directory_domains
-- scope: system
SELECT domain, COALESCE(store_id, 0), COALESCE(merchant_id, 0), platform_id, is_primary
FROM tenancy_domains
WHERE verified_at IS NOT NULL
ORDER BY domain;

-- name: directory_modules
-- scope: system
SELECT platform_id, module, enabled
FROM tenancy_modules
ORDER BY platform_id, module;

-- name: directory_merchants
-- scope: system
SELECT id, name
FROM tenancy_merchants
WHERE active AND deletion = 0
ORDER BY id;
