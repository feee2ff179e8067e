-- +goose Up
-- Since when stored files are being removed. Nobody takes the same content into use
-- meanwhile.
ALTER TABLE cms_media_waste ADD COLUMN going_at BIGINT;

CREATE INDEX cms_media_waste_going ON cms_media_waste (store_id, going_at) WHERE going_at IS NOT NULL;
