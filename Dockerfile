# The site as a container image. Other images are stages of the same file: see compose.yaml.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
# Plain next build; a paper is not part of it.
# The image has its own Node.
RUN npx next build && npm prune --omit=dev && rm -rf node_modules/node-* node_modules/.bin/node

# nginx with what it sends from disk. SERVERS=fleet: before several machines.
FROM nginx:1.28 AS proxy
ARG SITE_HOST=localhost SERVERS=one-machine
COPY deploy/dateline.nginx.conf /etc/nginx/conf.d/default.conf
COPY deploy/$SERVERS.nginx.conf /etc/nginx/conf.d/dateline-servers.conf
# The file system is read-only later, so the log goes where the container's goes.
RUN sed -i "s/dateline\.example/$SITE_HOST/" /etc/nginx/conf.d/default.conf && \
  ln -sf /dev/stdout /var/log/nginx/dateline.log
COPY --from=build /app/.next/static /srv/dateline/assets/_next/static
COPY --from=build /app/public /srv/dateline/current/public

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app /app
# /content: for a machine of a fleet that has a folder of its own.
RUN install -d -o node -g node -m 700 /data /content
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=15m --start-interval=1s CMD \
  ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/readyz').then(a=>process.exit(a.ok?0:1),()=>process.exit(1))"]
# Not through npm or a shell: signals reach the server, which then ends within three seconds.
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=512", "server/main.ts"]
