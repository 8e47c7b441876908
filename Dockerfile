# syntax=docker/dockerfile:1
# One image per service, from one file:
#   docker build --build-arg MODULE=gateway-ingest -t tollgate/gateway-ingest .
# MODULE is gateway-ingest, metering-streams, billing-sink or usage-api.

FROM maven:3.9-eclipse-temurin-17 AS build
ARG MODULE
RUN test -n "$MODULE" || { echo "say which service: --build-arg MODULE=gateway-ingest" >&2; exit 1; }
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -ntp -pl "$MODULE" -am -Dmaven.test.skip=true package \
    && cp "$MODULE"/target/*-boot.jar /service.jar

# Ubuntu, not Alpine: RocksDB's library needs glibc.
FROM eclipse-temurin:17-jre
ARG MODULE
LABEL org.opencontainers.image.title="tollgate/$MODULE" org.opencontainers.image.licenses="Apache-2.0"

# Kafka Streams keeps its state here; the folder must survive a restart, so mount a volume.
RUN useradd --system --uid 10001 --no-create-home tollgate \
    && install -d -o tollgate -g tollgate /var/lib/tollgate
VOLUME /var/lib/tollgate

COPY --from=build /service.jar /opt/tollgate/service.jar
USER tollgate
WORKDIR /var/lib/tollgate

# Inside a container the outside is the container's own network: what is published is compose's or the cluster's choice.
ENV SERVER_ADDRESS=0.0.0.0 SERVER_PORT=8080
EXPOSE 8080
# With TLS, give health a port of its own: MANAGEMENT_SERVER_PORT=8081 MANAGEMENT_SERVER_ADDRESS=127.0.0.1.
# Without curl, which the image need not have. By the status line: a body that says OUT_OF_SERVICE names parts that are UP.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-$SERVER_PORT} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == HTTP/1.[01]' 200'* ]]"]
# PID 1 is java, so that SIGTERM reaches it and it drains.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/tollgate/service.jar"]
