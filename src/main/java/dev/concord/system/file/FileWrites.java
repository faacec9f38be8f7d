package dev.concord.system.file;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.AttributeChange;
import dev.concord.record.Difference;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSchema;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.WriteOutcome.Kind;
import dev.concord.system.file.FileState.Standing;
import dev.concord.system.file.PendingChanges.Change;
import dev.concord.system.file.PendingChanges.Replacement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Writes one batch of changes to the pending ones. */
final class FileWrites {

    private final ObjectFile file;
    private final FileState state;
    private final RecordFormat.Layout layout;
    private final Map<String, Standing> standings;
    private final Map<String, @Nullable Map<String, @Nullable Object>> contents = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();

    private FileWrites(ObjectFile file, FileState state, List<Write> writes) {
        this.file = file;
        this.state = state;
        SnapshotFacts facts = state.snapshot().facts();
        this.layout = new RecordFormat.Layout(facts.columns(), false, false);
        if (facts.lostLine() > 0) {
            throw new SystemUnavailable(
                    file.set() + ": nothing can be written to " + file.path() + ", because line " + facts.lostLine()
                            + " holds bytes that are not of the file's charset and would be lost. Correct that line, or 'charset' in"
                            + " the system's file.",
                    null);
        }
        this.standings = state.standings(writes.stream().map(FileWrites::idOf).toList());
        standings.forEach((id, standing) -> contents.put(id, standing.content()));
    }

    /** The outcomes in the order of the writes. */
    static List<WriteOutcome> write(ObjectFile file, FileState state, List<Write> writes) {
        List<Write> named =
                writes.stream().map(write -> named(write, file.format())).toList();
        FileWrites batch = new FileWrites(file, state, named);
        List<WriteOutcome> outcomes = new ArrayList<>(named.size());
        named.forEach(write -> outcomes.add(batch.decide(write)));
        Set<String> lost = batch.store();
        for (int i = 0; i < named.size(); i++) {
            if (lost.contains(idOf(named.get(i)))) {
                outcomes.set(i, batch.overtaken(named.get(i)));
            }
        }
        return outcomes;
    }

    /** Gives an object that is created without an id the one that its content names, or a new one. */
    private static Write named(Write write, RecordFormat format) {
        if (write instanceof Write.Create create && create.id() == null) {
            Object known = create.content().get(format.id());
            return new Write.Create(known == null ? UUID.randomUUID().toString() : known.toString(), create.content());
        }
        return write;
    }

    private static String idOf(Write write) {
        return switch (write) {
            case Write.Create create -> Objects.requireNonNull(create.id());
            case Write.Update update -> update.before().id();
            case Write.Delete delete -> delete.id();
        };
    }

    private WriteOutcome decide(Write write) {
        String id = idOf(write);
        Standing standing = Objects.requireNonNull(standings.get(id));
        if (standing.isUntouchable()) {
            return untouchable(write, standing);
        }
        Map<String, @Nullable Object> current = contents.get(id);
        return switch (write) {
            case Write.Create create ->
                current == null
                        ? put(id, create.content())
                        : new WriteOutcome.Rejected(
                                Kind.UNIQUE, file.format().id(), "Another object has this id already.");
            case Write.Update update -> current == null ? new WriteOutcome.Stale() : update(id, current, update);
            case Write.Delete _ -> {
                if (current != null) {
                    contents.put(id, null);
                    touched.add(id);
                }
                yield new WriteOutcome.Written(null);
            }
        };
    }

    private WriteOutcome untouchable(Write write, Standing standing) {
        String lines = String.join(
                ", ", standing.lines().stream().map(SnapshotLine::place).toList());
        return new WriteOutcome.Rejected(
                write instanceof Write.Create ? Kind.UNIQUE : Kind.CONSTRAINT,
                file.format().id(),
                (standing.lines().size() > 1
                                ? "The file holds this id more than once"
                                : "The file's record of this id cannot be read")
                        + " (" + lines + "). Correct the file; until then such records are left as they are.");
    }

    /** Files have no revisions: what differs must still have the old value. */
    private WriteOutcome update(String id, Map<String, @Nullable Object> current, Write.Update update) {
        ObjectSchema schema = file.schema(layout);
        Difference difference = Difference.between(update.before().content(), update.content(), schema::isUnordered);
        Map<String, @Nullable Object> wanted = JsonValues.copyOf(current);
        for (AttributeChange change : difference.changes()) {
            String name = change.attribute();
            boolean same = schema.isUnordered(name)
                    ? JsonValues.sameUnordered(current.get(name), change.before())
                    : JsonValues.same(current.get(name), change.before());
            if (!same) {
                return new WriteOutcome.Stale();
            }
            if (update.content().containsKey(name)) {
                wanted.put(name, change.after());
            } else {
                wanted.remove(name);
            }
        }
        return put(id, wanted);
    }

    private WriteOutcome put(String id, Map<String, @Nullable Object> content) {
        try {
            checkId(id);
            for (AttributeDefinition attribute :
                    file.format().attributes(layout).values()) {
                if (attribute.required()
                        && content.get(attribute.name()) == null
                        && !attribute.name().equals(file.format().id())) {
                    throw new Unfit(
                            Kind.REQUIRED, attribute.name(), "Attribute '" + attribute.name() + "' needs a value.");
                }
            }
            Map<String, @Nullable Object> asReadBack = file.format().asReadBack(id, content, layout);
            if (Json.write(asReadBack).length() > PendingChanges.LARGEST_OBJECT) {
                throw new Unfit(
                        Kind.TYPE,
                        null,
                        "The object is larger than " + (PendingChanges.LARGEST_OBJECT >> 20)
                                + " million characters as JSON.");
            }
            contents.put(id, asReadBack);
            touched.add(id);
            return new WriteOutcome.Written(new Resource(id, null, asReadBack));
        } catch (Unfit e) {
            return e.rejected();
        }
    }

    private void checkId(String id) throws Unfit {
        if (id.isBlank()) {
            throw Unfit.type(file.format().id(), "An id must not be blank.");
        }
        if (id.getBytes(StandardCharsets.UTF_8).length > PendingChanges.LONGEST_ID) {
            throw Unfit.type(
                    file.format().id(), "The id is longer than " + PendingChanges.LONGEST_ID + " bytes of UTF-8.");
        }
    }

    /** Stores what was decided; answers the ids of objects that somebody else changed at the same time. */
    private Set<String> store() {
        List<Change> added = new ArrayList<>();
        List<Replacement> replaced = new ArrayList<>();
        List<Change> dropped = new ArrayList<>();
        for (String id : touched) {
            Standing standing = Objects.requireNonNull(standings.get(id));
            Map<String, @Nullable Object> content = contents.get(id);
            Change change = new Change(0, ThreadLocalRandom.current().nextLong(), id, content);
            Change old = standing.change();
            boolean needless = content == null && !standing.isInFile();
            if (old == null && !needless) {
                added.add(change);
            } else if (old != null && needless) {
                dropped.add(old);
            } else if (old != null) {
                replaced.add(new Replacement(old, change));
            }
        }
        Set<String> lost = new HashSet<>(state.pending().add(added));
        lost.addAll(state.pending().replace(replaced));
        lost.addAll(state.pending().remove(dropped));
        return lost;
    }

    private WriteOutcome overtaken(Write write) {
        return switch (write) {
            case Write.Create _ ->
                new WriteOutcome.Rejected(
                        Kind.UNIQUE, file.format().id(), "Another object was given this id at the same time.");
            case Write.Update _, Write.Delete _ -> new WriteOutcome.Stale();
        };
    }
}
