package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Difference;
import dev.concord.record.Json;
import dev.concord.situation.Step;
import dev.concord.system.ObjectSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the ops of a run that applies a plan to that plan: before anything of an op is written, its situation, action,
 * target, links and differences must be the planned ones. In runs that only look it takes the fingerprints by which
 * this is found out of values that plans do not keep. Belongs to one attempt at a page.
 */
final class AsPlanned {

    private static final String DONE = " Nothing was done.";
    private static final int SHOWN = 200;

    private final RunContext context;
    private final boolean applying;
    private final ObjectSchema schema;
    private final @Nullable Fingerprint fingerprint;

    AsPlanned(RunContext context) {
        this.context = context;
        this.applying = context.run().kind() == RunKind.APPLY;
        this.schema = context.target().schema();
        String plan = applying
                ? String.valueOf(context.run().parameters().get(OtherRun.PLAN))
                : context.run().id();
        this.fingerprint = applying || context.run().analysis()
                ? new Fingerprint(
                        context.secrets().crypto(),
                        context.memory().planKey,
                        plan,
                        context.target().name())
                : null;
    }

    /** What an op must come to: what the plan says, or, in the deletes step, what was planned out of it. */
    private @Nullable Entry expected(Op op) {
        return op.promised != null ? op.promised : applying ? op.planned : null;
    }

    /** Whether the op belongs to a plan. */
    boolean holds(Op op) {
        return expected(op) != null;
    }

    /** Throws unless the op is about the planned situation, action and target. */
    void checkDecision(Op op, Situation situation, Action action) {
        Entry plan = expected(op);
        if (plan == null) {
            return;
        }
        if (plan.situation() != situation || plan.action() != action) {
            throw changed("Planned as " + plan.situation() + "/" + plan.action() + ", is now " + situation + "/"
                    + action + ".");
        }
        if (!Objects.equals(plan.targetId(), op.targetId)) {
            throw changed("Planned as " + situation + "/" + action + " for "
                    + (plan.targetId() == null ? "a target that is not there" : "target " + plan.targetId())
                    + ", is now about "
                    + (op.targetId == null ? "none" : "target " + op.targetId) + ".");
        }
    }

    /** Throws unless the op's action comes to what was planned for links. */
    void checkLinks(Op op, List<Step> steps) {
        if (op.promised == null) {
            return;
        }
        List<Measure> planned = op.promised.trace().effects().stream()
                .filter(AsPlanned::isOfLink)
                .sorted()
                .toList();
        List<Measure> now = steps.stream()
                .map(AsPlanned::linkEffect)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (!planned.equals(now)) {
            throw changed("Of its links the plan says: " + words(planned) + "; it would now be: " + words(now) + ".");
        }
    }

    private static boolean isOfLink(Measure effect) {
        return effect == Measure.LINKS_CREATED || effect == Measure.LINKS_REPOINTED || effect == Measure.LINKS_REMOVED;
    }

    private static @Nullable Measure linkEffect(Step step) {
        return switch (step) {
            case CREATE_LINK -> Measure.LINKS_CREATED;
            case REPOINT_LINK -> Measure.LINKS_REPOINTED;
            case REMOVE_LINK, TAKE_OVER -> Measure.LINKS_REMOVED;
            case PROJECT,
                    ON_MAPPING,
                    ON_CREATE,
                    CREATE_TARGET,
                    ON_UPDATE,
                    UPDATE_TARGET,
                    ON_LINK,
                    POST_MAPPING,
                    ON_DELETE,
                    DELETE_TARGET,
                    ON_UNLINK -> null;
        };
    }

    private static String words(List<Measure> effects) {
        return effects.isEmpty()
                ? "no change"
                : effects.stream()
                        .map(effect -> switch (effect) {
                            case LINKS_CREATED -> "one is made";
                            case LINKS_REPOINTED -> "one is moved";
                            default -> "one is removed";
                        })
                        .collect(Collectors.joining(", "));
    }

    /**
     * Throws unless the op's differences are the planned ones. Where a plan is being made, takes their fingerprint.
     *
     * @param clear the target as rows and scripts want it, before anything in it is hashed or encrypted
     */
    void checkDifferences(Op op, Map<String, @Nullable Object> clear) {
        if (fingerprint == null) {
            return;
        }
        List<AttributeChange> shown =
                context.sight().differences(op.differences, context.sight().unseen(op));
        op.fingerprint = fingerprint.of(op, shown, op.differences, clear);
        Entry plan = expected(op);
        if (plan != null) {
            compare(plan, shown, op.fingerprint);
        }
    }

