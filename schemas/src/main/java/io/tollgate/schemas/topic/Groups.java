package io.tollgate.schemas.topic;

/** Consumer groups that others ask about. */
public final class Groups {
    /** Of metering-streams, which is its application id: how far it is, is how far events are rated. A name for ever. */
    public static final String METERING = "tollgate-metering";

    private Groups() {}
}
