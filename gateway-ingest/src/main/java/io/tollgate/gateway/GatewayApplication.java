package io.tollgate.gateway;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The gateway as a process: {@code java -jar gateway-ingest-boot.jar --kafka=host:9092 --registry=http://…}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** What starts it, alone or beside other services; its settings are in {@code gateway-ingest.yaml}. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(GatewayApplication.class)
                .properties("spring.config.name=gateway-ingest", "spring.application.name=gateway-ingest");
    }
}
