package dev.concord.recon;

import dev.concord.explanation.Answer;
import dev.concord.mapping.PropertyRow;
import dev.concord.projection.RowWitness;
import dev.concord.record.JsonValues;
import dev.concord.situation.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers all that it is told about ops. Belongs to one thread. */
final class Recorder implements Witness {

    private final Map<Op, Notes> notes = new IdentityHashMap<>();

    /** What was told about one op. */
    Notes of(Op op) {
        return notes.computeIfAbsent(op, one -> new Notes());
    }

    @Override
    public void asks(Op op, Object asked) {
        of(op).answers.put(asked, Answer.FAILED);
    }

    @Override
    public void answers(Op op, Object asked, boolean holds) {
        of(op).answers.put(asked, holds ? Answer.YES : Answer.NO);
    }

    @Override
    public void steps(Op op, List<Step> steps) {
        of(op).steps = steps;
    }

    @Override
    public void step(Op op, Step step, Map<String, @Nullable Object> wanted) {
        of(op).begun.add(JsonValues.copyOf(wanted));
    }

    @Override
    public RowWitness rows(Op op) {
        return of(op);
    }

    /** One property row, and what was seen of it: a moment that was not seen is missing. */
    record RowNotes(PropertyRow row, Map<RowWitness.Moment, @Nullable Object> moments) {}

    static final class Notes implements RowWitness {

        private final Map<Object, Answer> answers = new IdentityHashMap<>();
        private final List<Map<String, @Nullable Object>> begun = new ArrayList<>();
        private final List<RowNotes> rows = new ArrayList<>();
        private List<Step> steps = List.of();

        /** What a script or a condition of the mapping answered. */
        Answer answer(Object asked) {
            return answers.getOrDefault(asked, Answer.NOT_ASKED);
        }

        List<Step> steps() {
            return steps;
        }

        /** The target as each step found it that was begun. */
        List<Map<String, @Nullable Object>> begun() {
            return begun;
        }

        List<RowNotes> rows() {
            return rows;
        }

        @Override
        public void sees(PropertyRow row, Moment moment, @Nullable Object value) {
            if (moment == Moment.BEGINS) {
                rows.add(new RowNotes(row, new EnumMap<>(Moment.class)));
            }
            // Later rows and scripts change what earlier ones put.
            rows.getLast().moments().put(moment, JsonValues.copy(value));
        }
    }
}
