-- name: put_picture
INSERT INTO tenancy_pictures (store_id, slot, upload, failed, sent_at)
VALUES (:store_id, :slot, :upload, '', :now)
ON CONFLICT (store_id, slot) DO UPDATE SET upload = excluded.upload, failed = '', sent_at = excluded.sent_at
WHERE tenancy_pictures.store_id = :store_id;

-- name: pictures
SELECT slot, upload, failed
FROM tenancy_pictures
WHERE store_id = :store_id;

-- name: fail_picture
UPDATE tenancy_pictures
SET failed = :failed
WHERE store_id = :store_id AND slot = :slot AND upload = :upload;

-- name: take_picture
DELETE FROM tenancy_pictures
WHERE store_id = :store_id AND slot = :slot AND upload = :upload;

-- name: forget_picture
DELETE FROM tenancy_pictures
WHERE store_id = :store_id AND slot = :slot;

-- name: set_logo
UPDATE tenancy_stores
SET logo = :picture, updated_at = :now
WHERE merchant_id = :merchant_id AND id = :store_id;

-- name: set_hero_image
UPDATE tenancy_stores
SET hero_image = :picture, updated_at = :now
WHERE merchant_id = :merchant_id AND id = :store_id;
