package dev.concord.recon;

import dev.concord.ledger.Partition;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.mapping.Condition;
import dev.concord.mapping.Hook;
import dev.concord.mapping.LinkQualifiers;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.PropertyRow;
import dev.concord.mapping.Rule;
import dev.concord.mapping.ScriptSource;
import dev.concord.mapping.Situation;
import dev.concord.projection.Projection;
import dev.concord.projection.RowFailure;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.script.plain.PlainScript;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.Page;
import dev.concord.system.Page.Item;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Spares a nightly run the look-up of targets that are as their records want them, which most are. To find a row by a
 * scattered id costs a database several times what the next row of a scan does. So the targets are read once, in their
 * own order, before the source phase, and {@link TargetsBefore hashes} of them are kept. A linked record then makes the
 * object that it wants and looks whether its target was that very object. If so, nothing is to be done, as long as
 * nothing but the source says what is wanted; everything else goes the usual way.
 *
 * <p>Somebody else's change to a target between the scan and the record's page is noticed by the next run, just like
 * one that comes right behind the page.
 */
final class Presumption {

    private static final Set<Hook> BESIDE_RECORDS = Set.of(Hook.ON_RECON, Hook.RESULT);

    private final RunContext context;
    private final Mapping mapping;
    private final TargetsBefore.Hashing hashing;
    private final TargetsBefore before;

    private Presumption(RunContext context, int threads) {
        this.context = context;
        this.mapping = context.mapping();
        this.hashing = new TargetsBefore.Hashing(
                context.run().seed(),
                mapping.properties().stream()
                        .map(row -> row.target().attribute())
                        .filter(attribute -> !attribute.equals("_id"))
                        .distinct()
                        .toList());
        this.before = read(threads);
    }

    /**
     * Reads the targets, if that pays and the mapping allows to rely on it; else the answer is null.
     *
     * @param fewest how many linked records it takes
     * @param threads how many may read at the same time
     */
    static @Nullable Presumption of(RunContext context, int fewest, int threads) {
        return isWorthIt(context.memory().facts, fewest) && isPossible(context)
                ? new Presumption(context, Math.max(1, threads))
                : null;
    }

    /** All targets are read for it, so that most of them had better be linked to records of the run. */
    private static boolean isWorthIt(Run.Facts facts, int fewest) {
        long most = facts.targets() / 2;
        return facts.targets() >= 0 && facts.links() >= Math.max(fewest, most) && facts.sources() >= most;
    }

    /** Whether nothing but a source and its link says what is wanted of a target, and nobody is told of a target. */
    private static boolean isPossible(RunContext context) {
        Mapping mapping = context.mapping();
        return context.run().kind() == RunKind.FULL
                && !context.looking()
                && !context.keepsAllEntries()
                && context.target().inPlatformDatabase()
                && mapping.enableLinking()
                && mapping.linkQualifiers() instanceof LinkQualifiers.Fixed fixed
                && fixed.names().size() == 1
                && BESIDE_RECORDS.containsAll(mapping.hooks().keySet())
                && updatesWhatIsConfirmed(mapping)
                && mapping.properties().stream()
                        .allMatch(row -> isBySourceAlone(row, context.target().schema()))
                && isSettledByOneRound(mapping.properties())
                && besidesHooks(mapping).allMatch(script -> PlainScript.of(script.text()) != null);
    }

    /** An alias in a file makes a hook's script equal to one that stands elsewhere. */
    private static Stream<ScriptSource> besidesHooks(Mapping mapping) {
        Set<ScriptSource> hooks = Collections.newSetFromMap(new IdentityHashMap<>());
        hooks.addAll(mapping.hooks().values());
        return mapping.scripts().stream().filter(script -> !hooks.contains(script));
    }

