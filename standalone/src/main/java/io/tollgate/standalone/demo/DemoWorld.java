package io.tollgate.standalone.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who uses what, and how much: {@code world.json}. */
record DemoWorld(List<Company> companies) {
    static DemoWorld load() {
        return DemoJson.resource("world.json", DemoWorld.class);
    }

    /** @param markup what the list price is multiplied by for this company; null: it pays the list price */
    record Company(
            String id,
            String name,
            String currency,
            String timezone,
            @Nullable BigDecimal markup,
            List<Service> services) {}

    /**
     * One program of a company, with a key of its own.
     *
     * @param batch events per HTTP request
     * @param retriesPerMille how many of its events it sends again under the same id, as after a lost answer
     * @param cacheHitsPerMille how many calls its own cache answered, so that nobody bills them
     */
    record Service(
            String name,
            String team,
            int users,
            int perMinute,
            int batch,
            int errorsPerMille,
            int retriesPerMille,
            int voidsPerMille,
            int cacheHitsPerMille,
            List<Call> calls) {}

    /**
     * A kind of call.
     *
     * @param weight its share among the service's calls
     * @param dimensions the lowest and highest quantity of each dimension
     */
    record Call(int weight, String provider, String model, Map<String, List<Long>> dimensions) {}
}
