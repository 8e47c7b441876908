package io.tollgate.sink;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The sink as a process: {@code --kafka=host:port --postgres=jdbc:postgresql://… --registry=http://…}. */
@SpringBootApplication
@EnableConfigurationProperties(SinkSettings.class)
public class SinkApplication {

    /** With the sink's own configuration file; a caller may add properties and run it beside other services. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(SinkApplication.class).properties("spring.config.name=billing-sink");
    }

    public static void main(String[] arguments) {
        builder().run(arguments);
    }
}
