package dev.concord.ledger;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a record in a run, and where its entry stands, as one number: what comparisons keep of entries. */
final class EntryStates {

    private static final int WORD = 4;
    private static final int INDEX = 24;
    private static final int STATE = 3 * WORD;

    private EntryStates() {}

    /** @param situation null when an op failed before it was known; likewise {@code action} */
    record State(@Nullable Situation situation, @Nullable Action action, Outcome outcome) {

        Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("situation", situation == null ? null : situation.name());
            json.put("action", action == null ? null : action.name());
            json.put("status", Status.of(outcome).name());
            json.put("errorKind", outcome.isFailure() ? outcome.name() : null);
            return json;
        }
    }

    static long pack(Entry entry, int segment, int index) {
        long place = ((long) segment << INDEX) | index;
        return place << STATE | state(entry);
    }

    static int state(Entry entry) {
        int situation = entry.situation() == null ? 0 : entry.situation().ordinal() + 1;
        int action = entry.action() == null ? 0 : entry.action().ordinal() + 1;
        return situation << 2 * WORD | action << WORD | entry.outcome().ordinal();
    }

    static int stateOf(long packed) {
        return (int) (packed & (1 << STATE) - 1);
    }

    /** Where the entry stands: the same order as entries have in the run. */
    static long place(long packed) {
        return packed >>> STATE;
    }

    static long place(int segment, int index) {
        return (long) segment << INDEX | index;
    }

    static int segment(long packed) {
        return (int) (packed >>> STATE + INDEX);
    }

    static State read(int state) {
        int word = (1 << WORD) - 1;
        int situation = state >> 2 * WORD & word;
        int action = state >> WORD & word;
        return new State(
                situation == 0 ? null : Situation.values()[situation - 1],
                action == 0 ? null : Action.values()[action - 1],
                Outcome.values()[state & word]);
    }
}
