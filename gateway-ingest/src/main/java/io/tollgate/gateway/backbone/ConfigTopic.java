package io.tollgate.gateway.backbone;

import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** One configuration topic with how it is written and the table that it is read from. */
record ConfigTopic<V extends SpecificRecord>(Topic topic, AvroCodec<V> codec, ConfigTable<V> table) {}
