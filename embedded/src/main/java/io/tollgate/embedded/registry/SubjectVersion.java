package io.tollgate.embedded.registry;

import org.apache.avro.Schema;

/** One version of a subject. The id belongs to the schema, whatever subjects have it. */
record SubjectVersion(String subject, int version, int id, Schema schema) {}
