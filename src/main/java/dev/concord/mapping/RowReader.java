package dev.concord.mapping;

import dev.concord.record.Pointer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the rows of {@code properties}. */
final class RowReader {

    private final ScriptReader scripts;
    private final ConditionReader conditions;
    private final FaultLog log;
    private final Set<Pointer> targets = new HashSet<>();

    RowReader(ScriptReader scripts, ConditionReader conditions, FaultLog log) {
        this.scripts = scripts;
        this.conditions = conditions;
        this.log = log;
    }

    List<PropertyRow> read(List<Node> nodes) {
        List<PropertyRow> rows = new ArrayList<>();
        for (Node node : nodes) {
            Fields fields = Fields.of(node, Shape.PROPERTY_ROW, log);
            if (fields != null) {
                read(fields, rows);
            }
        }
        return rows;
    }

    /** The targets of all rows that name one, those with other faults included. */
    Set<Pointer> targets() {
        return targets;
    }

    private void read(Fields fields, List<PropertyRow> rows) {
        String target = fields.required("target") == null ? null : fields.text("target");
        String source = fields.text("source");
        ScriptSource transform = scripts.read(fields.get("transform"));
        Condition condition = conditions.read(fields.get("condition"), ConditionReader.Scope.ROW);
        Node otherwise = fields.get("default");
        if (target == null) {
            return;
        }
        Pointer pointer = Pointer.of(target);
        if (pointer.isWhole()) {
            log.slip(fields.node(), "the target is empty; the name of a target attribute is required");
        }
        targets.add(pointer);
        rows.add(new PropertyRow(
                pointer,
                source == null ? null : Pointer.of(source),
                transform,
                condition,
                otherwise == null ? null : otherwise.plain(),
                fields.node().place()));
    }
}
