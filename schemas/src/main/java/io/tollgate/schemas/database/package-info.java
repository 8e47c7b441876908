/** Where the books are, as every service that writes or reads them is told. */
@NullMarked
package io.tollgate.schemas.database;

import org.jspecify.annotations.NullMarked;
