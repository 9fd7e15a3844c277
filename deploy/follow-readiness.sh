#!/bin/sh
# Takes machines that are not ready out of nginx: follow-readiness.sh [file] [command that reloads]
#
# nginx passes over a machine that refuses or says 503. It does not ask whether one is ready, so one that
# is far behind, or whose clock is wrong, would keep its readers. This asks each second, marks such
# machines as `down` in the file and reloads nginx when something has changed. Only their share of the
# addresses moves. As root; needs curl.
set -eu

file=${1:-/etc/nginx/conf.d/dateline-servers.conf}
reload=${2:-nginx -s reload}
servers=$(sed -n '/^upstream dateline {/,/^}/s/^ *server \([^ ;]*\).*/\1/p' "$file")

while :; do
    down=' '
    ready=
    for server in $servers; do
        status=$(curl -s -o /dev/null -m 2 -w '%{http_code}' "http://$server/readyz" || true)
        # What does not answer at all is left to nginx, which asks the next one.
        if [ "$status" = 503 ]; then down="$down$server "; else ready=yes; fi
    done
    # Late pages are better than none.
    if [ -z "$ready" ]; then down=; fi
    awk -v down="$down" '
        /^upstream dateline \{/ { inside = 1 }
        /^}/ { inside = 0 }
        inside && /^ *server / {
            sub(/ down;/, ";")
            name = $2
            sub(/;$/, "", name)
            if (index(down, " " name " ")) sub(/;/, " down;")
        }
        { print }
    ' "$file" > "$file.new"
    if cmp -s "$file" "$file.new"; then rm "$file.new"; else
        mv "$file.new" "$file"
        $reload
    fi
    sleep 1
done
