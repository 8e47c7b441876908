@NullMarked
package io.tollgate.chaos.report;

import org.jspecify.annotations.NullMarked;
