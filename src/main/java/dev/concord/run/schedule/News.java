package dev.concord.run.schedule;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was told already, so that what is looked at every few seconds is told once for each change. Thread-safe. */
final class News {

    private final Map<String, String> told = new ConcurrentHashMap<>();

    /** Whether this is not what was told of it the last time. */
    boolean isNew(String of, String text) {
        return !text.equals(told.put(of, text));
    }

    /** There is nothing to tell of it any more; answers whether there was. */
    boolean isOver(String of) {
        return told.remove(of) != null;
    }

    /** There is nothing to tell of any others. */
    void onlyOf(Set<String> names) {
        told.keySet().retainAll(names);
    }
}
