package dev.concord.cli;

import dev.concord.audit.AuditEntry;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditQuery;
import dev.concord.audit.AuditTrail;
import dev.concord.cli.Table.Column;
import dev.concord.ledger.Run;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Shows who changed what, when and from where, the newest first.",
        footer = {
            "",
            "Each line holds the hash of the one before. --verify reads all of them and ends with 1 when one was",
            "changed or is missing; keep the number and hash that it tells elsewhere, and the end is safe, too."
        })
final class AuditCommand implements Callable<Integer> {

    private static final int PAGE = 1_000;

    private final Shell shell;

    @Option(names = "--since", paramLabel = "TIME", description = "Only from this day (2026-11-22) or time on.")
    private @Nullable String since;

    @Option(names = "--event", paramLabel = "EVENT", description = "Only this event, such as run.approved.")
    private @Nullable String event;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "Only what was done with this run: its id, or the beginning.")
    private @Nullable String run;

    @Option(names = "--user", paramLabel = "NAME", description = "Only what this user, account or schedule did.")
    private @Nullable String user;

    @Option(names = "--verify", description = "Say whether the trail is as it was written.")
    private boolean verify;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private JsonOption answer = new JsonOption();

    AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        AuditQuery query = new AuditQuery(since(), event(), run(), user);
        AuditTrail trail = shell.platform().get(AuditTrail.class);
        if (verify) {
            return verified(trail);
        }
        long most = limit.most(!answer.json);
        if (answer.json) {
            try (JsonList list = new JsonList(shell.screen())) {
                each(trail, query, most, entry -> list.add(entry.json()));
            }
            return ExitCode.DONE;
        }
        Table table = new Table(
                shell.screen(),
                Column.figure("no"),
                Column.word("time"),
                Column.word("event"),
                Column.text("by"),
                Column.text("what"),
                Column.text("why"));
        boolean more = each(trail, query, most, entry -> row(table, entry));
        if (table.isEmpty()) {
            shell.screen().say("The audit trail has no such line.");
        } else {
            table.print();
        }
        if (more) {
            LimitOption.sayThereAreMore(shell.screen(), most);
        }
        return ExitCode.DONE;
    }

    private static void row(Table table, AuditEntry entry) {
        table.row(
                Long.toString(entry.number()),
                Readable.time(entry.time()),
                entry.deed().event().word(),
                Readable.harmless(entry.actor().name() + "@" + entry.actor().address()),
                Readable.harmless(what(entry)),
                entry.deed().why() == null ? "" : Readable.harmless(entry.deed().why()));
    }

    private static String what(AuditEntry entry) {
        StringBuilder what = new StringBuilder();
        for (String part : Arrays.asList(
                entry.deed().object(),
                entry.deed().mapping(),
                entry.deed().run() == null
                        ? null
                        : Readable.shortId(entry.deed().run()))) {
            if (part != null) {
                what.append(what.isEmpty() ? "" : " ").append(part);
            }
        }
        entry.deed()
                .details()
                .forEach((name, value) -> what.append(what.isEmpty() ? "" : " ")
                        .append(name)
                        .append('=')
                        .append(value instanceof String text ? text : Json.write(value)));
        return what.toString();
    }

    /** Hands over the newest lines, and answers whether there are more. */
    private boolean each(AuditTrail trail, AuditQuery query, long most, Consumer<AuditEntry> consumer) {
        long left = most;
        long before = Long.MAX_VALUE;
        while (true) {
            List<AuditEntry> page = trail.newest(query, before, PAGE);
            for (AuditEntry entry : page) {
                if (left-- == 0) {
                    return true;
                }
                consumer.accept(entry);
                before = entry.number();
            }
            if (page.size() < PAGE || shell.screen().nobodyReads()) {
                return false;
            }
        }
    }

    private int verified(AuditTrail trail) {
        Optional<String> damage = trail.damage();
        if (damage.isPresent()) {
            shell.screen().complain("The audit trail was tampered with. " + damage.get());
            return ExitCode.FAILED;
        }
        List<AuditEntry> last = trail.newest(AuditQuery.ALL, Long.MAX_VALUE, 1);
        shell.screen()
                .result(
                        last.isEmpty()
                                ? "The audit trail is empty."
                                : "The audit trail is whole: " + last.getFirst().number() + " lines, the last one "
                                        + last.getFirst().hash() + ".");
        return ExitCode.DONE;
    }

    private @Nullable Instant since() {
        if (since == null) {
            return null;
        }
        try {
            return since.length() == 10
                    ? LocalDate.parse(since)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant()
                    : OffsetDateTime.parse(since).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refused("--since is " + Readable.harmless(since)
                    + "; it wants a day like 2026-11-22, or a time like 2026-11-22T18:00:00Z.");
        }
    }

    private @Nullable AuditEvent event() {
        if (event == null) {
            return null;
        }
        String word = event;
        return AuditEvent.of(word)
                .orElseThrow(() -> new Refused("--event is " + Readable.harmless(word) + "; there are: "
                        + Arrays.stream(AuditEvent.values())
                                .map(AuditEvent::word)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    /** Also one that is forgotten: then by its whole id. */
    private @Nullable String run() {
        if (run == null) {
            return null;
        }
        return shell.platform().get(Runs.class).find(run).map(Run::id).orElse(run);
    }
}
