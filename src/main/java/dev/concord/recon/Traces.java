package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Trace;
import dev.concord.link.Link;
import dev.concord.link.Links;
import dev.concord.record.AttributeChange;
import dev.concord.record.CompareKey;
import dev.concord.record.Resource;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.WriteOutcome.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger keeps of ops for whoever wants to take them back. Only ops that change something cost anything here.
 */
final class Traces {

    private Traces() {}

    /** What an op did, and what is known of values that its entry withholds. */
    static Trace of(Op op) {
        for (Measure effect : op.effects) {
            if (effect != Measure.UNCHANGED) {
                return new Trace(
                        List.copyOf(op.effects), List.copyOf(op.linkChanges), op.revision, op.fingerprint, nulls(op));
            }
        }
        return op.fingerprint == null ? Trace.NONE : new Trace(List.of(), List.of(), null, op.fingerprint);
    }

    /** What differences cannot say: they take a null for an absent attribute. */
    private static List<String> nulls(Op op) {
        return switch (op.write) {
            case Write.Update update -> nulls(op.differences, update.before().content());
            case Write.Delete delete when op.targetBefore != null -> nulls(op.targetBefore.content());
            case Write.Delete delete -> List.of();
            case Write.Create create -> List.of();
            case null -> List.of();
        };
    }

    private static List<String> nulls(List<AttributeChange> changes, Map<String, @Nullable Object> before) {
        List<String> nulls = List.of();
        for (AttributeChange change : changes) {
            if (change.before() == null && before.containsKey(change.attribute())) {
                nulls = nulls.isEmpty() ? new ArrayList<>() : nulls;
                nulls.add(change.attribute());
            }
        }
        return nulls;
    }

    static List<String> nulls(Map<String, @Nullable Object> content) {
        if (!content.containsValue(null)) {
            return List.of();
        }
        List<String> nulls = new ArrayList<>();
        content.forEach((name, value) -> {
            if (value == null) {
                nulls.add(name);
            }
        });
        return nulls;
    }

    /**
     * Takes note of links that were waiting for the ids that ops gave to new targets: they are no doing of somebody who
     * came later. To be asked before the ops' own links are made.
     */
    static void noteWaiting(List<Op> ops, Links links) {
        Map<CompareKey, Op> made = new HashMap<>();
        for (Op op : ops) {
            if (op.choseId && !op.failed() && op.write instanceof Write.Create create && create.id() != null) {
                made.put(links.type().targetKey(create.id()), op);
            }
        }
        if (!made.isEmpty()) {
            links.ofTargets(List.copyOf(made.keySet()))
                    .forEach((key, waiting) -> noteWaiting(Objects.requireNonNull(made.get(key)), waiting));
        }
    }

    /** @param links to the id of the op's new target, from before it was there */
    static void noteWaiting(Op op, List<Link> links) {
        for (Link link : links) {
            if (!link.qualifier().equals(op.qualifier)) {
                op.changedLink(link, link);
            }
        }
    }

    /**
     * Takes note of what a store made of the targets of a page.
     *
     * @return false when a write was not done
     */
    static boolean note(List<Op> ops, List<WriteOutcome> outcomes) {
        Map<String, Resource> written = HashMap.newHashMap(outcomes.size());
        for (WriteOutcome outcome : outcomes) {
            if (!(outcome instanceof Written(Resource resource))) {
                return false;
            }
            if (resource != null) {
                written.put(resource.id(), resource);
            }
        }
        for (Op op : ops) {
            String id = op.write == null || op.failed() ? null : Intent.idOf(op.write);
            if (id != null) {
                note(op, written.get(id));
            }
        }
        return true;
    }

    /**
     * Takes note of what a store made of the target of an op; {@code written} is null when the target is gone, or was
     * not written.
     */
    static void note(Op op, @Nullable Resource written) {
        op.revision = written == null ? null : written.revision();
        if (written != null && written.revision() == null && op.write instanceof Write.Create create) {
            addGiven(op, create.content(), written);
        }
    }

    /**
     * Where no revision tells whether somebody else wrote the target, what the store itself filled in must be known.
     */
    private static void addGiven(Op op, Map<String, @Nullable Object> content, Resource written) {
        List<AttributeChange> given = new ArrayList<>();
        written.content().forEach((name, value) -> {
            boolean ofStore = value != null && content.get(name) == null;
            if (ofStore && !written.id().equals(String.valueOf(value))) {
                given.add(new AttributeChange(name, null, value));
            }
        });
        if (!given.isEmpty()) {
            given.addAll(0, op.differences);
            op.differences = given;
        }
    }
}
