@NullMarked
package io.tollgate.usageapi.export.file;

import org.jspecify.annotations.NullMarked;
