package dev.concord.acceptance;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The tables that the generator of the sample company worked out for its mappings. */
record Expected(Company company, List<Round> rounds, Edits edits) {

    private static final Map<String, Measure> CHANGES = Map.of(
            "created", Measure.CREATED,
            "updated", Measure.UPDATED,
            "unchanged", Measure.UNCHANGED,
            "deleted", Measure.DELETED,
            "linksCreated", Measure.LINKS_CREATED,
            "linksRepointed", Measure.LINKS_REPOINTED,
            "linksRemoved", Measure.LINKS_REMOVED);

    record Company(long crmContactsAtFirst) {}

    record Round(int round, List<Run> runs) {}

    record Run(
            String mapping,
            int exitCode,
            List<Op> ops,
            WithoutSituation failedWithoutSituation,
            Map<String, Long> statusSummary,
            Map<String, Long> failures,
            Map<String, Long> changes) {

        /** All numbers in one table, under names that {@link #of(RunView)} gives the same things. */
        Map<String, Long> numbers() {
            Map<String, Long> numbers = new TreeMap<>();
            put(numbers, "exit code", exitCode);
            for (Op op : ops) {
                put(numbers, op.situation() + " " + op.action() + " SUCCESS", op.success());
                put(numbers, op.situation() + " " + op.action() + " FAILURE", op.failure());
            }
            put(numbers, "no situation FAILURE", failedWithoutSituation.count());
            statusSummary.forEach((status, number) -> put(numbers, "status " + status, number));
            failures.forEach((kind, number) -> put(numbers, "failures " + kind, number));
            changes.forEach((change, number) -> put(numbers, "changes " + change, number));
            return numbers;
        }
    }

    record Op(String situation, String action, long success, long failure) {}

    record WithoutSituation(long count) {}

    record Edits(String file, Edit edit, Line add, Line remove, Run nextRun, Run nextRunWhenAllMappingsHaveRun) {}

    record Edit(String id, String before, String after, Change difference) {}

    record Change(String attribute, String before, String after) {}

    record Line(String id, String line) {}

    static Expected read() {
        return JsonMapper.shared()
                .readValue(Path.of("src", "test", "resources", "company", "expected.json"), Expected.class);
    }

    Run run(int round, String mapping) {
        return rounds.get(round - 1).runs().stream()
                .filter(run -> run.mapping().equals(mapping))
                .findFirst()
                .orElseThrow();
    }

    /** The mappings in the order in which they are run. */
    List<String> mappings() {
        return rounds.getFirst().runs().stream().map(Run::mapping).toList();
    }

    /** What a run came to, in the words of {@link Run#numbers}. */
    static Map<String, Long> of(RunView view) {
        Counts counts = view.counts();
        Map<String, Long> numbers = new TreeMap<>();
        put(numbers, "exit code", exitCode(view));
        counts.ops().forEach((kind, number) -> {
            Status status = Status.of(kind.outcome());
            String op = kind.situation() == null ? "no situation" : kind.situation() + " " + kind.action();
            numbers.merge(op + " " + status, number, Long::sum);
            numbers.merge("status " + status, number, Long::sum);
            if (status == Status.FAILURE) {
                numbers.merge("failures " + kind.outcome(), number, Long::sum);
            }
        });
        CHANGES.forEach((change, measure) -> put(numbers, "changes " + change, counts.get(measure)));
        return numbers;
    }

    private static long exitCode(RunView view) {
        if (view.run().state() != RunState.SUCCESS) {
            return 1;
        }
        return view.counts().failures() > 0 ? 3 : 0;
    }

    private static void put(Map<String, Long> numbers, String name, long number) {
        if (number != 0) {
            numbers.merge(name, number, Long::sum);
        }
    }
}
