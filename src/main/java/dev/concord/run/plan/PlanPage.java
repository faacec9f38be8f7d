package dev.concord.run.plan;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntrySearch;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunView;
import dev.concord.record.AttributeChange;
import dev.concord.record.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan as one page for browsers: nothing in it is loaded from elsewhere, and values of records are nothing but text
 * in it. The differences hold personal values, those of sensitive attributes left out; whoever gets the page may read
 * them. Entries are written while they are read.
 */
public final class PlanPage {

    /** Browsers search and scroll so many well. */
    public static final int USUAL_MOST = 10_000;

    private static final String NOT_SHOWN = "(not shown)";
    private static final int LONGEST = 500;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final RunView plan;
    private final LedgerReader ledger;
    private final int most;

    /** @param most how many records are shown; the page says so when there are more */
    public PlanPage(RunView plan, LedgerReader ledger, int most) {
        this.plan = plan;
        this.ledger = ledger;
        this.most = most;
    }

    /**
     * Writes the page.
     *
     * @param search which entries are shown
     * @param wanted which of these
     */
    public void write(EntrySearch search, Predicate<Entry> wanted, Writer writer) throws IOException {
        Run run = plan.run();
        PlanTotals totals = PlanTotals.of(plan);
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        head.put("mapping", run.mapping());
        head.put("run", run.id());
        head.put("source", Objects.requireNonNullElse(run.resourceCollection("sourceQuery"), "the source"));
        head.put("target", Objects.requireNonNullElse(run.resourceCollection("targetQuery"), "the target"));
        head.put("made", TIME.format(Objects.requireNonNullElse(run.ended(), run.started())));
        head.put("words", totals.words());
        head.put("guards", totals.guards());
        head.put("guarded", !totals.guards().isEmpty());
        head.put("tiles", tiles(totals));
        template("head").execute(head, writer);
        Template row = template("row");
        int[] shown = {0};
        boolean all = search.each(ledger, run, (EntryView entry, Map<String, @Nullable Object> document) -> {
            if (!wanted.test(entry.entry())) {
                return true;
            }
            if (shown[0] == most) {
                return false;
            }
            shown[0]++;
            row.execute(row(entry), writer);
            return true;
        });
        Map<String, @Nullable Object> foot = new LinkedHashMap<>();
        foot.put("none", shown[0] == 0);
        foot.put("more", !all);
        foot.put("shown", number(shown[0]));
        template("foot").execute(foot, writer);
    }

    private static List<Map<String, @Nullable Object>> tiles(PlanTotals totals) {
        List<Map<String, @Nullable Object>> tiles = new ArrayList<>();
        tile(tiles, "create", totals.creates(), "to create");
        tile(tiles, "update", totals.updates(), "to update");
        tile(tiles, "delete", totals.deletes(), "to delete");
        tile(tiles, "link", totals.newLinks(), "links to make");
        tile(tiles, "link", totals.movedLinks(), "links to move");
        tile(tiles, "unlink", totals.removedLinks(), "links to remove");
        tile(tiles, "fail", totals.exceptions(), "exceptions by rules");
        tile(tiles, "fail", totals.failures(), "would fail");
        return tiles;
    }

    private static void tile(List<Map<String, @Nullable Object>> tiles, String kind, long count, String words) {
        if (count > 0) {
            Map<String, @Nullable Object> tile = new LinkedHashMap<>();
            tile.put("kind", kind);
            tile.put("count", number(count));
            tile.put("words", words);
            tiles.add(tile);
        }
    }

    private static Map<String, @Nullable Object> row(EntryView view) {
        Entry entry = view.entry();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("kind", kind(entry));
        row.put("situation", entry.situation() == null ? "" : entry.situation().name());
        row.put("action", entry.action() == null ? "FAILURE" : entry.action().name());
        row.put("failed", entry.outcome().isFailure());
        row.put("sourceId", text(entry.sourceId()));
        row.put("targetId", text(entry.targetId()));
        row.put("qualifier", entry.qualifier().equals("default") ? "" : entry.qualifier());
        row.put("display", display(entry));
        row.put("message", text(entry.message()));
        row.put("candidates", String.join(", ", entry.candidateIds()));
        row.put("changes", entry.differences().stream().map(PlanPage::change).toList());
        return row;
    }

    private static String kind(Entry entry) {
        if (entry.outcome().isFailure()) {
            return "fail";
        }
        return entry.trace().effects().stream()
                .map(effect -> switch (effect) {
                    case CREATED -> "create";
                    case UPDATED -> "update";
                    case DELETED -> "delete";
                    case LINKS_CREATED, LINKS_REPOINTED -> "link";
                    case LINKS_REMOVED -> "unlink";
                    default -> "same";
                })
                .findFirst()
                .orElse("same");
    }

    private static Map<String, @Nullable Object> change(AttributeChange change) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("attribute", change.attribute());
        json.put("before", change.before() == null ? "" : value(change.before()));
        json.put("after", change.after() == null ? "" : value(change.after()));
        return json;
    }

    private static String display(Entry entry) {
        Map<String, @Nullable Object> values =
                entry.display().getOrDefault("source", entry.display().getOrDefault("target", Map.of()));
        return values.values().stream().map(PlanPage::value).collect(Collectors.joining(" "));
    }

    private static String value(@Nullable Object value) {
        if (EntryView.isWithheld(value)) {
            return NOT_SHOWN;
        }
        String text = value instanceof String string ? string : Json.write(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static Template template(String name) {
        String file = "plan-" + name + ".html";
        try (InputStream stream = Objects.requireNonNull(PlanPage.class.getResourceAsStream(file), file)) {
            return Mustache.compiler()
                    .escapeHTML(true)
                    .emptyStringIsFalse(true)
                    .compile(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
