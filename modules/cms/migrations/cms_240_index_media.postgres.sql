-- +goose Up
-- A search reads all files of a store: those that are deleted are left out here, so that
-- a row is read as far as its words. The words themselves may be longer than an entry of
-- an index may be.
CREATE INDEX cms_media_words ON cms_media (store_id, id) WHERE deleted_at IS NULL;
