package io.tollgate.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceTrafficTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final DemoWorld world = DemoWorld.load();

    @Test
    void theSameSeedIsTheSameTrafficHoweverItIsAskedFor() {
        List<DemoEvent> events = traffic(7, "run").inSteps(1);
        // Not assertThat(events): AssertJ would render many thousands of them.
        assertThat(events.equals(traffic(7, "run").inSteps(977))).isTrue();
        assertThat(events.equals(traffic(8, "run").inSteps(1))).isFalse();
    }

    @Test
    void anotherRunWithTheSameSeedHasOtherIds() {
        assertThat(Collections.disjoint(
                        ids(traffic(7, "monday").inSteps(1)),
                        ids(traffic(7, "tuesday").inSteps(1))))
                .isTrue();
    }

    @Test
    void theRateIsTheOneThatTheWorldNames() {
        forEachService((service, events) -> {
            long calls = events.stream()
                    .filter(event -> !event.isVoid())
                    .map(DemoEvent::id)
                    .distinct()
                    .count();
            assertThat(calls).isBetween(service.perMinute() * 60L * 9 / 10, service.perMinute() * 60L * 11 / 10);
        });
    }

    private static boolean isPlausible(DemoEvent event) {
        Map<?, ?> dimensions = (Map<?, ?>) Objects.requireNonNull(event.data().get("dimensions"));
        boolean failed = !Objects.equals(event.data().get("status"), 200);
        return dimensions.isEmpty() == failed && dimensions.values().stream().allMatch(quantity -> (Long) quantity > 0);
    }

    @Test
    void aRetryIsTheVerySameEventAndAVoidNamesAnEventThatWasSent() {
        forEachService((service, events) -> {
            Map<String, DemoEvent> byId = new HashMap<>();
            int retries = 0;
            int voids = 0;
            List<DemoEvent> odd = new ArrayList<>();
            for (DemoEvent event : events) {
                DemoEvent first = byId.putIfAbsent(event.id(), event);
                if (first != null) {
                    retries++;
                    if (!event.equals(first)) {
                        odd.add(event);
                    }
                } else if (event.isVoid()) {
                    voids++;
                    if (!byId.containsKey(String.valueOf(event.data().get("id")))
                            || !service.name().equals(event.data().get("source"))) {
                        odd.add(event);
                    }
                }
            }
            assertThat(odd).isEmpty();
            assertThat(retries).isPositive();
            assertThat(voids).isPositive();
        });
    }

    @Test
    void failedCallsCarryNoUsageAndTheOthersOnlyQuantitiesInTheirRange() {
        forEachService(
                (service, events) -> assertThat(events.stream().filter(event -> !event.isVoid() && !isPlausible(event)))
                        .isEmpty());
    }

    @Test
    void theWorldUsesModelsOfFourVendorsAndTheListPricesEachOfTheirDimensions() {
        PriceList list = PriceList.load();
        Set<String> priced = list.vendors().stream()
                .flatMap(vendor -> vendor.models().stream().flatMap(model -> list.items(vendor, model).stream()))
                .map(item -> item.provider() + "/" + item.model() + "/" + item.dimension())
                .collect(Collectors.toSet());
        Set<String> used = services()
                .flatMap(lane -> lane.service().calls().stream())
                .flatMap(call -> call.dimensions().keySet().stream()
                        .map(dimension -> call.provider() + "/" + call.model() + "/" + dimension))
                .collect(Collectors.toSet());

        assertThat(priced).containsAll(used);
        assertThat(used.stream()
                        .map(name -> name.substring(0, name.indexOf('/')))
                        .distinct())
                .containsExactlyInAnyOrder("anthropic", "gemini", "mistral", "openai");
    }

    @Test
    void aPricePerMillionTokensBecomesAnExactOnePerToken() {
        PriceList list = PriceList.load();
        assertThat(list.vendors().stream()
                        .flatMap(
                                vendor -> vendor.models().stream().flatMap(model -> list.items(vendor, model).stream()))
                        .filter(item -> "mistral-small-2603".equals(item.model()))
                        .filter(item -> item.dimension().equals("cache_read"))
                        .map(PriceList.Item::unitPrice))
                .containsExactly("0.000000015");
    }

    private void forEachService(Check check) {
        services().forEach(lane -> {
            List<DemoEvent> events = new ArrayList<>();
            new ServiceTraffic(lane.company(), lane.service(), 7, "run", START).until(START.plus(HOUR), events);
            check.accept(lane.service(), events);
        });
    }

    private interface Check {
        void accept(DemoWorld.Service service, List<DemoEvent> events);
    }

    private record Lane(DemoWorld.Company company, DemoWorld.Service service) {}

    private Stream<Lane> services() {
        return world.companies().stream()
                .flatMap(company -> company.services().stream().map(service -> new Lane(company, service)));
    }

    private Asked traffic(long seed, String run) {
        DemoWorld.Company company = world.companies().get(0);
        return new Asked(new ServiceTraffic(company, company.services().get(0), seed, run, START));
    }

    private record Asked(ServiceTraffic traffic) {
        List<DemoEvent> inSteps(int steps) {
            List<DemoEvent> events = new ArrayList<>();
            for (int i = 1; i <= steps; i++) {
                traffic.until(START.plus(HOUR.multipliedBy(i).dividedBy(steps)), events);
            }
            return events;
        }
    }

    private static Set<String> ids(List<DemoEvent> events) {
        return events.stream().map(DemoEvent::id).collect(Collectors.toSet());
    }
}
