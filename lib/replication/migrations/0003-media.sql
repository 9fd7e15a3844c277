-- Bytes of files that are no content: sound, film and documents of content/media, and the files of each
-- build, which pages of the build name. A large file is in several pieces.
CREATE TABLE media (
  sha256 text PRIMARY KEY,
  -- The ending of the name of the file.
  type text NOT NULL,
  bytes bytea NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now()
);
-- Most of it is compressed already.
ALTER TABLE media ALTER bytes SET STORAGE EXTERNAL;

CREATE TABLE media_files (
  -- `content`, or the id of a build.
  owner text NOT NULL,
  path text NOT NULL,
  pieces text[] NOT NULL,
  size double precision NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (owner, path)
);

-- Grows with every change of these files.
ALTER TABLE state ADD media_revision bigint NOT NULL DEFAULT 0;
-- Up to where a node has them. NULL in nodes whose code does not know them.
ALTER TABLE nodes ADD media_revision bigint;
