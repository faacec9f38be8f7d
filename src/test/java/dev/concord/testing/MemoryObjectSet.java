package dev.concord.testing;

import dev.concord.filter.Comparand;
import dev.concord.filter.Equalities;
import dev.concord.filter.Equality;
import dev.concord.filter.Filter;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.Page.Item.Found;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An object set in memory that does all that {@link ObjectSet} says. Its order is that of the ids, its revisions are
 * numbers, it gives the ids {@code new-1}, {@code new-2} and so on, keeps null attributes as absent ones, and looks
 * after the type, {@code required} and {@code unique} of the attributes it knows; it takes others as they are.
 *
 * <p>It speaks for itself: no transaction takes part in its writes, and a batch happens as a whole or not at all. Safe
 * for use by several threads.
 */
public final class MemoryObjectSet implements ObjectSet {

    private final String name;
    private final ObjectSchema schema;
    private final List<Comparand> unique;
    private final NavigableMap<String, Resource> objects = new TreeMap<>();
    private final Map<Equality, String> owners = new HashMap<>();
    private long lastRevision;
    private long lastId;

    /**
     * @param objects what is there at the start, to which no rule applies but {@code unique}; revisions are given anew
     */
    public MemoryObjectSet(String name, List<AttributeDefinition> attributes, List<Resource> objects) {
        Map<String, AttributeDefinition> byName = new LinkedHashMap<>();
        attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
        this.name = name;
        this.schema = new ObjectSchema(Collections.unmodifiableMap(byName), true, true, true);
        this.unique = attributes.stream()
                .filter(AttributeDefinition::unique)
                .map(attribute -> Comparand.of(new Pointer(List.of(attribute.name()))))
                .toList();
        for (Resource object : objects) {
            if (write(new Write.Create(object.id(), object.content()), false)
                    instanceof WriteOutcome.Rejected rejected) {
                throw new IllegalArgumentException(rejected.message());
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ObjectSchema schema() {
        return schema;
    }

    @Override
    public boolean inPlatformDatabase() {
        return false;
    }

    @Override
    public synchronized List<KeyRange> ranges(int count) {
        List<String> ids = List.copyOf(objects.keySet());
        Set<String> cuts = new LinkedHashSet<>();
        for (int i = 1; i < count; i++) {
            int at = (int) ((long) ids.size() * i / count);
            if (at > 0) {
                cuts.add(ids.get(at));
            }
        }
        List<KeyRange> ranges = new ArrayList<>();
        String from = null;
        for (String cut : cuts) {
            ranges.add(new KeyRange(from, cut));
            from = cut;
        }
        ranges.add(new KeyRange(from, null));
        return ranges;
    }

    @Override
    public synchronized Page scan(KeyRange range, String after, int limit, Filter filter) {
        NavigableMap<String, Resource> rest = objects;
        if (range.to() != null) {
            rest = rest.headMap(range.to(), false);
        }
        if (range.from() != null) {
            rest = rest.tailMap(range.from(), true);
        }
        if (after != null) {
            rest = rest.tailMap(after, false);
        }
        List<Resource> read = rest.values().stream().limit(limit).toList();
        List<Page.Item> items = read.stream()
                .filter(object -> filter == null || filter.matches(object.view()))
                .map(object -> (Page.Item) new Found(object.id(), object))
                .toList();
        String last = read.isEmpty() ? null : read.getLast().id();
        return new Page(items, last, read.size() == rest.size());
    }

    /** Ids and positions only, so that nobody gets used to more. */
    @Override
    public Page scanIds(KeyRange range, String after, int limit, Filter filter) {
        Page page = scan(range, after, limit, filter);
        List<Page.Item> items = page.items().stream()
                .map(item -> (Page.Item) new Found(item.position(), new Resource(item.position(), null, Map.of())))
                .toList();
        return new Page(items, page.lastPosition(), page.end());
    }

    @Override
    public synchronized Map<String, Resource> fetch(Collection<String> ids) {
        Map<String, Resource> found = new LinkedHashMap<>();
        for (String id : ids) {
            Resource object = objects.get(id);
            if (object != null) {
                found.put(id, object);
            }
        }
        return found;
    }

    @Override
    public synchronized List<List<Resource>> find(List<Filter> filters, int limit) {
        Map<Comparand, Map<Equality, List<Resource>>> indexes = new HashMap<>();
        List<List<Resource>> answers = new ArrayList<>();
        for (Filter filter : filters) {
            Collection<Resource> possible = Equalities.of(filter)
                    .map(equalities -> holding(equalities, indexes))
                    .orElse(objects.values());
            answers.add(possible.stream()
                    .filter(object -> filter.matches(object.view()))
                    .limit(limit + 1L)
                    .toList());
        }
        return answers;
    }

    @Override
    public Map<String, Object> asStored(Map<String, Object> content) {
        Map<String, Object> stored = JsonValues.copyOf(content);
        stored.values().removeIf(Objects::isNull);
        return stored;
    }

    @Override
    public synchronized long count(Filter filter) {
        return objects.values().stream()
                .filter(object -> filter == null || filter.matches(object.view()))
                .count();
    }

    @Override
    public synchronized List<WriteOutcome> write(List<Write> writes) {
        Map<String, Optional<Resource>> before = new HashMap<>();
        List<WriteOutcome> outcomes = new ArrayList<>();
        for (Write write : writes) {
            idOf(write).ifPresent(id -> before.putIfAbsent(id, Optional.ofNullable(objects.get(id))));
            WriteOutcome outcome = write(write, true);
            if (!(outcome instanceof WriteOutcome.Written written)) {
                before.keySet().forEach(this::forget);
                before.values().forEach(object -> object.ifPresent(this::keep));
                List<WriteOutcome> none =
                        new ArrayList<>(Collections.nCopies(writes.size(), new WriteOutcome.NotDone()));
                none.set(outcomes.size(), outcome);
                return none;
            }
            if (written.resource() != null) {
                before.putIfAbsent(written.resource().id(), Optional.empty());
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static Optional<String> idOf(Write write) {
        return switch (write) {
            case Write.Create create -> Optional.ofNullable(create.id());
            case Write.Update update -> Optional.of(update.before().id());
            case Write.Delete delete -> Optional.of(delete.id());
        };
    }

    private WriteOutcome write(Write write, boolean ruled) {
        return switch (write) {
            case Write.Create create -> create(create, ruled);
            case Write.Update update -> update(update);
            case Write.Delete delete -> delete(delete);
        };
    }

    private WriteOutcome create(Write.Create create, boolean ruled) {
        String id = create.id() == null ? freeId() : create.id();
        if (objects.containsKey(id)) {
            return new WriteOutcome.Rejected(
                    WriteOutcome.Kind.UNIQUE, null, "An object with this id exists; give another id.");
        }
        return put(id, create.content(), ruled);
    }

    private WriteOutcome update(Write.Update update) {
        Resource before = update.before();
        Resource current = objects.get(before.id());
        if (current == null || !Objects.equals(current.revision(), before.revision())) {
            return new WriteOutcome.Stale();
        }
        Map<String, Object> content = new LinkedHashMap<>(current.content());
        Set<String> names = new LinkedHashSet<>(before.content().keySet());
        names.addAll(update.content().keySet());
        for (String attribute : names) {
            Object wanted = update.content().get(attribute);
            if (!JsonValues.same(before.content().get(attribute), wanted)) {
                content.put(attribute, wanted);
            }
        }
        return put(before.id(), content, true);
    }

    private WriteOutcome delete(Write.Delete delete) {
        Resource current = objects.get(delete.id());
        if (current != null && delete.revision() != null && !delete.revision().equals(current.revision())) {
            return new WriteOutcome.Stale();
        }
        forget(delete.id());
        return new WriteOutcome.Written(null);
    }

    private WriteOutcome put(String id, Map<String, Object> wanted, boolean ruled) {
        Map<String, Object> content = asStored(wanted);
        Optional<WriteOutcome.Rejected> fault =
                ruled ? AttributeRules.fault(schema.attributes().values(), content) : Optional.empty();
        if (fault.isPresent()) {
            return fault.get();
        }
        for (Comparand comparand : unique) {
            for (Equality equality : Equalities.heldBy(content, comparand)) {
                if (!id.equals(owners.getOrDefault(equality, id))) {
                    String attribute = comparand.pointer().attribute();
                    return new WriteOutcome.Rejected(
                            WriteOutcome.Kind.UNIQUE,
                            attribute,
                            "Another object has this value of " + attribute + ", which is unique; give another value.");
                }
            }
        }
        Resource object = new Resource(id, String.valueOf(++lastRevision), Collections.unmodifiableMap(content));
        forget(id);
        keep(object);
        return new WriteOutcome.Written(object);
    }

    private void keep(Resource object) {
        objects.put(object.id(), object);
        unique.forEach(comparand ->
                Equalities.heldBy(object.content(), comparand).forEach(equality -> owners.put(equality, object.id())));
    }

    private void forget(String id) {
        Resource object = objects.remove(id);
        if (object != null) {
            unique.forEach(comparand -> owners.keySet().removeAll(Equalities.heldBy(object.content(), comparand)));
        }
    }

    private String freeId() {
        String id = "new-" + ++lastId;
        return objects.containsKey(id) ? freeId() : id;
    }

    private Collection<Resource> holding(
            List<Equality> equalities, Map<Comparand, Map<Equality, List<Resource>>> indexes) {
        NavigableMap<String, Resource> holding = new TreeMap<>();
        for (Equality equality : equalities) {
            indexes.computeIfAbsent(equality.comparand(), this::index)
                    .getOrDefault(equality, List.of())
                    .forEach(object -> holding.put(object.id(), object));
        }
        return holding.values();
    }

    private Map<Equality, List<Resource>> index(Comparand comparand) {
        Map<Equality, List<Resource>> index = new HashMap<>();
        for (Resource object : objects.values()) {
            for (Equality equality : Equalities.heldBy(object.view(), comparand)) {
                index.computeIfAbsent(equality, key -> new ArrayList<>()).add(object);
            }
        }
        return index;
    }
}
