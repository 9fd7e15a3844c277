-- The state of ingest, so that another machine can go on with it: rows of its store, and pieces of what
-- it keeps beside the articles.
CREATE TABLE ingest (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- Grows with every save: a copy of an earlier one is made anew.
  revision bigint NOT NULL DEFAULT 0,
  -- Of the tables that the rows are of. Older code does not read them.
  store_version int NOT NULL DEFAULT 0
);
INSERT INTO ingest DEFAULT VALUES;

CREATE TABLE ingest_rows (
  relation text NOT NULL,
  -- The primary key there, as a JSON array.
  key text NOT NULL,
  -- The row as JSON. Text, because JSON of PostgreSQL refuses characters that stories may have.
  content text NOT NULL,
  PRIMARY KEY (relation, key)
);

-- Files that ingest hands to the node that writes.
CREATE TABLE submissions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of the lease of ingest.
  term bigint NOT NULL,
  path text NOT NULL,
  source bytea NOT NULL,
  -- The digest of the file that it replaces; NULL when there must be none.
  expected text,
  -- NULL until it is published (`written`), or another file was found there (`changed`).
  outcome text
);
