package dev.concord.script;

import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.management.ExecutionListener;
import org.jspecify.annotations.Nullable;

/**
 * Counts how deep the functions of a script are nested, and stops the script before the thread's stack is full. The
 * engine itself only knows the overflow of the stack, which a script can catch, and which loses the signal to stop when
 * both come together: a function that calls itself again where it catches the overflow then runs until the end of days.
 */
final class CallDepth {

    private static final int FIRST_LOOK = 64;
    private static final int NEXT_LOOK = 32;
    private static final int FRAMES = 4_000;

    private final ThreadLocal<@Nullable CallDepth> counting;
    private final int limit;
    private int depth;
    private boolean stopped;
    private @Nullable String reason;

    private CallDepth(ThreadLocal<@Nullable CallDepth> counting, int limit) {
        this.counting = counting;
        this.limit = limit;
    }

    /** What a stopped script meets at every further call of a function. */
    static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    /** Makes an engine count. */
    static final class Listening implements AutoCloseable {

        private final ThreadLocal<@Nullable CallDepth> counting = new ThreadLocal<>();
        private final ExecutionListener listener;

        Listening(Engine engine) {
            this.listener = ExecutionListener.newBuilder()
                    .roots(true)
                    .onEnter(event -> {
                        CallDepth current = counting.get();
                        if (current != null) {
                            current.enter();
                        }
                    })
                    .onReturn(event -> {
                        CallDepth current = counting.get();
                        if (current != null) {
                            current.depth--;
                        }
                    })
                    .attach(engine);
        }

        CallDepth counter(int limit) {
            return new CallDepth(counting, limit);
        }

        @Override
        public void close() {
            listener.close();
        }
    }

    /** Starts to count on this thread; answers what counted there before, to be given to {@link #end}. */
    @Nullable
    CallDepth begin() {
        CallDepth outer = counting.get();
        depth = 0;
        counting.set(this);
        return outer;
    }

    void end(@Nullable CallDepth outer) {
        counting.set(outer);
    }

    /** From now on each function of the script fails when it is called. */
    StoppedException stop(String why) {
        if (!stopped) {
            stopped = true;
            reason = why;
        }
        return new StoppedException();
    }

    /** Why the script was stopped; null when it was not. */
    @Nullable
    String reason() {
        return reason;
    }

    /** Leaves room on the stack for what lies behind {@code openidm.*}. */
    void checkStack() {
        long frames =
                StackWalker.getInstance().walk(stack -> stack.limit(FRAMES).count());
        if (frames >= FRAMES) {
            throw stop("nesting its calls too deep");
        }
    }

    private void enter() {
        if (stopped || ++depth > limit) {
            throw stop("nesting its calls more than " + limit + " deep");
        }
        if (depth >= FIRST_LOOK && depth % NEXT_LOOK == 0) {
            checkStack();
        }
    }
}
