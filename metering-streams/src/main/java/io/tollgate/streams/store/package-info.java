/** How the state stores are kept on disk and in their changelogs. */
@NullMarked
package io.tollgate.streams.store;

import org.jspecify.annotations.NullMarked;