    private void compare(Entry plan, List<AttributeChange> now, @Nullable String fingerprintNow) {
        Map<String, AttributeChange> before = byName(plan.differences());
        Map<String, AttributeChange> after = byName(now);
        Map<String, String> digestsBefore =
                digests(plan.differences(), plan.trace().fingerprint());
        Map<String, String> digestsNow = digests(now, fingerprintNow);
        List<String> words = new ArrayList<>();
        List<String> values = new ArrayList<>();
        before.forEach((name, planned) -> {
            AttributeChange change = after.get(name);
            String word = change == null
                    ? name + " need not change any more"
                    : word(planned, change, digestsBefore, digestsNow);
            if (word != null) {
                words.add(word);
                values.add(values(name, planned, change));
            }
        });
        after.forEach((name, change) -> {
            if (!before.containsKey(name)) {
                words.add(name + " would change, too");
                values.add(values(name, null, change));
            }
        });
        if (!words.isEmpty()) {
            throw new OpFailure(
                    Outcome.CHANGED,
                    "It is not what it was when this was planned: " + String.join("; ", words) + "." + DONE,
                    String.join("; ", values));
        }
    }

    /** In which way a change is not the planned one; null when it is. */
    private @Nullable String word(
            AttributeChange planned,
            AttributeChange now,
            Map<String, String> digestsPlanned,
            Map<String, String> digestsNow) {
        String name = planned.attribute();
        boolean before = same(name, planned.before(), now.before());
        boolean after = same(name, planned.after(), now.after());
        if (!before || !after) {
            return name
                    + (before
                            ? " would get another value than planned"
                            : after ? " has another value than then" : " has, and would get, other values");
        }
        if (!Fingerprint.isWithheld(planned)) {
            return null;
        }
        String digest = digestsPlanned.get(name);
        String digestNow = digestsNow.get(name);
        if (digest == null || digestNow == null) {
            return name
                    + " cannot be compared: plans keep no values of it, and there is no key here for digests of them. Give"
                    + " the installation one and plan anew";
        }
        return digest.equals(digestNow) ? null : name + " has, or would get, another value than planned";
    }

    private boolean same(String name, @Nullable Object planned, @Nullable Object now) {
        if (EntryView.isWithheld(planned) || EntryView.isWithheld(now)) {
            return EntryView.isWithheld(planned) == EntryView.isWithheld(now);
        }
        // What the plan says has been JSON.
        Object plain = now == null ? null : Json.read(Json.write(now));
        return Difference.between(one(name, planned), one(name, plain), schema::isUnordered)
                .isEmpty();
    }

    private static Map<String, @Nullable Object> one(String name, @Nullable Object value) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put(name, value);
        return one;
    }

    private static Map<String, AttributeChange> byName(List<AttributeChange> changes) {
        Map<String, AttributeChange> byName = new LinkedHashMap<>();
        changes.forEach(change -> byName.put(change.attribute(), change));
        return byName;
    }

    /** The digests of a fingerprint by the attributes whose values are withheld. */
    private static Map<String, String> digests(List<AttributeChange> changes, @Nullable String fingerprint) {
        Map<String, String> digests = new LinkedHashMap<>();
        if (fingerprint != null) {
            String[] each = fingerprint.split(" ");
            for (AttributeChange change : changes) {
                if (Fingerprint.isWithheld(change) && digests.size() < each.length) {
                    digests.put(change.attribute(), each[digests.size()]);
                }
            }
        }
        return digests;
    }

    private static String values(String name, @Nullable AttributeChange planned, @Nullable AttributeChange now) {
        return name + ": planned " + values(planned) + ", now " + values(now);
    }

    private static String values(@Nullable AttributeChange change) {
        return change == null ? "no change" : value(change.before()) + " → " + value(change.after());
    }

    private static String value(@Nullable Object value) {
        String text = EntryView.isWithheld(value) ? "***" : Json.write(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static OpFailure changed(String how) {
        return new OpFailure(Outcome.CHANGED, how + DONE, null);
    }
}
