-- One row: what the fleet stands at, and who may write.
CREATE TABLE state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- Tells this database from another one: a node that holds a copy of another starts anew.
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  -- Grows by one for every document that is written. Taken by UPDATE, whose lock makes the order of
  -- commits the order of revisions; a sequence does not.
  revision bigint NOT NULL DEFAULT 0,
  -- The term of the lease under which documents may be written: an older writer changes nothing.
  term bigint NOT NULL DEFAULT 0,
  -- Deleted documents up to this revision are forgotten: a node behind it starts anew.
  pruned_revision bigint NOT NULL DEFAULT 0
);
INSERT INTO state DEFAULT VALUES;

-- Every content file, the deleted ones among them.
CREATE TABLE documents (
  path text COLLATE "C" PRIMARY KEY,
  revision bigint NOT NULL UNIQUE,
  -- Of the bytes of the file, as the index keeps it.
  digest text NOT NULL,
  -- Those before it, the latest last: a file of a folder that is behind is not an edit.
  former_digests text[] NOT NULL DEFAULT '{}',
  deleted boolean NOT NULL,
  changed_at timestamptz NOT NULL,
  -- When its article is published, in ms since 1970: a node that joins takes the newest first. NULL for
  -- everything else, which it takes before.
  newest_at double precision,
  -- The file's bytes: the truth. NULL for a file that cannot be read, or is deleted.
  source bytea,
  -- What the writer has made of it, so that a fleet parses once, and the code that made it.
  prepared bytea,
  prepared_version text
);
-- What is compressed already is not compressed again.
ALTER TABLE documents ALTER prepared SET STORAGE EXTERNAL;
CREATE INDEX documents_by_newest ON documents (newest_at) WHERE NOT deleted;

-- When an article last left a listing (ms since 1970), which no document says.
CREATE TABLE removals (
  locale text NOT NULL,
  kind text NOT NULL,
  segment text NOT NULL,
  removed_at double precision NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (locale, kind, segment)
);
CREATE INDEX removals_by_revision ON removals (revision);

-- Who does what only one node may do. Not advisory locks: they do not fence, and end with a pooler's
-- connection.
CREATE TABLE leases (
  name text PRIMARY KEY,
  term bigint NOT NULL,
  holder text NOT NULL,
  until timestamptz NOT NULL
);

-- The nodes, as they were last seen.
CREATE TABLE nodes (
  id text PRIMARY KEY,
  role text NOT NULL,
  revision bigint,
  build text NOT NULL,
  seen_at timestamptz NOT NULL
);
