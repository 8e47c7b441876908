package io.tollgate.usageapi.live;

/** Who is told of what the {@link LiveReader} reads, on its thread. */
interface Listener {

    /**
     * Reading begins.
     *
     * @param at where the first frame begins
     * @param ends how far the topics are
     */
    void opened(Position at, Position ends);

    /** More was read, or can't be read any more. */
    void read(Entry entry);

    /** Nothing can be read; told again and again while it is so. */
    void away();

    /** It can be. */
    void back();
}
