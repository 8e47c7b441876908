package io.tollgate.streams;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The end of the process, where only another one helps. Whoever runs it starts it again, as after a crash, which changes no
 * digit.
 */
@Component
class LastResort {
    /** What the process ends with: an internal error, by sysexits.h. */
    static final int STATUS = 70;

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    void end(String why) {
        LOG.error("this process ends with {}, to be started again: {}", STATUS, why);
        // Nothing is to be waited for: what hangs would hang here, too.
        Runtime.getRuntime().halt(STATUS);
    }
}
