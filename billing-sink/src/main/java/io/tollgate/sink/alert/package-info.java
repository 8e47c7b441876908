/** Alert rules and alerts: {@code config.alerts} and {@code cost.alerts}, and whom an alert is to be brought to. */
@NullMarked
package io.tollgate.sink.alert;

import org.jspecify.annotations.NullMarked;
