package dev.concord.projection;

import dev.concord.mapping.PropertyRow;
import dev.concord.projection.RowWitness.Moment;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import dev.concord.script.Conditions;
import dev.concord.script.Objects;
import dev.concord.script.ScriptFailure;
import dev.concord.script.Scripts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies the property rows of a mapping. Safe for use by several threads. */
public final class Projection {

    private final Scripts scripts;
    private final Conditions conditions;

    public Projection(Scripts scripts, Conditions conditions) {
        this.scripts = scripts;
        this.conditions = conditions;
    }

    /**
     * What a row sees besides the target that is being built.
     *
     * @param source the source object as scripts see it
     * @param oldTarget the target as it was, or null for a new one
     */
    public record Scope(
            Map<String, @Nullable Object> source,
            @Nullable Map<String, @Nullable Object> oldTarget,
            String linkQualifier,
            Map<String, @Nullable Object> context,
            Objects objects) {}

    /**
     * Runs the rows in their order on one target object, which they change. Later rows see what earlier ones did.
     *
     * @throws RowFailure when the condition or the transform of a row fails, naming the row's target attribute
     */
    public void apply(List<PropertyRow> rows, Map<String, @Nullable Object> target, Scope scope) {
        apply(rows, target, scope, RowWitness.NOBODY);
    }

    /** The same, under the eyes of a witness. */
    public void apply(List<PropertyRow> rows, Map<String, @Nullable Object> target, Scope scope, RowWitness witness) {
        for (PropertyRow row : rows) {
            witness.sees(row, Moment.BEGINS, null);
            try {
                if (applies(row, target, scope)) {
                    put(row, value(row, scope, witness), target, scope, witness);
                } else {
                    witness.sees(row, Moment.SKIPPED, null);
                }
            } catch (ScriptFailure failure) {
                throw new RowFailure(row.target(), failure);
            }
        }
    }

    /**
     * The value that a row gives, default included, before it is put anywhere. The row's condition is not looked at.
     */
    public @Nullable Object value(PropertyRow row, Scope scope) {
        return value(row, scope, RowWitness.NOBODY);
    }

    private @Nullable Object value(PropertyRow row, Scope scope, RowWitness witness) {
        Object value = row.source() == null ? null : row.source().get(scope.source());
        witness.sees(row, Moment.TAKEN, value);
        if (row.transform() != null) {
            Map<String, @Nullable Object> variables = new HashMap<>();
            variables.put("source", value);
            variables.put("linkQualifier", scope.linkQualifier());
            variables.put("context", scope.context());
            value = scripts.run(row.transform(), variables, scope.objects());
            witness.sees(row, Moment.TRANSFORMED, value);
        }
        return JsonValues.copy(value == null ? row.defaultValue() : value);
    }

    /**
     * The value that the rows give for one target attribute, without putting it anywhere: that of the last row for it
     * whose condition holds, where conditions see an empty target. Null when there is no such row.
     *
     * @throws RowFailure when the condition or the transform of a row for it fails
     */
    public @Nullable Object wanted(List<PropertyRow> rows, Pointer attribute, Scope scope) {
        Object wanted = null;
        for (PropertyRow row : rows) {
            if (row.target().equals(attribute)) {
                try {
                    if (applies(row, Map.of(), scope)) {
                        wanted = value(row, scope);
                    }
                } catch (ScriptFailure failure) {
                    throw new RowFailure(row.target(), failure);
                }
            }
        }
        return wanted;
    }

    private boolean applies(PropertyRow row, Map<String, @Nullable Object> target, Scope scope) {
        return row.condition() == null
                || conditions.holds(row.condition(), conditionScope(target, scope), scope.objects());
    }

    private static void put(
            PropertyRow row,
            @Nullable Object value,
            Map<String, @Nullable Object> target,
            Scope scope,
            RowWitness witness) {
        Pointer source = row.source();
        if (value == null && source != null && !source.isPresentIn(scope.source())) {
            row.target().remove(target);
            witness.sees(row, Moment.REMOVED, null);
        } else {
            try {
                row.target().put(target, value);
                witness.sees(row, Moment.PUT, value);
            } catch (IllegalArgumentException e) {
                throw new RowFailure(row.target(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static Map<String, @Nullable Object> conditionScope(Map<String, @Nullable Object> target, Scope scope) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("object", scope.source());
        variables.put("target", target);
        variables.put("oldSource", null);
        variables.put("oldTarget", scope.oldTarget());
        variables.put("linkQualifier", scope.linkQualifier());
        variables.put("context", scope.context());
        return variables;
    }
}
