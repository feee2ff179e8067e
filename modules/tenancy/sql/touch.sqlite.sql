-- name: touch_directory
-- scope: system
UPDATE tenancy_versions
SET version = version + 1
WHERE name = 'directory';

-- name: touch_directory_for_store
UPDATE tenancy_versions
SET version = version + 1
WHERE name = 'directory'
  AND EXISTS (SELECT 1 FROM tenancy_stores s WHERE s.merchant_id = :merchant_id AND s.id = :store_id);
