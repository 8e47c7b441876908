package io.tollgate.chaos.fault;

import io.tollgate.chaos.part.Database;
import io.tollgate.chaos.part.Part;
import io.tollgate.chaos.part.PartKind;
import io.tollgate.chaos.part.SmallDisk;
import io.tollgate.chaos.part.TollgateSystem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Something that happens to the system and is over after a while. */
public sealed interface Disturbance {
    /** What it is, for the report: the same words for the same kind. */
    String kind();

    /** Whom it hits. */
    String target();

    /** From the strike to the beginning of the mending. */
    Duration lasting();

    /** How many processes it kills. */
    default int kills() {
        return 0;
    }

    /** Whether the sink can write nothing meanwhile, so that it has to catch up. */
    default boolean delaysBooks() {
        return false;
    }

    /** Does it, and says what is to be done when it is over. */
    Mending strike(TollgateSystem system) throws InterruptedException, ExecutionException;

    /** Undoes it: begins at once, and may wait. */
    interface Mending {
        void begin() throws InterruptedException, TimeoutException;

        /** Until whoever was hit says that it is ready again. */
        default void await(Duration limit) throws InterruptedException, TimeoutException {}
    }

    /** Starts what was killed. */
    record Restart(List<Part> parts) implements Mending {
        Restart(Part part) {
            this(List.of(part));
        }

        @Override
        public void begin() {
            parts.forEach(Part::start);
        }

        @Override
        public void await(Duration limit) throws InterruptedException, TimeoutException {
            for (Part part : parts) {
                part.awaitReady(limit);
            }
        }
    }

    /** Starts what was told to end, once it has. */
    record Replacement(Part part) implements Mending {
        @Override
        public void begin() throws InterruptedException, TimeoutException {
            part.awaitEnd();
            part.start();
        }

        @Override
        public void await(Duration limit) throws InterruptedException, TimeoutException {
            part.awaitReady(limit);
        }
    }

    /** SIGTERM, and a start as soon as it has ended: what an upgrade does to it. */
    record Stop(Part part) implements Disturbance {
        @Override
        public String kind() {
            return "restart " + part.kind().word();
        }

        @Override
        public String target() {
            return part.name();
        }

        @Override
        public Duration lasting() {
            return Duration.ZERO;
        }

        @Override
        public Mending strike(TollgateSystem system) {
            part.terminate();
            return new Replacement(part);
        }
    }

    /** All of a kind are gone at once, and for a while. */
    record Away(PartKind what, Duration lasting) implements Disturbance {
        @Override
        public String kind() {
            return what.word() + " away";
        }

        @Override
        public String target() {
            return "all";
        }

        @Override
        public Mending strike(TollgateSystem system) throws InterruptedException {
            List<Part> parts = system.parts(what);
            for (Part part : parts) {
                part.kill();
            }
            return new Restart(parts);
        }
    }

    /** PostgreSQL is stopped for a while, in the middle of all transactions. */
    record DatabaseAway(Duration lasting) implements Disturbance {
        @Override
        public String kind() {
            return "postgres away";
        }

        @Override
        public String target() {
            return "postgres";
        }

        @Override
        public boolean delaysBooks() {
            return true;
        }

        @Override
        public Mending strike(TollgateSystem system) {
            return new DatabaseDown(Database.End.IMMEDIATE_SHUTDOWN, lasting).strike(system);
        }
    }

    /** SIGKILL. */
    record Kill(Part part, Duration lasting) implements Disturbance {
        @Override
        public String kind() {
            return "kill " + part.kind().word();
        }

        @Override
        public String target() {
            return part.name();
        }

        @Override
        public int kills() {
            return 1;
        }

        @Override
        public Mending strike(TollgateSystem system) throws InterruptedException {
            part.kill();
            return new Restart(part);
        }
    }

    /** SIGKILL to the broker that leads most of where events go. */
    record KillLeader(Duration lasting) implements Disturbance {
        @Override
        public String kind() {
            return "kill broker leader";
        }

        @Override
        public String target() {
            return "leader of usage.events";
        }

        @Override
        public int kills() {
            return 1;
        }

        @Override
        public Mending strike(TollgateSystem system) throws InterruptedException, ExecutionException {
            Part leader = Leaders.of(system);
            leader.kill();
            return new Restart(leader);
        }
    }

    /** SIGSTOP, and SIGCONT when others have long taken over its work. */
    record Halt(Part part, Duration lasting) implements Disturbance {
        @Override
        public String kind() {
            return "halt " + part.kind().word();
        }

        @Override
        public String target() {
            return part.name();
        }

        @Override
        public Mending strike(TollgateSystem system) {
            part.halt();
            return part::carryOn;
        }
    }

    /** PostgreSQL goes down in one of its ways. */
    record DatabaseDown(Database.End end, Duration lasting) implements Disturbance {
        @Override
        public String kind() {
            return switch (end) {
                case CRASH -> "kill postgres";
                case POSTMASTER_KILLED -> "kill postmaster";
                case IMMEDIATE_SHUTDOWN -> "postgres immediate shutdown";
            };
        }

        @Override
        public String target() {
            return "postgres";
        }

        @Override
        public int kills() {
            return end == Database.End.IMMEDIATE_SHUTDOWN ? 0 : 1;
        }

        @Override
        public Mending strike(TollgateSystem system) {
            system.database().bringDown(end);
            return system.database()::start;
        }
    }

    /** The network between the second of each service and some server. */
    record Network(FaultProxy.Weather weather, List<FaultProxy> proxies, String target, Duration lasting)
            implements Disturbance {
        @Override
        public String kind() {
            return "network " + weather.word();
        }

        @Override
        public Mending strike(TollgateSystem system) {
            proxies.forEach(proxy -> proxy.turn(weather));
            return () -> proxies.forEach(proxy -> proxy.turn(FaultProxy.Weather.CLEAR));
        }
    }

    /** The disk of a streams instance's state runs full. */
    record DiskFull(SmallDisk disk, Duration lasting) implements Disturbance {
        @Override
        public String kind() {
            return "state disk full";
        }

        @Override
        public String target() {
            return "streams-1";
        }

        @Override
        public Mending strike(TollgateSystem system) {
            disk.fill();
            return disk::free;
        }
    }
}
