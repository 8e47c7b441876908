package io.tollgate.standalone;

/** Hears how the stack is doing, from several threads. */
interface StackListener {
    /** A server or service takes requests. */
    void isUp(String part, String address);

    /** Something a person at the console should know: a part is slow, died, came back. */
    void notice(String message);

    /** For those who only want the stack. */
    StackListener SILENT = new StackListener() {
        @Override
        public void isUp(String part, String address) {}

        @Override
        public void notice(String message) {}
    };
}
