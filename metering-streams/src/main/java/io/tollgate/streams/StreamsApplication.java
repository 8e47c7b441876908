package io.tollgate.streams;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The metering service. Run it alone with {@code --kafka=host:port --registry=http://host:port/apis/ccompat/v7
 * --server.port=8081}.
 */
@SpringBootApplication
@EnableConfigurationProperties(StreamsSettings.class)
public class StreamsApplication {
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(StreamsApplication.class).properties("spring.config.name=metering-streams");
    }

    public static void main(String[] args) {
        builder().run(args);
    }
}
