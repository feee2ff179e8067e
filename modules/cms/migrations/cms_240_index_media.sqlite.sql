-- +goose Up
-- A search reads the words of all files of a store: here they stand side by side, and
-- nothing else has to be read of a file in which they are not found. An index of the files
-- that are there alone would be smaller, and is not chosen once there are statistics.
CREATE INDEX cms_media_words ON cms_media (store_id, deleted_at, id, words);
