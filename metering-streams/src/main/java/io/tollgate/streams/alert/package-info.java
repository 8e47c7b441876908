/** The stage that raises alerts: rules, what was said so far, and what is to be looked at again. */
@NullMarked
package io.tollgate.streams.alert;

import org.jspecify.annotations.NullMarked;
