package io.tollgate.oracle;

import java.net.URI;

/**
 * Where the system is that is judged.
 *
 * @param kafka bootstrap servers
 * @param registry of the schemas, with the path of its Confluent API: {@code http://127.0.0.1:8085/apis/ccompat/v7}
 * @param jdbcUrl of PostgreSQL
 * @param schema the tables are in
 * @param streamsGroup the consumer group of metering-streams
 */
public record Deployment(
        String kafka, URI registry, String jdbcUrl, String user, String password, String schema, String streamsGroup) {}
