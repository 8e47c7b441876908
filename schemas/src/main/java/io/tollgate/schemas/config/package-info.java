/**
 * Configuration as the services see it: compacted topics read whole into memory and followed. What two services need
 * of it (who a key belongs to) is here; what they do with it is theirs.
 */
@NullMarked
package io.tollgate.schemas.config;

import org.jspecify.annotations.NullMarked;
