/** The topics: declared once, with partitions, cleanup and retention, and created by {@link TopicSetup}. */
@NullMarked
package io.tollgate.schemas.topic;

import org.jspecify.annotations.NullMarked;
