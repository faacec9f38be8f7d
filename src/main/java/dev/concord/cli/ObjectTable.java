package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.system.ObjectSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects for people, a line each. On a terminal only the columns that fit are there. */
final class ObjectTable {

    private static final String ID = "_id";
    private static final int CELL_COLUMNS = 30;
    private static final int NARROW_COLUMNS = 12;
    private static final int ID_COLUMNS = 36;

    private final Screen screen;
    private final ObjectSchema schema;
    private final List<String> fields;
    private List<String> names = List.of();

    /** @param fields the attributes to show, in this order; empty for all */
    ObjectTable(Screen screen, ObjectSchema schema, List<String> fields) {
        this.screen = screen;
        this.schema = schema;
        this.fields = List.copyOf(fields);
    }

    void print(List<Map<String, @Nullable Object>> objects) {
        if (objects.isEmpty()) {
            return;
        }
        boolean first = names.isEmpty();
        if (first) {
            names = columns(objects);
        }
        Table table = new Table(screen, names.stream().map(ObjectTable::column).toList());
        if (!first) {
            table.withoutTitles();
        }
        for (Map<String, @Nullable Object> object : objects) {
            table.row(
                    names.stream()
                            .map(name -> Cell.of(text(name, object.get(name))))
                            .toList(),
                    List.of());
        }
        table.print();
    }

    /** An id that was cut is of no use. */
    private static Column column(String name) {
        return name.equals(ID) ? Column.word(name) : Column.text(name);
    }

    private String text(String name, @Nullable Object value) {
        String text = Readable.NOT_SHOWN.equals(value) ? Readable.NOT_SHOWN : Readable.value(value);
        return screen.outIsTerminal() && !name.equals(ID) ? TextWidth.cut(text, CELL_COLUMNS) : text;
    }

    private List<String> columns(List<Map<String, @Nullable Object>> objects) {
        Set<String> all = new LinkedHashSet<>();
        if (fields.isEmpty()) {
            all.add(ID);
            all.addAll(schema.attributes().keySet());
            objects.forEach(object -> all.addAll(object.keySet()));
            all.remove("_rev");
        } else {
            all.addAll(fields);
        }
        int fit = Math.max(2, 1 + (screen.width() - ID_COLUMNS) / NARROW_COLUMNS);
        if (fields.isEmpty() && all.size() > fit) {
            screen.say(Readable.count(all.size() - fit, "attribute does", "attributes do")
                    + " not fit here; --fields a,b or --json shows others.");
            return new ArrayList<>(all).subList(0, fit);
        }
        return List.copyOf(all);
    }
}
