/** What every call has in common: problems, answers, request ids, and bodies that are read with a limit. */
@NullMarked
package io.tollgate.gateway.http;

import org.jspecify.annotations.NullMarked;
