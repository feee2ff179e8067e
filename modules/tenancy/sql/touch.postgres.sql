-- name: touch_directory
-- scope: system
WITH touched AS (
  UPDATE tenancy_versions
  SET version = version + 1
  WHERE name = 'directory'
  RETURNING version
)
SELECT pg_notify('orion_directory', CAST(version AS TEXT))
FROM touched;

-- name: touch_directory_for_store
WITH touched AS (
  UPDATE tenancy_versions
  SET version = version + 1
  WHERE name = 'directory'
    AND EXISTS (SELECT 1 FROM tenancy_stores s WHERE s.merchant_id = :merchant_id AND s.id = :store_id)
  RETURNING version
)
SELECT pg_notify('orion_directory', CAST(version AS TEXT))
FROM touched;
