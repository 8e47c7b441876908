/** {@code tollgate export}: billing exports as files. */
@NullMarked
package io.tollgate.standalone.export;

import org.jspecify.annotations.NullMarked;
