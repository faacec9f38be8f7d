package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryCsv;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RecordDifference;
import dev.concord.ledger.RunComparison;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Status;
import dev.concord.record.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two runs side by side, for people and programs. */
record ComparisonReport(Screen screen, RunComparison comparison) {

    /** What is done in less is not what makes a run slow. */
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(5);

    private static final int GROUPS = 20;

    void print(ReportCommand.Format format, long most) {
        switch (format) {
            case TABLE -> table(most);
            case JSON -> json(most);
            case CSV -> csv(most);
        }
    }

    private void table(long most) {
        screen.result(screen.paint(Ink.BOLD, comparison.after().run().mapping()) + ": " + run(comparison.before())
                + " and " + run(comparison.after()));
        screen.result("");
        if (comparison.definitionChanges().isEmpty()) {
            screen.result("the definition is the same");
        } else {
            screen.result("the definition differs in");
            comparison.definitionChanges().forEach(line -> screen.result("  " + Readable.harmless(line)));
        }
        screen.result("");
        numbers();
        groups();
        records(most);
    }

    private static String run(RunView view) {
        return "run " + Readable.shortId(view.run().id()) + " of "
                + Readable.time(view.run().started());
    }

    private void numbers() {
        Table table = new Table(
                screen,
                Column.word("situation"),
                Column.word("action"),
                Column.word("status"),
                Column.figure("before"),
                Column.figure("after"),
                Column.figure("change"));
        comparison
                .ops()
                .forEach((kind, numbers) -> row(
                        table,
                        kind.situation() == null
                                ? "(not known)"
                                : kind.situation().name(),
                        kind.action() == null ? Readable.NOTHING : kind.action().name(),
                        kind.outcome().isFailure()
                                ? "FAILURE (" + kind.outcome() + ")"
                                : Status.of(kind.outcome()).name(),
                        numbers[0],
                        numbers[1]));
        for (Measure measure : List.of(
                Measure.CREATED,
                Measure.UPDATED,
                Measure.UNCHANGED,
                Measure.DELETED,
                Measure.LINKS_CREATED,
                Measure.LINKS_REPOINTED,
                Measure.LINKS_REMOVED)) {
            long old = comparison.before().counts().get(measure);
            long now = comparison.after().counts().get(measure);
            if (old != 0 || now != 0) {
                boolean link = measure.name().startsWith("LINKS");
                row(table, (link ? "links " : "targets ") + Words.of(measure), "", "", old, now);
            }
        }
        table.print();
        screen.result("");
        times();
    }

    private void times() {
        Table times = new Table(screen, Column.text("time"), Column.figure("before"), Column.figure("after"));
        times.row("run", duration(comparison.before()), duration(comparison.after()));
        comparison.times().forEach((task, time) -> {
            if (Math.max(time[0], time[1]) > WORTH_A_LINE.toNanos()) {
                times.row(
                        Words.of(task) + ", all threads",
                        Readable.duration(Duration.ofNanos(time[0])),
                        Readable.duration(Duration.ofNanos(time[1])));
            }
        });
        times.print();
    }

    private static String duration(RunView view) {
        return Readable.duration(view.duration(
                Objects.requireNonNullElse(view.run().ended(), view.run().started())));
    }

    private static void row(Table table, String situation, String action, String status, long old, long now) {
        table.row(
                Cell.of(situation),
                Cell.of(action),
                Cell.of(status),
                Cell.figure(old),
                Cell.figure(now),
                new Cell(signed(now - old), now == old ? Ink.FAINT : Ink.ODD));
    }

    private static String signed(long number) {
        return number > 0 ? "+" + Readable.number(number) : Readable.number(number);
    }

    private void groups() {
        List<RunComparison.GroupChange> changed = comparison.groups().stream()
                .filter(group -> group.before() != group.after())
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        screen.result("");
        Table table = new Table(
                screen,
                Column.word("failures"),
                Column.figure("before"),
                Column.figure("after"),
                Column.word("kind"),
                Column.text("what"));
        changed.stream()
                .limit(GROUPS)
                .forEach(group -> table.row(
                        Cell.of(group.before() == 0 ? "new" : group.after() == 0 ? "gone" : "other number"),
                        Cell.figure(group.before()),
                        Cell.bad(group.after()),
                        Cell.of(group.group().kind().outcome().name()),
                        Cell.of(Readable.harmless(group.group().kind().message()))));
        table.print();
        if (changed.size() > GROUPS) {
            screen.say("There are " + (changed.size() - GROUPS) + " more of them; --json has all.");
        }
    }

