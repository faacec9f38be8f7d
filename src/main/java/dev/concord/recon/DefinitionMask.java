package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryMask;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Run;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.record.AttributeChange;
import dev.concord.record.Pointer;
import dev.concord.system.ObjectSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Masks what the definitions call sensitive by now, by the rules by which runs withhold: also what a row of today's
 * mapping makes of it on the other side, and texts that repeat a masked value. Nothing comes back that its run has
 * withheld. Safe for use by several threads.
 */
public final class DefinitionMask implements EntryMask {

    /** A list may go through thousands of runs, and the files are read anew for none of them in between. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Definitions> files;
    private volatile @Nullable Read last;

    private record Read(Definitions definitions, long at) {}

    /** @param files the definitions as they are by now; asked once a second at the most */
    public DefinitionMask(Supplier<Definitions> files) {
        this.files = files;
    }

    private Definitions today() {
        Read read = last;
        if (read == null || System.nanoTime() - read.at() > FRESH.toNanos()) {
            read = new Read(files.get(), System.nanoTime());
            last = read;
        }
        return read.definitions();
    }

    @Override
    public UnaryOperator<Entry> of(Run run) {
        Definitions today = today();
        ObjectSchema source = schema(today, run.resourceCollection("sourceQuery"));
        ObjectSchema target = schema(today, run.resourceCollection("targetQuery"));
        Mapping mapping = today.mappings().get(run.mapping());
        Sight sight = mapping == null ? new Sight(source, target) : Sight.of(mapping, source, target);
        return hidesNothing(sight.source()) && hidesNothing(sight.target())
                ? UnaryOperator.identity()
                : entry -> masked(entry, sight);
    }

    private static ObjectSchema schema(Definitions definitions, @Nullable String objectSet) {
        return new ObjectSchema(objectSet == null ? Map.of() : definitions.attributes(objectSet), true, false, false);
    }

    private static boolean hidesNothing(ObjectSchema schema) {
        return schema.attributes().values().stream().noneMatch(AttributeDefinition::sensitive);
    }

    private static Entry masked(Entry entry, Sight sight) {
        List<String> unseen = new ArrayList<>();
        for (AttributeChange change : entry.differences()) {
            if (sight.target().isSensitive(change.attribute())) {
                collect(change.before(), unseen);
                collect(change.after(), unseen);
            }
        }
        Map<String, Map<String, @Nullable Object>> display = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, @Nullable Object>> side :
                entry.display().entrySet()) {
            ObjectSchema schema = side.getKey().equals("source") ? sight.source() : sight.target();
            display.put(side.getKey(), masked(side.getValue(), schema, unseen));
        }
        return new Entry(
                entry.situation(),
                entry.action(),
                entry.outcome(),
                entry.sourceId(),
                entry.targetId(),
                entry.qualifier(),
                entry.candidateIds(),
                Redaction.of(entry.message(), unseen),
                Redaction.of(entry.detail(), unseen),
                display,
                sight.differences(entry.differences(), unseen),
                entry.trace());
    }

    private static Map<String, @Nullable Object> masked(
            Map<String, @Nullable Object> values, ObjectSchema schema, List<String> unseen) {
        Map<String, @Nullable Object> masked = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            boolean hides = isHidden(schema, name, value);
            if (hides) {
                collect(value, unseen);
            }
            masked.put(name, Sight.kept(value, hides));
        });
        return masked;
    }

    private static void collect(@Nullable Object value, List<String> unseen) {
        if (!EntryView.isWithheld(value)) {
            Redaction.collect(value, unseen);
        }
    }

    /** @param name of a display attribute: a pointer without its first slash, or the whole object's */
    private static boolean isHidden(ObjectSchema schema, String name, @Nullable Object value) {
        Pointer pointer = Pointer.of(name);
        return pointer.isWhole()
                ? value instanceof Map<?, ?> object
                        && object.keySet().stream().anyMatch(key -> schema.isSensitive(String.valueOf(key)))
                : schema.isSensitive(pointer.attribute());
    }
}
