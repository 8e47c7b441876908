/** What a submission may be, whichever door it comes in by: the gateway's HTTP or the inbox. */
@NullMarked
package io.tollgate.schemas.submission;

import org.jspecify.annotations.NullMarked;
