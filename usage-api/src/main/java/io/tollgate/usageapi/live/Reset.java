package io.tollgate.usageapi.live;

/** Why a stream does not go on where its reader was. */
enum Reset {
    /** What was missed is older than what is kept. */
    TOO_FAR_BACK("What was missed is no longer kept here."),
    /** One of the topics was deleted and made again, or it is another cluster. */
    OTHER_TOPICS("The topics are not those that the position is of."),
    /** The topics have never been as far. */
    AHEAD_OF_THE_TOPICS("The topics have not come as far as the position."),
    /** Records were gone before they could be read here. */
    RECORDS_GONE("Records were deleted before they could be told.");

    private final String detail;

    Reset(String detail) {
        this.detail = detail;
    }

    String detail() {
        return detail + " Load the totals anew; from here on nothing is missing.";
    }
}
