package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapeChangeTest {
    private static final String DEPLOYED =
            """
            Topologies:
               Sub-topology: 0
                Source: inbox (topics: [usage.inbox])
                  --> re-key
                Processor: re-key (stores: [])
                  --> re-keyed
                  <-- inbox
                Sink: re-keyed (topic: usage.events)
                  <-- re-key

              Sub-topology: 1
                Source: events (topics: [usage.events])
                  --> meter
                Processor: meter (stores: [meter-entries, meter-prices])
                  --> rated
                  <-- events
                Sink: rated (topic: usage.rated)
                  <-- meter
            """;

    @Test
    void anotherNameOfAStoreForgetsWhatTheOldOneRemembers() {
        assertThat(ShapeChange.explain(DEPLOYED, DEPLOYED.replace("meter-entries", "meter-events")))
                .contains("store meter-entries is gone: nobody reads tollgate-metering-meter-entries-changelog")
                .contains("store meter-events is new: tollgate-metering-meter-events-changelog begins empty")
                .doesNotContain("meter-prices")
                .contains("Stop every instance of metering-streams before the first new one starts")
                .contains("Keep tollgate-metering as the application id, and don't reset it")
                .contains("CHANGELOG.md");
    }

    @Test
    void aStageInBetweenMovesTheTasksOfTheLaterOnes() {
        String inBetween = DEPLOYED.replace(
                "Sub-topology: 1", "Sub-topology: 1\n    Source: new (topics: [usage.new])\n\n  Sub-topology: 2");

        assertThat(ShapeChange.explain(DEPLOYED, inBetween))
                .contains("store meter-entries moves from sub-topology [1] to [2]")
                .contains("reads the whole tollgate-metering-meter-entries-changelog again")
                .contains("usage.events is read by sub-topology [2] and no longer by [1]")
                .contains("usage.new is read from now on, from its beginning");
    }

    @Test
    void aTopicThatNobodyReadsOrWritesAnyMoreIsNamed() {
        assertThat(ShapeChange.explain(
                        DEPLOYED,
                        DEPLOYED.replace("[usage.inbox]", "[usage.letters]").replace("usage.rated", "usage.priced")))
                .contains("usage.inbox is not read any more")
                .contains("usage.letters is read from now on")
                .contains("usage.rated is not written any more")
                .contains("usage.priced is written from now on");
    }

    @Test
    void whatOnlyHangsTogetherInAnotherWayBreaksNothingThatIsStored() {
        assertThat(ShapeChange.explain(DEPLOYED, DEPLOYED.replace("re-keyed", "re-keyed-events")))
                .contains("Nothing that is stored is touched")
                .doesNotContain("What it breaks", "Stop every instance");
    }
}
