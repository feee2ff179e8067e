-- +goose Up
-- Files of stores. What was sent is kept under upload and never served but for
-- documents; what is served of a picture is drawn, whole and as it is cut. wanted grows with each change
-- that has it drawn anew, which is over once shown has caught up.
CREATE TABLE cms_media (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('picture', 'drawing', 'document', 'video')),
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  alt JSON NOT NULL,
  words TEXT NOT NULL,
  upload TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  whole TEXT NOT NULL DEFAULT '',
  drawn TEXT NOT NULL DEFAULT '',
  cut JSON NOT NULL,
  focus_x BIGINT NOT NULL DEFAULT 50,
  focus_y BIGINT NOT NULL DEFAULT 50,
  wanted BIGINT NOT NULL DEFAULT 0,
  shown BIGINT NOT NULL DEFAULT 0,
  failed TEXT NOT NULL DEFAULT '',
  changed_at BIGINT NOT NULL,
  author TEXT NOT NULL,
  deleted_at BIGINT,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, upload)
);

CREATE INDEX cms_media_folder ON cms_media (store_id, folder, id);
CREATE INDEX cms_media_kind ON cms_media (store_id, kind, id);
CREATE INDEX cms_media_deleted ON cms_media (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX cms_media_back ON cms_media (store_id, bytes) WHERE deleted_at IS NOT NULL;
CREATE INDEX cms_media_waiting ON cms_media (changed_at) WHERE wanted > shown AND failed = '';

-- How many files that are not deleted a folder has, so that nobody counts them.
CREATE TABLE cms_media_folders (
  store_id BIGINT NOT NULL,
  folder TEXT NOT NULL,
  files BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (store_id, folder)
);

-- Stored files that nothing shows any more, until pages that readers still have
-- open are done with them.
CREATE TABLE cms_media_waste (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  upload TEXT NOT NULL,
  whole TEXT NOT NULL,
  drawn TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  thrown_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);

CREATE INDEX cms_media_waste_at ON cms_media_waste (thrown_at);
