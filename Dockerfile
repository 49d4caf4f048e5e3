# The fake server as an image: docker build -t ocs-mock .
FROM node:22-alpine AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build -- --no-types

FROM node:22-alpine
WORKDIR /opt/ocs-mock
COPY --from=build /src/package.json /src/LICENSE /src/NOTICE ./
COPY --from=build /src/LICENSES ./LICENSES
COPY --from=build /src/dist ./dist
WORKDIR /data
USER node
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s CMD wget -qO- http://127.0.0.1:8080/__admin/health || exit 1
ENTRYPOINT ["node", "/opt/ocs-mock/dist/bin/ocs-mock.js"]
# Only what the network of the container reaches can use it.
CMD ["serve", "--host", "0.0.0.0"]
