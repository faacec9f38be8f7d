package dev.concord.guard;

import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges what a run has come to by its limits. What somebody approved is allowed, too: as many deletes, as many unlinks
 * and as much shrinking as were shown to them; how many updates, creates and failures there will be nobody can show, so
 * that approving these lifts the guard for the run. Pure and immutable.
 */
public final class Guards {

    /** Percentages of what is only counted on the way say little before that many. */
    private static final long ENOUGH = 100;

    /** The parameter of a run that holds its limits. */
    public static final String PARAMETER = "guards";

    private final RunKind kind;
    private final Run.Facts facts;
    private final GuardLimits limits;
    private final Map<Guard, Long> approved;

    /** @param approved the highest number that somebody approved, by guard */
    public Guards(RunKind kind, Run.Facts facts, GuardLimits limits, Map<Guard, Long> approved) {
        this.kind = kind;
        this.facts = facts;
        this.limits = limits;
        this.approved = Map.copyOf(approved);
    }

    public static Guards of(Run run, Map<Guard, Long> approved) {
        return new Guards(run.kind(), run.facts(), limitsOf(run), approved);
    }

    /** The limits that were frozen when a run began. */
    public static GuardLimits limitsOf(Run run) {
        return GuardLimits.of(run.parameters().get(PARAMETER));
    }

    /** Whether guards watch runs of a kind at all; what people choose for one record is not watched. */
    public static boolean watch(RunKind kind) {
        return switch (kind) {
            case FULL, FILTER, SINGLE, FAILED, APPLY, UNDO -> true;
            case ACTION -> false;
        };
    }

    /**
     * The guards that would stop a run that does what this one, which only looked, has decided; in the order in which
     * they would. Nothing when the run acted itself, or has not ended well.
     */
    public static List<Excess> wouldTrip(RunView view) {
        Run run = view.run();
        if (!run.analysis() || run.state() != RunState.SUCCESS || !watch(run.kind())) {
            return List.of();
        }
        Tally tally = Tally.NOTHING;
        for (Phase phase : Phase.values()) {
            tally = tally.plus(phase, view.counts(phase));
        }
        Guards guards = Guards.of(run, Map.of());
        List<Excess> excesses = new ArrayList<>();
        guards.sourceShrink(tally.visited()).ifPresent(excesses::add);
        excesses.addAll(guards.onTheWay(tally, true));
        excesses.addAll(guards.deletes(tally));
        return excesses;
    }

    /** Whether an empty source may be worked with although the mapping does not allow it. */
    public boolean isEmptySourceApproved() {
        return approved.containsKey(Guard.EMPTY_SOURCE);
    }

    /**
     * Whether the source has become smaller than it may. Only full runs visit all of it. An empty one has a guard of
     * its own.
     *
     * @param visited how many source records there are, or were visited
     */
    public Optional<Excess> sourceShrink(long visited) {
        long before = facts.sourcesBefore();
        boolean emptyFromTheStart = facts.sources() == 0 && visited == 0;
        if (kind != RunKind.FULL || before < 0 || visited < 0 || emptyFromTheStart) {
            return Optional.empty();
        }
        return beyondApproved(
                Guard.SOURCE_SHRINK,
                excess(Guard.SOURCE_SHRINK, "records fewer", before - visited, before, "source records"));
    }

    /** What is planned to be deleted and unlinked, before any of it is done. */
    public List<Excess> deletes(Tally tally) {
        List<Excess> excesses = new ArrayList<>();
        if (limits.isDeletesWithUnlinks()) {
            long both = tally.deletes() + tally.unlinks();
            beyondApproved(Guard.DELETES, excess(Guard.DELETES, "deletes and unlinks", both, facts.links(), "links"))
                    .ifPresent(excesses::add);
            return excesses;
        }
        beyondApproved(Guard.DELETES, excess(Guard.DELETES, "deletes", tally.deletes(), facts.links(), "links"))
                .ifPresent(excesses::add);
        beyondApproved(Guard.UNLINKS, excess(Guard.UNLINKS, "unlinks", tally.unlinks(), facts.links(), "links"))
                .ifPresent(excesses::add);
        return excesses;
    }

    /**
     * What is only known while it is done.
     *
     * @param endOfPhase whether a phase is over, so that percentages of few records count as well
     */
    public List<Excess> onTheWay(Tally tally, boolean endOfPhase) {
        List<Excess> excesses = new ArrayList<>();
        notApproved(excess(Guard.UPDATES, "targets updated", tally.updates(), facts.links(), "links"))
                .ifPresent(excesses::add);
        // What will be visited, where that is known: the first pages would say little of the whole.
        long sources = Math.max(facts.sources(), tally.visited());
        if (facts.sources() >= 0 || isEnough(Guard.CREATES, sources, endOfPhase)) {
            notApproved(excess(Guard.CREATES, "targets created", tally.creates(), sources, "source records"))
                    .ifPresent(excesses::add);
        }
        if (isEnough(Guard.FAILURES, tally.ops(), endOfPhase)) {
            notApproved(excess(Guard.FAILURES, "records failed", tally.failures(), tally.ops(), "ops"))
                    .ifPresent(excesses::add);
        }
        return excesses;
    }

    private boolean isEnough(Guard guard, long base, boolean endOfPhase) {
        return endOfPhase || base >= ENOUGH || !limits.of(guard).isPercentage();
    }

    private Optional<Excess> excess(Guard guard, String subject, long number, long base, String unit) {
        Limit limit = limits.of(guard);
        if (number > 0 && number > limit.allowed(base)) {
            return Optional.of(new Excess(guard, subject, number, Math.max(0, base), limit.words(base, unit)));
        }
        return takesMost(guard, subject, number, base, unit);
    }

    /**
     * What is allowed however few there are must not let all of a small set go: administrators, service accounts. Who
     * takes a run back has been told how much goes with it. Where nothing is linked yet, or ever, targets are what
     * there is; where nobody counts those, whoever names the records has seen how many there are.
     */
    private Optional<Excess> takesMost(Guard guard, String subject, long number, long base, String unit) {
        if (!limits.isAtMostHalf(guard) || kind == RunKind.UNDO || number <= 1) {
            return Optional.empty();
        }
        boolean unlinked = guard != Guard.SOURCE_SHRINK && base <= 0;
        long all = unlinked ? facts.targets() : base;
        if (all < 0 && kind != RunKind.FULL || number <= Math.max(0, all) / 2) {
            return Optional.empty();
        }
        String half = all < 0
                ? "1 where nothing is linked"
                : "half of " + Limit.number(all) + (unlinked ? " targets" : " " + unit);
        return Optional.of(new Excess(guard, subject, number, Math.max(0, all), half));
    }

    private Optional<Excess> notApproved(Optional<Excess> excess) {
        return excess.filter(found -> !approved.containsKey(found.guard()));
    }

    private Optional<Excess> beyondApproved(Guard guard, Optional<Excess> excess) {
        return excess.filter(found -> found.number() > approved.getOrDefault(guard, -1L));
    }
}
