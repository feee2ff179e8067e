-- name: database_bytes
-- scope: system
SELECT pg_database_size(current_database());
