-- Addresses at which something else is served since a revision, and of which nobody was notified yet.
-- Written with the documents, so that none is lost with the node that has published it.
CREATE TABLE outbox (
  locale text NOT NULL,
  slug text NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (locale, slug)
);

-- What the node that notifies hands to the next one, as JSON: see server/notify/outbox.ts.
CREATE TABLE notifications (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  content text NOT NULL
);
