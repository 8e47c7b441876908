package io.tollgate.schemas.serde;

import org.apache.avro.Schema;

/** Where schema ids come from: a registry, or fixed ones in tests that have none. */
public interface SchemaIds {

    /**
     * Id under which records of {@code subject} are written, registering the schema where the subject does not have it.
     *
     * @throws RegistryException if the registry can't be reached or refuses the schema as incompatible
     */
    int idFor(String subject, Schema schema);

    /**
     * The schema that records with this id were written with.
     *
     * @throws RegistryException if the registry can't be reached or does not know the id
     */
    Schema schemaOf(int id);
}
