package dev.concord.recon;

import dev.concord.explanation.Answer;
import dev.concord.explanation.Check;
import dev.concord.explanation.RowValue;
import dev.concord.explanation.RowValue.Result;
import dev.concord.mapping.PropertyRow;
import dev.concord.projection.RowWitness.Moment;
import dev.concord.record.Pointer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Tells how property rows came to their values. */
final class RowTelling {

    private final Sight sight;

    RowTelling(RunContext context) {
        this.sight = context.sight();
    }

    /** @param unseen secrets of the op, which are left out wherever they stand */
    RowValue row(Recorder.RowNotes notes, Collection<String> unseen) {
        PropertyRow row = notes.row();
        Map<Moment, @Nullable Object> moments = notes.moments();
        Object given = moments.get(row.transform() == null ? Moment.TAKEN : Moment.TRANSFORMED);
        return new RowValue(
                row.target().toString(),
                row.source() == null ? null : row.source().toString(),
                condition(row, moments),
                sight.target().isSensitive(row.target().attribute())
                        ? Sight.kept(moments.get(Moment.TAKEN), true)
                        : shown(
                                row.source(),
                                moments.get(Moment.TAKEN),
                                (name, value) -> sight.ofSource(name, value, unseen)),
                row.transform() != null,
                inTarget(row, moments.get(Moment.TRANSFORMED), unseen),
                given == null && moments.get(Moment.PUT) != null,
                result(moments),
                inTarget(row, moments.get(Moment.PUT), unseen));
    }

    private @Nullable Object inTarget(PropertyRow row, @Nullable Object value, Collection<String> unseen) {
        return shown(row.target(), value, (name, one) -> sight.ofTarget(name, one, unseen));
    }

    private static Result result(Map<Moment, @Nullable Object> moments) {
        if (moments.containsKey(Moment.PUT)) {
            return Result.PUT;
        }
        if (moments.containsKey(Moment.REMOVED)) {
            return Result.REMOVED;
        }
        return moments.containsKey(Moment.SKIPPED) ? Result.SKIPPED : Result.FAILED;
    }

    private static @Nullable Check condition(PropertyRow row, Map<Moment, @Nullable Object> moments) {
        if (row.condition() == null) {
            return null;
        }
        Answer answer = moments.containsKey(Moment.SKIPPED)
                ? Answer.NO
                : moments.containsKey(Moment.TAKEN) ? Answer.YES : Answer.FAILED;
        return Telling.check("condition", row.condition(), answer);
    }

    /** A pointer may name the whole object, with whatever is sensitive in it. */
    private static @Nullable Object shown(
            @Nullable Pointer pointer,
            @Nullable Object value,
            BiFunction<String, @Nullable Object, @Nullable Object> shown) {
        if (pointer == null || !pointer.isWhole() || !(value instanceof Map<?, ?> object)) {
            return shown.apply(pointer == null ? "" : pointer.attribute(), value);
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.forEach((name, one) -> members.put(String.valueOf(name), shown.apply(String.valueOf(name), one)));
        return members;
    }
}
