-- What files of content/media were before, and those that were deleted: a folder that holds such a file
-- is behind, and has no edit.
CREATE TABLE former_media (
  path text NOT NULL,
  -- SHA-256 of the names of its pieces, with spaces between.
  digest text NOT NULL,
  replaced_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (path, digest)
);

-- The report of the last pass of ingest, as JSON, and how many there were: every node shows it.
ALTER TABLE ingest ADD report text, ADD reports bigint NOT NULL DEFAULT 0;
