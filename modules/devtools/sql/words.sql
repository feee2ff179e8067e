-- name: words
-- scope: system
SELECT key, lang, sentence, forms, author, changed_at
FROM dev_tools_words
ORDER BY key, lang;

-- name: words_of
-- scope: system
SELECT key, lang, sentence, forms, author, changed_at
FROM dev_tools_words
WHERE key = :key
ORDER BY lang;

-- name: words_version
-- scope: system
SELECT COUNT(*), COALESCE(MAX(changed_at), 0)
FROM dev_tools_words;

-- name: put_word
-- scope: system
INSERT INTO dev_tools_words (key, lang, sentence, forms, author, changed_at)
VALUES (:key, :lang, :sentence, :forms, :author, :now)
ON CONFLICT (key, lang) DO UPDATE SET sentence = excluded.sentence, forms = excluded.forms, author = excluded.author, changed_at = excluded.changed_at;

-- name: delete_word
-- scope: system
DELETE FROM dev_tools_words
WHERE key = :key AND lang = :lang;
