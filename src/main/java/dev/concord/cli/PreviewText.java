package dev.concord.cli;

import dev.concord.cli.Table.Column;
import dev.concord.explanation.Decision;
import dev.concord.explanation.Explanation;
import dev.concord.ledger.Entry;
import dev.concord.mapping.Action;
import dev.concord.record.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Only the targets of an explanation, as they would be written. */
final class PreviewText {

    private static final int WIDEST = 100;

    private final Screen screen;
    private final Explanation explanation;

    PreviewText(Shell shell, Explanation explanation) {
        this.screen = shell.screen();
        this.explanation = explanation;
    }

    void print(boolean json) {
        if (json) {
            screen.result(Json.writePretty(
                    explanation.decisions().stream().map(PreviewText::json).toList()));
        } else {
            explanation.decisions().forEach(this::print);
        }
    }

    private void print(Decision decision) {
        Map<String, @Nullable Object> wanted = decision.wanted();
        Entry entry = decision.entry();
        String qualifier = entry.qualifier().isEmpty() ? "" : " (" + entry.qualifier() + ")";
        screen.say(Readable.harmless(explanation.target() + qualifier + ": " + why(entry, wanted)));
        if (wanted != null) {
            Table table = new Table(screen.page(WIDEST), Column.word("attribute"), Column.text("value"));
            wanted.forEach((name, value) -> table.row(Readable.harmless(name), Readable.value(value)));
            table.print();
        }
    }

    private static String why(Entry entry, @Nullable Map<String, @Nullable Object> wanted) {
        if (entry.situation() == null || wanted == null) {
            return "there is no target to show. "
                    + (entry.message() == null ? "The source does not exist." : entry.message());
        }
        boolean written = entry.action() == Action.CREATE || entry.action() == Action.UPDATE;
        return entry.situation() + ", " + entry.action()
                + (written ? "" : ": nothing would be written, but this is what becomes of the source.");
    }

    private static Map<String, @Nullable Object> json(Decision decision) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("linkQualifier", decision.entry().qualifier());
        json.put("situation", name(decision.entry().situation()));
        json.put("action", name(decision.entry().action()));
        json.put("target", decision.wanted());
        json.put("message", decision.entry().message());
        return json;
    }

    private static @Nullable String name(@Nullable Enum<?> word) {
        return word == null ? null : word.name();
    }
}
