package io.tollgate.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.edge.FailedAuthentications;
import io.tollgate.edge.RequestIds;
import io.tollgate.gateway.admin.AdminDoor;
import io.tollgate.gateway.admin.Admins;
import io.tollgate.gateway.admin.AlertRules;
import io.tollgate.gateway.admin.Companies;
import io.tollgate.gateway.admin.DeadLetters;
import io.tollgate.gateway.admin.Keys;
import io.tollgate.gateway.admin.Prices;
import io.tollgate.gateway.admin.Quotas;
import io.tollgate.gateway.admin.Quotes;
import io.tollgate.gateway.admin.Reratings;
import io.tollgate.gateway.admin.Users;
import io.tollgate.gateway.admin.Webhooks;
import io.tollgate.gateway.admission.AdmissionMetrics;
import io.tollgate.gateway.admission.AdmissionsEndpoint;
import io.tollgate.gateway.backbone.BackboneHealth;
import io.tollgate.gateway.backbone.BackboneMetrics;
import io.tollgate.gateway.backbone.BackboneSettings;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.gateway.catalog.FirstPrices;
import io.tollgate.gateway.catalog.PriceImports;
import io.tollgate.gateway.config.ConfigDocuments;
import io.tollgate.gateway.config.Versions;
import io.tollgate.gateway.http.ByteBudget;
import io.tollgate.gateway.http.Draining;
import io.tollgate.gateway.http.FloodGuard;
import io.tollgate.gateway.http.UnknownCallers;
import io.tollgate.gateway.ingest.EventParser;
import io.tollgate.gateway.ingest.EventsEndpoint;
import io.tollgate.gateway.ingest.IngestMetrics;
import io.tollgate.gateway.mapping.Mappings;
import io.tollgate.gateway.otlp.TracesIntake;
import io.tollgate.gateway.period.PeriodCloser;
import io.tollgate.gateway.period.Periods;
import io.tollgate.gateway.rerating.JobRunner;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The gateway's parts, put together. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {
    /** How long a request may take to come in. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    /** How often it is looked whether a month is to be closed. */
    private static final Duration PERIODS_LOOK = Duration.ofMinutes(1);

    @Bean(initMethod = "start", destroyMethod = "close")
    Connector connector(GatewaySettings settings, Clock clock) {
        GatewaySettings.Delivery delivery = settings.delivery();
        BackboneSettings backbone = new BackboneSettings(
                settings.cluster(),
                settings.registryAddress(),
                settings.partitions(),
                settings.replication(),
                delivery.linger(),
                delivery.inFlight().toBytes());
        return new Connector(backbone, settings.shipsPrices() ? new FirstPrices(clock) : made -> {});
    }

    @Bean
    BackboneHealth backbone(Connector connector) {
        return new BackboneHealth(connector);
    }

    @Bean
    BackboneMetrics backboneMetrics(Connector connector) {
        return new BackboneMetrics(connector);
    }

    @Bean
    ByteBudget byteBudget(GatewaySettings settings) {
        return new ByteBudget(settings.delivery().inFlight().toBytes());
    }

    @Bean
    RequestIds requestIds() {
        return new RequestIds();
    }

    @Bean
    UnknownCallers unknownCallers(FailedAuthentications failures) {
        return new UnknownCallers(failures);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventsEndpoint eventsEndpoint(
            GatewaySettings settings,
            Connector connector,
            ByteBudget budget,
            FloodGuard guard,
            MeterRegistry meters,
            RequestIds ids,
            UnknownCallers unknown,
            Clock clock) {
        GatewaySettings.Limits limits = settings.limits();
        return new EventsEndpoint(
                connector,
                new EventParser(limits.events(), limits.depth(), new Mappings(settings.mappings())),
                (int) limits.body().toBytes(),
                budget,
                guard,
                new IngestMetrics(meters, budget),
                ids,
                unknown,
                clock);
    }

    @Bean
    FloodGuard floodGuard(GatewaySettings settings) {
        return new FloodGuard(settings.floodGuard().requestsPerSecond());
    }

    @Bean
    AdmissionsEndpoint admissionsEndpoint(
            GatewaySettings settings,
            Connector connector,
            ByteBudget budget,
            FloodGuard guard,
            MeterRegistry meters,
            RequestIds ids,
            UnknownCallers unknown,
            Clock clock) {
        return new AdmissionsEndpoint(
                connector,
                settings.admissions().admitsUnpriced(),
                budget,
                guard,
                new AdmissionMetrics(meters, connector),
                ids,
                unknown,
                clock);
    }

    @Bean
    TracesIntake tracesIntake(MeterRegistry meters) {
        return new TracesIntake(meters);
    }

    @Bean(destroyMethod = "close")
    AdminDoor adminDoor(GatewaySettings settings, Connector connector, RequestIds ids, UnknownCallers unknown) {
        return new AdminDoor(connector, ids, unknown, settings.adminToken());
    }

    @Bean
    Companies companies(Clock clock) {
        return new Companies(clock);
    }

    @Bean
    Keys keys(Clock clock) {
        return new Keys(clock);
    }

    @Bean
    Admins admins(Clock clock) {
        return new Admins(clock);
    }

    @Bean
    Users users(Clock clock) {
        return new Users(clock);
    }

    @Bean
    Quotas quotas(Clock clock) {
        return new Quotas(clock);
    }

    @Bean
    AlertRules alertRules(Clock clock) {
        return new AlertRules(clock);
    }

    @Bean
    Webhooks webhooks(Clock clock) {
        return new Webhooks(clock);
    }

    @Bean
    Quotes quotes(Clock clock) {
        return new Quotes(clock);
    }

    @Bean
    Prices prices(Clock clock) {
        return new Prices(clock);
    }

    @Bean
    Reratings reratings(Clock clock) {
        return new Reratings(clock);
    }

    @Bean
    ConfigDocuments configDocuments(Clock clock) {
        return new ConfigDocuments(clock);
    }

    @Bean
    Versions versions(Clock clock) {
        return new Versions(clock);
    }

    @Bean
    DeadLetters deadLetters(Clock clock) {
        return new DeadLetters(clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    JobRunner jobRunner(GatewaySettings settings, Connector connector, Clock clock) {
        return new JobRunner(connector, clock, settings.reratings().inFlight());
    }

    @Bean
    Periods periods(Clock clock) {
        return new Periods(clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PeriodCloser periodCloser(GatewaySettings settings, Connector connector, Clock clock) {
        return new PeriodCloser(connector, clock, settings.periods().grace(), PERIODS_LOOK);
    }

    @Bean
    PriceImports priceImports(Clock clock) {
        return new PriceImports(clock);
    }

    /** Threads of its own: the global ones would be stopped by whichever service of the process ends first. */
    @Bean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    @Bean
    Draining draining(GatewaySettings settings) {
        return new Draining(settings.delivery().drain());
    }

    @Bean
    NettyServerCustomizer connectionsEnd(Draining draining) {
        return draining::apply;
    }

    @Bean
    NettyServerCustomizer requestTimeout() {
        return server -> server.requestTimeout(REQUEST_TIMEOUT);
    }
}
