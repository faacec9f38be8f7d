package dev.concord.oracle;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunState;
import dev.concord.mapping.Action;
import dev.concord.oracle.Account.Line;
import dev.concord.oracle.Findings.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Looks whether counts are the sums of what they count. */
final class CountExplanation {

    private final Findings findings;
    private final Holdings before;
    private final List<Account> accounts;

    CountExplanation(Findings findings, Holdings before, List<Account> accounts) {
        this.findings = findings;
        this.before = before;
        this.accounts = accounts;
    }

    void explain(Holdings after) {
        accounts.forEach(this::explain);
        expect(
                "targets",
                after.targets().size(),
                before.targets().size() + sum(Measure.CREATED) - sum(Measure.DELETED),
                "there before, made and deleted");
        expect(
                "links",
                after.links().size(),
                before.links().size() + sum(Measure.LINKS_CREATED) - sum(Measure.LINKS_REMOVED),
                "there before, made and removed");
    }

    private long sum(Measure measure) {
        return accounts.stream()
                .filter(account -> !account.run().analysis())
                .mapToLong(account -> account.sum().get(measure))
                .sum();
    }

    private void explain(Account account) {
        Counts sum = account.sum();
        String run = "run " + account.run().id() + ": ";
        Counts totals = account.run().totals();
        if (totals != null && !totals.toJson().equals(sum.toJson())) {
            findings.add(
                    Fault.UNEXPLAINED,
                    run + "its totals are " + totals.toJson() + ", its segments' sum is " + sum.toJson());
        }
        expect(run + "ops by kind", sum.ops(kind -> true), sum.get(Measure.OPS), "ops");
        if (account.run().state() == RunState.SUCCESS && !account.run().analysis()) {
            expect(run + "planned ops", sum.ops(kind -> kind.outcome() == Outcome.PLANNED), 0, "when a run is done");
        }
        Map<OpKind, Long> told = new HashMap<>();
        account.ops().forEach(line -> told.merge(kind(line.entry()), 1L, Long::sum));
        sum.ops().forEach((kind, number) -> {
            if (isAlwaysTold(kind)) {
                expect(run + "ops " + kind, number, told.getOrDefault(kind, 0L), "entries");
            }
        });
        told.forEach((kind, number) -> {
            if (number > sum.ops().getOrDefault(kind, 0L)) {
                findings.add(
                        Fault.UNEXPLAINED,
                        run + number + " entries " + kind + ", counted "
                                + sum.ops().getOrDefault(kind, 0L));
            }
        });
        if (!account.run().analysis()) {
            expect(
                    run + "targets made",
                    sum.get(Measure.CREATED),
                    count(account, e -> e.action() == Action.CREATE),
                    "entries that make one");
            expect(
                    run + "targets changed",
                    sum.get(Measure.UPDATED),
                    count(
                            account,
                            e -> e.action() != Action.CREATE
                                    && e.action() != Action.DELETE
                                    && !e.differences().isEmpty()),
                    "entries that change one");
        }
    }

    private static long count(Account account, Predicate<Entry> which) {
        return account.lines().stream()
                .filter(Line::applies)
                .map(Line::entry)
                .filter(which)
                .count();
    }

    private static OpKind kind(Entry entry) {
        return new OpKind(entry.situation(), entry.action(), entry.outcome());
    }

    /** Ops that change nothing are told of only where the mapping wants it. */
    private static boolean isAlwaysTold(OpKind kind) {
        return kind.outcome() != Outcome.SUCCESS
                || kind.action() == Action.CREATE
                || kind.action() == Action.DELETE
                || kind.action() == Action.UNLINK
                || kind.action() == Action.REPORT;
    }

    private void expect(String what, long there, long sum, String of) {
        if (there != sum) {
            findings.add(Fault.UNEXPLAINED, what + ": " + there + ", but " + sum + " " + of);
        }
    }
}
