-- name: add_figure
INSERT INTO core_figures (store_id, name, hour, currency, n, minor)
VALUES (:store_id, :name, :hour, :currency, :n, :minor)
ON CONFLICT (store_id, name, hour, currency) DO UPDATE
SET n = core_figures.n + excluded.n, minor = core_figures.minor + excluded.minor
WHERE core_figures.store_id = :store_id;

-- name: figures
SELECT store_id, name, currency, (hour + :shift) / :width, SUM(n), SUM(minor)
FROM core_figures
WHERE store_id = :store_id AND name IN ('sold', 'returned') AND hour >= :since
GROUP BY store_id, name, currency, (hour + :shift) / :width;

-- name: figures_of_stores
-- scope: system
SELECT store_id, name, currency, (hour + :shift) / :width, SUM(n), SUM(minor)
FROM core_figures
WHERE hour >= :since AND store_id IN (:stores...)
GROUP BY store_id, name, currency, (hour + :shift) / :width;

-- name: figures_of_all
-- scope: system
SELECT 0, name, currency, (hour + :shift) / :width, SUM(n), SUM(minor)
FROM core_figures
WHERE hour >= :since
GROUP BY name, currency, (hour + :shift) / :width;
