# One image for every role: `server/main.ts` and `workers/main.ts` take --roles, npm run migrate makes the tables.
# Embedded stores are for one machine; a container is given CLICKHOUSE_URL, DATABASE_URL and REDIS_URL.
FROM node:22-bookworm-slim AS build
WORKDIR /belfry
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1
RUN node bin/kernels.mjs && node node_modules/next/dist/bin/next build && npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
WORKDIR /belfry
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 BELFRY_VAR=/var/lib/belfry
COPY --from=build --chown=node:node /belfry ./
RUN mkdir -p /var/lib/belfry && chown node:node /var/lib/belfry
USER node
VOLUME /var/lib/belfry
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD node -e "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/health/ready').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
CMD ["node", "--max-old-space-size=2048", "--import", "tsx", "server/main.ts"]
