/** What keys did: how often each was used, and when last. */
@NullMarked
package io.tollgate.sink.key;

import org.jspecify.annotations.NullMarked;
