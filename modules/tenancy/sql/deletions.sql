-- name: insert_deletion
-- scope: system
INSERT INTO tenancy_deletions (id, kind, target, name, reason, by_name, at)
VALUES (:id, :kind, :target, :name, :reason, :by, :now);

-- name: take_platform
-- scope: system
UPDATE tenancy_platforms
SET deletion = :deletion
WHERE id = :target AND deletion = 0;

-- name: take_merchant
-- scope: system
UPDATE tenancy_merchants
SET deletion = :deletion
WHERE id = :target AND deletion = 0;

-- name: take_store
-- scope: system
UPDATE tenancy_stores
SET deletion = :deletion
WHERE id = :target AND deletion = 0;

-- name: take_user
-- scope: system
UPDATE tenancy_users
SET deletion = :deletion
WHERE id = :target AND deletion = 0;

-- name: take_stores_of_merchant
-- scope: system
UPDATE tenancy_stores
SET deletion = :deletion
WHERE merchant_id = :target AND deletion = 0;

-- name: take_places_on_platform
-- scope: system
UPDATE tenancy_store_platforms
SET deletion = :deletion
WHERE platform_id = :target AND deletion = 0;

-- name: take_stores_nowhere_else
-- scope: system
UPDATE tenancy_stores
SET deletion = :deletion
WHERE deletion = 0
  AND EXISTS (SELECT 1 FROM tenancy_store_platforms sp WHERE sp.store_id = tenancy_stores.id AND sp.deletion = :deletion)
  AND NOT EXISTS (SELECT 1 FROM tenancy_store_platforms sp WHERE sp.store_id = tenancy_stores.id AND sp.deletion = 0 AND sp.active);

-- name: take_merchants_nowhere_else
-- scope: system
UPDATE tenancy_merchants
SET deletion = :deletion
WHERE deletion = 0 AND signed_with = :target
  AND NOT EXISTS (SELECT 1 FROM tenancy_stores s WHERE s.merchant_id = tenancy_merchants.id AND s.deletion = 0);

-- name: taken_merchants
-- scope: system
SELECT name
FROM tenancy_merchants
WHERE deletion = :deletion
ORDER BY name, id
LIMIT :limit;

-- name: taken_stores
-- scope: system
SELECT name
FROM tenancy_stores
WHERE deletion = :deletion
ORDER BY name, id
LIMIT :limit;

-- name: taken_domains
-- scope: system
SELECT d.domain
FROM tenancy_domains d
WHERE d.store_id IN (SELECT s.id FROM tenancy_stores s WHERE s.deletion = :deletion)
  OR d.merchant_id IN (SELECT m.id FROM tenancy_merchants m WHERE m.deletion = :deletion)
  OR d.platform_id IN (SELECT p.id FROM tenancy_platforms p WHERE p.deletion = :deletion)
ORDER BY d.domain
LIMIT :limit;

-- name: taken_counts
-- scope: system
SELECT (SELECT COUNT(*) FROM tenancy_merchants WHERE deletion = :deletion),
  (SELECT COUNT(*) FROM tenancy_stores WHERE deletion = :deletion),
  (SELECT COUNT(*) FROM tenancy_store_platforms sp JOIN tenancy_stores s ON s.id = sp.store_id
    WHERE sp.deletion = :deletion AND s.deletion = 0),
  (SELECT COUNT(DISTINCT w.user_id) FROM tenancy_staff w JOIN tenancy_stores s ON s.id = w.store_id
    WHERE s.deletion = :deletion AND w.active),
  (SELECT COUNT(*) FROM tenancy_staff w JOIN tenancy_users u ON u.id = w.user_id WHERE u.deletion = :deletion AND w.active),
  (SELECT COUNT(*) FROM tenancy_merchants m JOIN tenancy_users u ON u.id = m.owner_id
    WHERE u.deletion = :deletion AND m.deletion = 0);

-- name: deletion
-- scope: system
SELECT d.id, d.kind, d.target, d.name, d.reason, d.by_name, d.at
FROM tenancy_deletions d
WHERE d.id = :id AND d.restored_at IS NULL
  AND (:every OR d.kind = 'store' AND EXISTS (SELECT 1 FROM tenancy_store_platforms sp
      WHERE sp.store_id = d.target AND sp.platform_id IN (:platforms...))
    OR d.kind = 'merchant' AND EXISTS (SELECT 1 FROM tenancy_merchants m
      WHERE m.id = d.target AND m.signed_with IN (:platforms...)));

-- name: deletions
-- scope: system
SELECT d.id, d.kind, d.target, d.name, d.reason, d.by_name, d.at
FROM tenancy_deletions d
WHERE d.id < :before AND d.restored_at IS NULL
  AND (:every OR d.kind = 'store' AND EXISTS (SELECT 1 FROM tenancy_store_platforms sp
      WHERE sp.store_id = d.target AND sp.platform_id IN (:platforms...))
    OR d.kind = 'merchant' AND EXISTS (SELECT 1 FROM tenancy_merchants m
      WHERE m.id = d.target AND m.signed_with IN (:platforms...)))
ORDER BY d.id DESC
LIMIT :limit;

-- name: mark_restored
-- scope: system
UPDATE tenancy_deletions
SET restored_at = :now
WHERE id = :id AND restored_at IS NULL;

-- name: give_platforms
-- scope: system
UPDATE tenancy_platforms
SET deletion = 0
WHERE deletion = :deletion;

-- name: give_merchants
-- scope: system
UPDATE tenancy_merchants
SET deletion = 0
WHERE deletion = :deletion;

-- name: give_stores
-- scope: system
UPDATE tenancy_stores
SET deletion = 0
WHERE deletion = :deletion;

-- name: give_places
-- scope: system
UPDATE tenancy_store_platforms
SET deletion = 0
WHERE deletion = :deletion;

-- name: give_users
-- scope: system
UPDATE tenancy_users
SET deletion = 0
WHERE deletion = :deletion;

-- name: still_gone
-- scope: system
-- What something that comes back would stand on, and that is deleted itself.
SELECT COALESCE(
  (SELECT m.name FROM tenancy_stores s JOIN tenancy_merchants m ON m.id = s.merchant_id
    WHERE s.id = :target AND :kind = 'store' AND m.deletion NOT IN (0, :deletion)),
  (SELECT p.name FROM tenancy_store_platforms sp JOIN tenancy_platforms p ON p.id = sp.platform_id
    WHERE sp.store_id = :target AND :kind = 'store' AND p.deletion NOT IN (0, :deletion)
      AND NOT EXISTS (SELECT 1 FROM tenancy_store_platforms o JOIN tenancy_platforms q ON q.id = o.platform_id
        WHERE o.store_id = sp.store_id AND o.active AND q.deletion IN (0, :deletion))
    ORDER BY p.id LIMIT 1),
  (SELECT p.name FROM tenancy_merchants m JOIN tenancy_platforms p ON p.id = m.signed_with
    WHERE m.id = :target AND :kind = 'merchant' AND p.deletion NOT IN (0, :deletion)),
  '');
