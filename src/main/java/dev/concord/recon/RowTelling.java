package dev.concord.recon;

import dev.concord.explanation.Answer;
import dev.concord.explanation.Check;
import dev.concord.explanation.RowValue;
import dev.concord.explanation.RowValue.Result;
import dev.concord.mapping.PropertyRow;
import dev.concord.projection.RowWitness.Moment;
import dev.concord.record.Pointer;
import dev.concord.system.ObjectSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells how property rows came to their values. */
final class RowTelling {

    private final ObjectSchema target;
    private final Predicate<String> hiddenInSource;

    RowTelling(RunContext context) {
        ObjectSchema source = context.source().schema();
        this.target = context.target().schema();
        this.hiddenInSource =
                name -> source.isSensitive(name) || context.secrets().feedsSecrets(name);
    }

    RowValue row(Recorder.RowNotes notes) {
        PropertyRow row = notes.row();
        Map<Moment, @Nullable Object> moments = notes.moments();
        Object given = moments.get(row.transform() == null ? Moment.TAKEN : Moment.TRANSFORMED);
        return new RowValue(
                row.target().toString(),
                row.source() == null ? null : row.source().toString(),
                condition(row, moments),
                target.isSensitive(row.target().attribute())
                        ? OpReport.kept(moments.get(Moment.TAKEN), true)
                        : shown(row.source(), moments.get(Moment.TAKEN), hiddenInSource),
                row.transform() != null,
                shown(row.target(), moments.get(Moment.TRANSFORMED), target::isSensitive),
                given == null && moments.get(Moment.PUT) != null,
                result(moments),
                shown(row.target(), moments.get(Moment.PUT), target::isSensitive));
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
    private static @Nullable Object shown(@Nullable Pointer pointer, @Nullable Object value, Predicate<String> hidden) {
        if (pointer == null || !pointer.isWhole() || !(value instanceof Map<?, ?> object)) {
            return OpReport.kept(value, pointer != null && hidden.test(pointer.attribute()));
        }
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        object.forEach(
                (name, one) -> shown.put(String.valueOf(name), OpReport.kept(one, hidden.test(String.valueOf(name)))));
        return shown;
    }
}
