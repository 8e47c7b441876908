/** What a run says in the end. */
@NullMarked
package io.tollgate.chaos.report;

import org.jspecify.annotations.NullMarked;