    private void records(long most) {
        screen.result("");
        if (comparison.knowsRecords()) {
            screen.result("records: " + Readable.number(comparison.failsNow()) + " fail now, "
                    + Readable.number(comparison.failedBefore()) + " failed before, "
                    + Readable.number(comparison.differs()) + " differ in situation or action, "
                    + Readable.number(comparison.same()) + " are as they were; "
                    + Readable.number(comparison.onlyBefore()) + " are in the first report only, "
                    + Readable.number(comparison.onlyAfter()) + " in the second only");
        }
        comparison.unknown().forEach(line -> screen.result(screen.paint(Ink.FAINT, line)));
        long all = comparison.failsNow() + comparison.failedBefore() + comparison.differs();
        if (all == 0) {
            return;
        }
        screen.result("");
        Table table = new Table(
                screen,
                Column.word("record"),
                Column.text("source"),
                Column.text("target"),
                Column.word("before"),
                Column.word("after"));
        long[] shown = {0};
        comparison.each(difference -> {
            if (shown[0]++ < Math.min(most, 10_000)) {
                row(table, difference);
                return true;
            }
            return false;
        });
        table.print();
        if (all > most) {
            LimitOption.sayThereAreMore(screen, most);
        }
    }

    private static void row(Table table, RecordDifference difference) {
        Entry entry = difference.entry().entry();
        List<Cell> below = new ArrayList<>();
        if (entry.message() != null) {
            below.add(
                    new Cell(Readable.harmless(entry.message()), entry.outcome().isFailure() ? Ink.BAD : Ink.FAINT));
        }
        table.row(
                List.of(
                        Cell.of(difference.what()),
                        Cell.of(entry.sourceId() == null ? Readable.NOTHING : Readable.harmless(entry.sourceId())),
                        Cell.of(entry.targetId() == null ? Readable.NOTHING : Readable.harmless(entry.targetId())),
                        Cell.of(state(difference.before())),
                        Cell.of(state(difference.after()))),
                below);
    }

    private static String state(@Nullable Map<String, @Nullable Object> state) {
        if (state == null) {
            return Readable.NOTHING;
        }
        Object kind = state.get("errorKind");
        return Objects.toString(state.get("situation"), Readable.NOTHING) + " "
                + Objects.toString(state.get("action"), Readable.NOTHING) + " "
                + (kind == null ? state.get("status") : kind);
    }

    /** Records are written as they come, one a line, so that it does not matter how many there are. */
    private void json(long most) {
        String head = Json.write(comparison.json(true));
        screen.out().print(head.substring(0, head.length() - 1));
        screen.out().print(",\"differences\":[");
        long[] shown = {0};
        comparison.each(difference -> {
            if (shown[0] == most) {
                return false;
            }
            screen.out().print(shown[0]++ == 0 ? "\n" : ",\n");
            screen.out().print(Json.write(difference.json()));
            return shown[0] % 100 != 0 || !screen.nobodyReads();
        });
        screen.result("\n]}");
    }

    private void csv(long most) {
        EntryCsv.Rows rows = EntryCsv.rows(screen.out());
        rows.write("what", "linkQualifier", "sourceId", "targetId", "before", "after", "message");
        long[] shown = {0};
        comparison.each(difference -> {
            if (shown[0]++ == most) {
                return false;
            }
            Entry entry = difference.entry().entry();
            rows.write(
                    difference.what(),
                    entry.qualifier(),
                    Objects.toString(entry.sourceId(), ""),
                    Objects.toString(entry.targetId(), ""),
                    difference.before() == null ? "" : state(difference.before()),
                    difference.after() == null ? "" : state(difference.after()),
                    Objects.toString(entry.message(), ""));
            return shown[0] % 100 != 0 || !screen.nobodyReads();
        });
        rows.flush();
    }
}
