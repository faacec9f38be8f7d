package dev.concord.oracle;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Phase;
import dev.concord.model.Effect;
import dev.concord.model.Op;
import dev.concord.model.Outcome;
import dev.concord.oracle.Holdings.LinkRow;
import dev.concord.oracle.Holdings.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What runs must leave behind, and what their ledgers must say. */
public final class Expectation {

    /** How much of the ledgers must be as expected. */
    enum Scope {
        /** All ops, and the counts where they are known. */
        EVERYTHING,
        /** The ops that changed something, however many runs they are spread over. */
        CHANGES,
        /** Nothing: only what is there in the end. */
        STATE
    }

    private final Function<Naming, List<Told>> ops;
    private final Function<Collection<Set<String>>, Naming> names;
    private final Holdings after;
    private final @Nullable Map<Phase, Counts> counts;
    private final Scope scope;
    private final Collection<Set<String>> claimants;

    private Expectation(
            Function<Naming, List<Told>> ops,
            Function<Collection<Set<String>>, Naming> names,
            Holdings after,
            @Nullable Map<Phase, Counts> counts,
            Scope scope,
            Collection<Set<String>> claimants) {
        this.ops = ops;
        this.names = names;
        this.after = after;
        this.counts = counts;
        this.scope = scope;
        this.claimants = claimants;
    }

    /** What undisturbed runs left behind, and their accounts. */
    public static Expectation of(Holdings after, Account... accounts) {
        List<Account> all = List.of(accounts);
        return new Expectation(
                naming -> ops(all, naming),
                claimants -> Naming.of(claimants, all),
                after,
                all.size() == 1 ? all.getFirst().counts() : null,
                Scope.EVERYTHING,
                List.of());
    }

    /** What the reference model says of one run. Its ids must be those of the database at the start of the run. */
    public static Expectation of(Outcome model) {
        Map<String, Target> targets = new LinkedHashMap<>();
        model.targets().forEach((id, attributes) -> targets.put(id, Target.of(attributes, null)));
        List<LinkRow> links = model.links().stream()
                .filter(link -> link.type().equals(dev.concord.model.World.LINK_TYPE))
                .map(link -> new LinkRow(link.qualifier(), link.source(), link.target(), -1))
                .toList();
        Function<Naming, List<Told>> ops = naming -> model.ops().stream()
                .filter(op -> op.hasEntry() || model.run().analyze())
                .map(op -> told(op, naming))
                .toList();
        return new Expectation(
                ops,
                claimants -> {
                    Naming naming = Naming.of(claimants);
                    model.ops().stream()
                            .filter(op -> op.effects().contains(Effect.CREATED))
                            .forEach(op -> naming.make(op.targetId(), op.sourceId(), op.qualifier()));
                    return naming;
                },
                new Holdings(targets, links),
                null,
                Scope.EVERYTHING,
                List.of());
    }

    private static Told told(Op op, Naming naming) {
        String phase = op.phase().name();
        return new Told(
                phase.equals("LINK") ? Phase.LINKS.name() : phase,
                naming.source(op.sourceId()),
                naming.target(op.targetId()),
                op.qualifier() == null ? "" : op.qualifier(),
                op.situation() == null ? null : op.situation().name(),
                op.action() == null ? null : op.action().name(),
                op.outcome(),
                naming.targets(op.candidates()),
                null);
    }

    /**
     * The same, told by other runs than were expected: only what they changed is compared, not what they found in order
     * already.
     */
    public Expectation changesOnly() {
        return new Expectation(ops, names, after, null, Scope.CHANGES, claimants);
    }

    /** The same targets and links, however they came about, and however often they were written. */
    public Expectation stateOnly() {
        return new Expectation(ops, names, after.withoutRevisions(), null, Scope.STATE, claimants);
    }

    /**
     * The same, whichever of the source records wins that have an equal claim to one target: such records must differ
     * in nothing that gets to a target.
     */
    public Expectation withEqualClaimants(Collection<Set<String>> equal) {
        return new Expectation(ops, names, after, counts, scope, List.copyOf(equal));
    }

    Holdings after() {
        return after;
    }

    Naming names() {
        return names.apply(claimants);
    }

    Naming namesOf(List<Account> accounts) {
        return Naming.of(claimants, accounts);
    }

    /** Null when ops are not compared. */
    @Nullable
    List<Told> told() {
        return narrowed(ops.apply(names()));
    }

    @Nullable
    List<Told> told(List<Account> accounts) {
        return narrowed(ops(accounts, namesOf(accounts)));
    }

    private @Nullable List<Told> narrowed(List<Told> all) {
        return switch (scope) {
            case EVERYTHING -> all;
            case CHANGES -> all.stream().filter(Told::changed).toList();
            case STATE -> null;
        };
    }

    @Nullable
    Map<Phase, Counts> counts() {
        return counts;
    }

    private static List<Told> ops(List<Account> accounts, Naming naming) {
        List<Told> all = new ArrayList<>();
        accounts.forEach(account ->
                account.ops().forEach(line -> all.add(Told.of(line.phase(), line.entry(), naming))));
        return all;
    }
}
