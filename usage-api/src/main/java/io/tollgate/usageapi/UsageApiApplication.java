package io.tollgate.usageapi;

import io.tollgate.usageapi.settings.UsageApiSettings;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * Starts the usage API: {@code java -jar usage-api-boot.jar --kafka=host:port --postgres=jdbc:postgresql://host/db
 * --registry=http://host:port/apis/ccompat/v7}.
 */
@SpringBootApplication
@EnableConfigurationProperties(UsageApiSettings.class)
public class UsageApiApplication {

    /** The service, ready to run with properties of one's own. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(UsageApiApplication.class).properties("spring.config.name=usage-api");
    }

    public static void main(String[] args) {
        builder().run(args);
    }
}
