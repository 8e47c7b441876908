/** How long admissions take over HTTP, at a steady rate: start reading at {@link io.tollgate.bench.admission.AdmissionBench}. */
@NullMarked
package io.tollgate.bench.admission;

import org.jspecify.annotations.NullMarked;
