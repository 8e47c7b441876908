/** {@code tollgate doctor}: looks at every part and says what to do. Probes ask, checks judge what they found. */
@NullMarked
package io.tollgate.standalone.doctor;

import org.jspecify.annotations.NullMarked;