    /**
     * Whether rows that are applied to what they made leave it as it is. Not when a row puts a whole value where an
     * earlier one put a part of it: the part may have no place in the whole.
     */
    private static boolean isSettledByOneRound(List<PropertyRow> rows) {
        return IntStream.range(0, rows.size())
                .allMatch(later -> rows.subList(0, later).stream()
                        .noneMatch(earlier ->
                                isInside(earlier.target(), rows.get(later).target())));
    }

    private static boolean isInside(Pointer part, Pointer whole) {
        int depth = whole.tokens().size();
        return part.tokens().size() > depth && part.tokens().subList(0, depth).equals(whole.tokens());
    }

    private static boolean updatesWhatIsConfirmed(Mapping mapping) {
        List<Rule> rules = mapping.rules().stream()
                .filter(rule -> rule.situation() == Situation.CONFIRMED)
                .toList();
        Rule.RuleAction update = new Rule.RuleAction.Named(Action.UPDATE);
        return rules.stream().allMatch(rule -> rule.action().equals(update) && rule.postAction() == null)
                && (mapping.defaultActions().get(Situation.CONFIRMED) == Action.UPDATE
                        || rules.stream().anyMatch(rule -> rule.condition() == null));
    }

    private static boolean isBySourceAlone(PropertyRow row, ObjectSchema schema) {
        Pointer target = row.target();
        return !target.isWhole()
                && !target.attribute().equals("_rev")
                && !schema.isSensitive(target.attribute())
                && !mentionsTarget(row.condition());
    }

    private static boolean mentionsTarget(@Nullable Condition condition) {
        String text = switch (condition) {
            case null -> "";
            case Condition.FilterCondition filter -> filter.filter().text();
            case Condition.ScriptCondition script -> script.script().text();
        };
        return text.toLowerCase(Locale.ROOT).contains("target");
    }

    // Reading ahead

    private TargetsBefore read(int threads) {
        return TargetsBefore.of(Concurrently.all(
                threads,
                context.ledger().partitions(Phase.TARGET).stream()
                        .map(partition -> (Callable<TargetsBefore.Part>) () -> read(partition))
                        .toList()));
    }

    private TargetsBefore.Part read(Partition partition) {
        TargetsBefore.Part part = new TargetsBefore.Part();
        KeyRange range = new KeyRange(partition.from(), partition.to());
        PageSize size = context.sourcePageSize();
        String after = null;
        while (!context.memory().isEnding()) {
            context.memory().checkLease();
            Page page = context.target().scan(range, after, size.next(), null);
            size.learn(page);
            for (Item item : page.items()) {
                if (item instanceof Item.Found found) {
                    part.add(hashing.of(found.resource()));
                }
            }
            if (page.end() || page.lastPosition() == null) {
                break;
            }
            after = page.lastPosition();
        }
        return part;
    }

    // Presuming

    private boolean was(String id, Map<String, @Nullable Object> content) {
        return before.contains(hashing.of(id, content));
    }

    /** The linked target of a source as far as the mapping knows it, if it was as the source wants it; else null. */
    @Nullable
    Resource target(Op op, Verdicts verdicts) {
        Link link = op.link;
        Resource source = op.source;
        if (source == null || link == null) {
            return null;
        }
        Map<String, @Nullable Object> wanted =
                HashMap.newHashMap(mapping.properties().size());
        try {
            context.projection()
                    .apply(
                            mapping.properties(),
                            wanted,
                            new Projection.Scope(
                                    source.view(),
                                    null,
                                    op.qualifier,
                                    verdicts.scriptContext(op),
                                    verdicts.objects(op)));
        } catch (RowFailure failure) {
            return null;
        }
        Object id = wanted.remove("_id");
        if (id != null && !id.equals(link.targetId())) {
            return null;
        }
        String target = link.targetId();
        if (was(target, wanted)) {
            return new Resource(target, null, wanted);
        }
        Map<String, @Nullable Object> stored = context.target().asStored(wanted);
        return was(target, stored) ? new Resource(target, null, stored) : null;
    }
}
