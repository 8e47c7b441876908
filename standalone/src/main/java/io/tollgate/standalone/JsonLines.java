package io.tollgate.standalone;

import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** The log as the services write it where each has a process of its own, without a Spring context around it. */
public final class JsonLines extends StructuredLogEncoder {
    @Override
    public void start() {
        if (getContext().getObject(Environment.class.getName()) == null) {
            getContext().putObject(Environment.class.getName(), new StandardEnvironment());
        }
        setFormat("logstash");
        super.start();
    }
}
