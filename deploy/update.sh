#!/bin/sh
# Puts a release into service without an interruption: update.sh <folder of the release>
#
# The folder is a checkout that has been built (deploy/README.md). When the new release does not
# come up, the old one goes on as if nothing had been tried. On a machine of a fleet the others answer
# meanwhile, so nothing stands in for it: one machine after the other. As root; needs GNU tar and
# coreutils.
set -eu

home=${DATELINE_HOME:-/srv/dateline}
release=$(readlink -f "${1:?the folder of the release}")
previous=$(readlink -e "$home/current" || true)
assets=$home/assets/_next/static

fail() {
    echo "$1" >&2
    exit 1
}

# Files that are there are left alone (their names hold a digest) and marked as used today.
collect_assets() {
    tar -C "$1/.next/static" -cf - . | tar -C "$assets" -xf - --skip-old-files --touch
    (cd "$1/.next/static" && find . -type f -exec touch "$assets/{}" \;)
}

# A link that is renamed into place: at no time is there none.
point_current_at() {
    ln -sfn "$1" "$home/current.new"
    mv -T "$home/current.new" "$home/current"
}

test -f "$release/.next/BUILD_ID" || fail "$release is not built."

# Files of earlier builds stay for pages that readers have open; after a month nobody has.
mkdir -p "$assets"
if [ -n "$previous" ]; then collect_assets "$previous"; fi
collect_assets "$release"
find "$assets" -type f -mtime +30 -delete
find "$assets" -type f \( -name '*.css' -o -name '*.js' \) | while read -r file; do
    test -e "$file.gz" || gzip -9 --keep "$file"
done
chmod -R a+rX "$home/assets"

go_back() {
    if [ -n "$previous" ]; then point_current_at "$previous"; fi
}

point_current_at "$release"
# Started means that it is ready: /readyz says so once everything is in its index.
if grep -qs '^DATABASE_URL=.' "${DATELINE_ENV:-/etc/dateline.env}"; then
    if ! systemctl restart dateline@3000; then
        go_back
        systemctl restart dateline@3000 || true
        fail "The new release did not start: journalctl -u dateline@3000"
    fi
else
    if ! systemctl start dateline@3001; then
        systemctl stop dateline@3001 || true
        go_back
        fail "The new release did not start: journalctl -u dateline@3001"
    fi
    # The stand-in answers until the server proper is ready again, and goes on if that fails.
    systemctl restart dateline@3000 || fail "Only the stand-in answers: journalctl -u dateline@3000"
    systemctl stop dateline@3001
fi
# Ingest goes on with the new release, if it runs at all.
systemctl try-restart dateline-ingest || echo "Ingest did not start: journalctl -u dateline-ingest" >&2
echo "$release is in service; before it was ${previous:-none}."
