package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.ledger.EntryCsv;
import dev.concord.ledger.EntryGroups;
import dev.concord.ledger.EntryGroups.Group;
import dev.concord.ledger.Run;
import dev.concord.record.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Failures that are alike, for people and programs. */
record GroupReport(Screen screen, Run run, EntryGroups groups) {

    void print(ReportCommand.Format format, long most) {
        List<Group> all = groups.largest();
        List<Group> shown = all.stream().limit(most).toList();
        switch (format) {
            case TABLE -> table(all.size(), shown, most);
            case JSON -> screen.result(Json.writePretty(json(shown)));
            case CSV -> csv(shown);
        }
    }

    private void table(int all, List<Group> shown, long most) {
        if (shown.isEmpty()) {
            screen.say("No failure of run " + Readable.shortId(run.id()) + " is like that.");
            return;
        }
        Table table = new Table(
                screen,
                Column.figure("failed"),
                Column.word("kind"),
                Column.word("situation"),
                Column.word("action"),
                Column.text("what"));
        for (Group group : shown) {
            table.row(
                    List.of(
                            Cell.bad(group.count()),
                            Cell.of(group.kind().outcome().name()),
                            Cell.of(word(group.kind().situation())),
                            Cell.of(word(group.kind().action())),
                            Cell.of(Readable.harmless(group.kind().message()))),
                    below(group));
        }
        if (groups.others() > 0) {
            table.row(Cell.bad(groups.others()), Cell.of("others"), Cell.of(""), Cell.of(""), Cell.of(""));
        }
        table.print();
        if (all > shown.size()) {
            LimitOption.sayThereAreMore(screen, most);
        }
    }

    private static List<Cell> below(Group group) {
        List<Cell> below = new ArrayList<>();
        group.details()
                .forEach((detail, count) ->
                        below.add(new Cell(Readable.number(count) + " × " + Readable.harmless(detail), Ink.BAD)));
        String ids = group.examples().stream()
                .map(example -> example.objectId() == null
                        ? Readable.NOTHING
                        : Readable.harmless(String.valueOf(example.objectId())))
                .collect(Collectors.joining(", "));
        below.add(new Cell((group.count() > group.examples().size() ? "such as " : "") + ids, Ink.FAINT));
        return below;
    }

    private Map<String, @Nullable Object> json(List<Group> shown) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run", run.id());
        json.put("failures", groups.total());
        json.put("groups", shown.stream().map(group -> group.json(true)).toList());
        json.put("others", groups.others());
        return json;
    }

    private void csv(List<Group> shown) {
        EntryCsv.Rows rows = EntryCsv.rows(screen.out());
        rows.write("failed", "errorKind", "situation", "action", "message", "details", "examples");
        for (Group group : shown) {
            rows.write(
                    Long.toString(group.count()),
                    group.kind().outcome().name(),
                    text(group.kind().situation()),
                    text(group.kind().action()),
                    group.kind().message(),
                    group.details().isEmpty() ? "" : Json.write(group.details()),
                    Json.write(group.examples().stream()
                            .map(EntryGroups.Example::objectId)
                            .toList()));
        }
        if (groups.others() > 0) {
            rows.write(Long.toString(groups.others()), "", "", "", "others", "", "");
        }
        rows.flush();
    }

    private static String word(@Nullable Enum<?> word) {
        return word == null ? Readable.NOTHING : word.name();
    }

    private static String text(@Nullable Enum<?> word) {
        return word == null ? "" : word.name();
    }
}
