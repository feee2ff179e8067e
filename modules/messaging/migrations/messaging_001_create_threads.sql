-- +goose Up
-- A conversation is told by its latest message, so that the inbox has the newest
-- on top. Who wrote without an account has no customer.
CREATE TABLE messaging_threads (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  lang TEXT NOT NULL,
  subject TEXT NOT NULL,
  order_number TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  unread BOOLEAN NOT NULL,
  latest BIGINT NOT NULL,
  excerpt TEXT NOT NULL,
  messages BIGINT NOT NULL CHECK (messages >= 1),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE INDEX messaging_threads_by_latest ON messaging_threads (store_id, latest);
CREATE INDEX messaging_threads_by_state ON messaging_threads (store_id, state, latest);
CREATE INDEX messaging_threads_by_email ON messaging_threads (store_id, email_key, id);
CREATE INDEX messaging_threads_unread ON messaging_threads (store_id) WHERE unread;

-- A form is sent once: its ticket stands with the message that it made.
CREATE TABLE messaging_messages (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  thread_id BIGINT NOT NULL,
  from_store BOOLEAN NOT NULL,
  author TEXT NOT NULL,
  body TEXT NOT NULL,
  ticket BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, ticket),
  FOREIGN KEY (store_id, thread_id) REFERENCES messaging_threads (store_id, id)
);
CREATE INDEX messaging_messages_by_thread ON messaging_messages (store_id, thread_id, id);
